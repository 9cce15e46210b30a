using Viaduct.Cli.Terminal;
using Viaduct.Oci;

namespace Viaduct.Cli.Docker;

/// <summary>What docker 28 says of words that mean nothing (docker/cli cli/cobra.go, FlagErrorFunc, and cli/required.go).</summary>
internal static class ManifestUsage
{
    public const string Group = "docker manifest";

    private const string GroupLine = "Usage:  docker manifest COMMAND";

    public static int BadFlag(Caller caller, ManifestVerb? verb, FlagException e)
    {
        ManifestWords.Docker(caller, $"{e.Message}\n\n{verb?.UsageLine ?? GroupLine}\n\nRun '{verb?.Path ?? Group} --help' for more information");
        if (Hint(verb, e) is { } hint) ManifestWords.Note(caller, hint);
        return ManifestWords.FlagError;
    }

    public static int EarlyFlag(Caller caller, FlagException e)
    {
        ManifestWords.Docker(caller, e.Message);
        if (Hint(null, e) is { } hint) ManifestWords.Note(caller, hint);
        return (int)ExitCode.Failed;
    }

    public static int BadCount(Caller caller, ManifestVerb verb, ArgumentRule rule)
    {
        ManifestWords.Docker(caller, $"{verb.Path.Split(' ')[0]}: '{verb.Path}' {rule.Requires}\n\n{verb.UsageLine}\n\n{rule.Points} '{verb.Path} --help' for more information");
        return (int)ExitCode.Failed;
    }

    public static int NoVerb(Caller caller, string word)
    {
        ManifestWords.Docker(caller, $"docker: unknown command: {Group} {word}\n\n{GroupLine}\n\nRun '{Group} --help' for more information");
        if (Nearest.To(word, ManifestVerbs.All.Select(v => v.Name)) is { } near) ManifestWords.Note(caller, $"did you mean '{near}'?");
        return (int)ExitCode.Failed;
    }

    private static string? Hint(ManifestVerb? verb, FlagException e)
    {
        if (e.Name is not { } name) return null;
        if (name is "config" or "verbose") return $"'--{name}' goes before 'manifest'";
        return Nearest.To(name, (verb?.Flags ?? []).Select(f => f.Name)) is { } near ? $"did you mean '--{near}'?" : null;
    }
}
