using Viaduct.Cli.Terminal;
using Viaduct.Oci;

namespace Viaduct.Cli.Docker;

/// <summary><c>viaduct manifest</c>: the gate, then flags, help and arguments in docker's order, then the verb.</summary>
internal static class ManifestCommand
{
    private const string Deprecated = "Flag shorthand -h has been deprecated, use --help\n";

    public static Task<int> RunAsync(ManifestCall call, Caller caller, CancellationToken cancellationToken) =>
        ManifestWords.GuardAsync(caller, () => EnterAsync(call, caller, cancellationToken), cancellationToken);

    private static async Task<int> EnterAsync(ManifestCall call, Caller caller, CancellationToken cancellationToken)
    {
        var walk = ManifestWalk.Of(call.Words);
        var folder = DockerFolder.Open(call.Config, caller);
        var (flags, wrong) = Parse(walk);
        if (Gate.Check(walk.Path, flags?.Help == true, call.IsStrict, folder, caller) is { } refused) return refused;
        if (walk.Early is { } early) return ManifestUsage.EarlyFlag(caller, early);
        if (flags is null) return ManifestUsage.BadFlag(caller, walk.Verb, wrong!);
        for (var i = 0; i < flags.Deprecations; i++) caller.Text.Write(Deprecated);
        if (walk.Verb is not { } verb) return Group(flags, caller);
        if (flags.Help)
        {
            caller.Text.Write(ManifestHelp.Of(verb));
            return (int)ExitCode.Done;
        }
        var rule = verb.Instead(flags) ?? verb.Arguments;
        if (!rule.Allows(flags.Arguments.Count)) return ManifestUsage.BadCount(caller, verb, rule);
        await verb.Run(new ManifestRun(flags, caller, Path.GetFullPath(folder.Path, caller.Folder), call.IsVerbose, cancellationToken)).ConfigureAwait(false);
        return (int)ExitCode.Done;
    }

    private static (ParsedFlags? Flags, FlagException? Wrong) Parse(ManifestWalk walk)
    {
        try
        {
            return ((walk.Verb?.Parser ?? ManifestVerb.GroupParser).Parse(walk.Words), null);
        }
        catch (FlagException e)
        {
            return (null, e);
        }
    }

    /// <summary>Without a verb docker prints its help as if it were an error, and does not fail.</summary>
    private static int Group(ParsedFlags flags, Caller caller)
    {
        if (flags.Help) caller.Text.Write(ManifestHelp.OfGroup());
        else if (flags.Arguments is [var word, ..]) return ManifestUsage.NoVerb(caller, word);
        else caller.Error.Write("\n" + ManifestHelp.OfGroup());
        return (int)ExitCode.Done;
    }
}
