namespace Viaduct.Cli.Docker;

/// <summary>A verb of <c>manifest</c>: help, messages and completion come from here.</summary>
/// <param name="Use">What follows the name in docker's usage line.</param>
internal sealed record ManifestVerb(string Name, string Use, string Text, ArgumentRule Arguments, Func<ManifestRun, Task> Run)
{
    private static readonly Flag HelpFlag = Flag.Switch("help", "Print usage", 'h') with { IsShorthandDeprecated = true };

    public IReadOnlyList<Flag> Flags { get; init; } = [];

    public IReadOnlyList<string> Examples { get; init; } = [];

    /// <summary>True for those that docker does not have.</summary>
    public bool IsOurs { get; init; }

    /// <summary>Takes the place of <see cref="Arguments"/> where one of our flags says what an argument says otherwise.</summary>
    public Func<ParsedFlags, ArgumentRule?> Instead { get; init; } = _ => null;

    /// <summary>What docker calls it: its messages are the same whatever we are called.</summary>
    public string Path => $"{(IsOurs ? "viaduct" : "docker")} manifest {Name}";

    public string UsageLine => $"Usage:  {Path}{(Use.Length == 0 ? "" : " " + Use)}";

    public FlagParser Parser => new([.. Flags, HelpFlag]);

    /// <summary>The parser of words before a verb's name.</summary>
    public static FlagParser GroupParser => new([HelpFlag]);
}
