using Cake.Core;
using Viaduct.Build;
using Viaduct.Configuration;
using Viaduct.Oci;
using Viaduct.Server;

namespace Build;

/// <summary>Reads arguments and environment; refuses what it does not know, so that a misspelt option never passes silently.</summary>
internal static class SettingsReader
{
    private static readonly string[] Options = ["registry", "platform", "image", "tag", "force", "move-tag", "deep"];

    // The host's own options reach the context as arguments, too.
    private static readonly string[] HostOptions =
        ["target", "t", "exclusive", "e", "dryrun", "dry-run", "noop", "whatif", "tree", "description", "descriptions", "showdescription", "verbosity", "v", "working", "w"];

    public static Settings Read(ICakeContext context)
    {
        foreach (var name in context.Arguments.GetArguments().Keys)
            if (!Options.Contains(name, StringComparer.OrdinalIgnoreCase) && !HostOptions.Contains(name, StringComparer.OrdinalIgnoreCase))
                throw new ViaductException("VIA9101", $"there is no option --{name}",
                    todo: Nearest.To(name, Options.Concat(HostOptions)) is { } near ? $"Did you mean --{near}?" : $"The options are {string.Join(", ", Options.Select(o => "--" + o))}.", exit: ExitCode.Usage);

        string? Variable(string name) => Environment(context, name);
        return new Settings
        {
            Registry = Last(context, "registry") ?? Variable("VIADUCT_REGISTRY"),
            Platforms = Inputs.Platforms(Many(context, "platform", "VIADUCT_PLATFORM"), "--platform"),
            Images = [.. Inputs.Words(Many(context, "image"))],
            Tags = Inputs.Tags(Many(context, "tag", "VIADUCT_TAG"), "--tag"),
            Force = Flag(context, "force"),
            MoveTag = Flag(context, "move-tag"),
            Deep = Flag(context, "deep"),
            Port = Inputs.Port(Variable("VIADUCT_PORT"), "VIADUCT_PORT") ?? EmbeddedRegistry.DefaultPort,
            Epoch = Inputs.Epoch(Variable("SOURCE_DATE_EPOCH")),
            GitHubActions = Variable("GITHUB_ACTIONS") == "true",
            StepSummary = Variable("GITHUB_STEP_SUMMARY"),
        };
    }

    private static string? Last(ICakeContext context, string name) => context.Arguments.GetArguments(name).LastOrDefault();

    private static bool Flag(ICakeContext context, string name) =>
        context.Arguments.HasArgument(name) && !string.Equals(Last(context, name), "false", StringComparison.OrdinalIgnoreCase);

    private static string? Environment(ICakeContext context, string name) =>
        context.Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    /// <summary>An option's values; the variable's when there is none.</summary>
    private static ICollection<string> Many(ICakeContext context, string name, string? variable = null)
    {
        var values = context.Arguments.GetArguments(name);
        return values.Count == 0 && variable is not null && Environment(context, variable) is { } value ? [value] : values;
    }
}
