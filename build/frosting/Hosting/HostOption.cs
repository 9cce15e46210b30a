using System.Collections.Frozen;

namespace Cake.Frosting.Hosting;

/// <summary>An option of the host itself.</summary>
internal sealed record HostOption(string Usage, string Text, params string[] Names)
{
    public static readonly HostOption Target =
        new("-t, --target <task>", "The task to run, with what it depends on; may be repeated. Default: Default", "-t", "--target");

    public static readonly HostOption Exclusive =
        new("-e, --exclusive", "Run the target without what it depends on", "-e", "--exclusive");

    public static readonly HostOption DryRun =
        new("    --dryrun", "Say what would run, in order, and run no task", "--dryrun", "--dry-run", "--noop", "--whatif");

    public static readonly HostOption Tree =
        new("    --tree", "Show which task depends on which", "--tree", "--showtree");

    public static readonly HostOption Descriptions =
        new("    --description", "List the tasks and what they do", "--description", "--descriptions", "--showdescription", "--showdescriptions");

    public static readonly HostOption Verbosity =
        new("-v, --verbosity <level>", "quiet, minimal, normal, verbose or diagnostic (with stack traces)", "-v", "--verbosity");

    public static readonly HostOption Working =
        new("-w, --working <path>", "The directory to work in", "-w", "--working");

    public static readonly HostOption Version =
        new("    --version", "Show the versions of this build and of Cake", "--version", "--ver");

    public static readonly HostOption Help = new("-h, --help", "Show this text", "-h", "--help", "-?");

    public static readonly IReadOnlyList<HostOption> All =
        [Target, Exclusive, DryRun, Tree, Descriptions, Verbosity, Working, Version, Help];

    private static readonly FrozenDictionary<string, HostOption> ByName =
        All.SelectMany(option => option.Names, (option, name) => KeyValuePair.Create(name, option))
            .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public bool TakesValue => this == Target || this == Verbosity || this == Working;

    public static HostOption? Find(string name) => ByName.GetValueOrDefault(name);
}
