using System.Globalization;
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
            Platforms = [.. Many(context, "platform", "VIADUCT_PLATFORM").Select(Platform.Parse)],
            Images = Many(context, "image"),
            Tags = Many(context, "tag", "VIADUCT_TAG"),
            Force = Flag(context, "force"),
            MoveTag = Flag(context, "move-tag"),
            Deep = Flag(context, "deep"),
            Port = ReadPort(Variable("VIADUCT_PORT")),
            Epoch = ReadEpoch(Variable("SOURCE_DATE_EPOCH")),
            GitHubActions = Variable("GITHUB_ACTIONS") == "true",
            StepSummary = Variable("GITHUB_STEP_SUMMARY"),
        };
    }

    private static string? Last(ICakeContext context, string name) => context.Arguments.GetArguments(name).LastOrDefault();

    private static bool Flag(ICakeContext context, string name) =>
        context.Arguments.HasArgument(name) && !string.Equals(Last(context, name), "false", StringComparison.OrdinalIgnoreCase);

    private static string? Environment(ICakeContext context, string name) =>
        context.Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    /// <summary>Repeated, or parted by commas; the variable's when there is none.</summary>
    private static string[] Many(ICakeContext context, string name, string? variable = null)
    {
        var values = context.Arguments.GetArguments(name);
        if (values.Count == 0 && variable is not null && Environment(context, variable) is { } value) values = [value];
        return [.. values.SelectMany(v => v.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
    }

    private static int ReadPort(string? text) => text is null ? EmbeddedRegistry.DefaultPort
        : ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port
        : throw new ViaductException("VIA9103", $"VIADUCT_PORT is '{text}' and has to be a port", exit: ExitCode.Usage);

    private static long ReadEpoch(string? text) => text is null ? 0
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds
        : throw new ViaductException("VIA9102", $"SOURCE_DATE_EPOCH is '{text}' and has to be seconds since 1970", exit: ExitCode.Usage);
}
