using Viaduct.Cli.Terminal;
using Viaduct.Cli.Verbs;
using Viaduct.Oci;

namespace Viaduct.Cli.Docker;

/// <summary>
/// Who is meant by the name of the call: <c>viaduct</c>, a plugin of docker's command line (<c>docker-viaduct</c>, docker/cli cli-plugins/metadata), or docker itself.
/// What is not <c>manifest</c> goes to the other verbs, or to the next docker.
/// </summary>
internal static class Invocation
{
    private const string Manifest = "manifest";
    private const string Plugin = "viaduct";

    public static Task<int> RunAsync(IReadOnlyList<string> args, Caller caller, Func<IReadOnlyList<string>, CancellationToken, Task<int>> verbs, CancellationToken cancellationToken) => caller.InvokedAs switch
    {
        "docker" => AsDockerAsync(args, caller, cancellationToken),
        "docker-viaduct" => AsPluginAsync(args, caller, verbs, cancellationToken),
        // Most calls are of other verbs, and begin without looking at options twice.
        _ => args.Contains(Manifest) && OwnCall(args, null, isStrict: true) is { } call ? ManifestCommand.RunAsync(call, caller, cancellationToken) : verbs(args, cancellationToken),
    };

    private static ManifestCall? OwnCall(IReadOnlyList<string> args, string? config, bool isStrict)
    {
        try
        {
            var globals = DockerGlobals.OfViaduct.Parse(args);
            if (globals.Arguments.ToArray() is not [Manifest, .. var words]) return null;
            return new(globals.Help ? [.. words, "--help"] : words, globals.Text("config") ?? config, globals.Is("verbose"), isStrict);
        }
        catch (FlagException)
        {
            return null;
        }
    }

    private static Task<int> AsDockerAsync(IReadOnlyList<string> args, Caller caller, CancellationToken cancellationToken)
    {
        try
        {
            var globals = DockerGlobals.OfDocker.Parse(args);
            var help = globals.Help;
            var words = globals.Arguments.ToArray();
            if (words is ["help", .. var what]) (help, words) = (true, what);
            if (words is [Manifest, .. var rest] && !globals.Is("version"))
                return ManifestCommand.RunAsync(new(help ? [.. rest, "--help"] : rest, globals.Text("config"), IsVerbose: false, IsStrict: false), caller, cancellationToken);
        }
        catch (FlagException)
        {
            // docker itself says what is wrong with its options.
        }
        return ManifestWords.GuardAsync(caller, () => NextDocker.RunAsync(args, caller), cancellationToken);
    }

    private static Task<int> AsPluginAsync(IReadOnlyList<string> args, Caller caller, Func<IReadOnlyList<string>, CancellationToken, Task<int>> verbs, CancellationToken cancellationToken)
    {
        if (Answer(args) is { } answer)
            return ManifestWords.GuardAsync(caller, () => { caller.Write(answer); return Task.FromResult((int)ExitCode.Done); }, cancellationToken);
        ParsedFlags globals;
        try
        {
            globals = DockerGlobals.OfDocker.Parse(args);
        }
        catch (FlagException e)
        {
            return Task.FromResult(ManifestUsage.BadFlag(caller, null, e));
        }
        var words = globals.Arguments.ToArray();
        var help = globals.Help;
        if (words is ["help", .. var what]) (help, words) = (true, what);
        if (words is [Plugin, .. var rest]) words = rest;
        if (help) words = [.. words, "--help"];
        var config = globals.Text("config");
        var untilDockerEnds = PluginSocket.Watch(caller, cancellationToken).Token;
        if (OwnCall(words, config, isStrict: false) is { } call) return ManifestCommand.RunAsync(call, caller, untilDockerEnds);
        // The other verbs find docker's folder by the variable.
        if (config is not null) Environment.SetEnvironmentVariable("DOCKER_CONFIG", Path.GetFullPath(config, caller.Folder));
        return verbs(words, untilDockerEnds);
    }

    /// <summary>What docker asks its plugins besides running them; null for a run.</summary>
    private static byte[]? Answer(IReadOnlyList<string> args) => args switch
    {
        ["docker-cli-plugin-metadata"] => Metadata(),
        // Words to complete: none, and no file names either (spf13/cobra completions.go, ShellCompDirectiveNoFileComp).
        ["__complete" or "__completeNoDesc", ..] => [.. ":4\n"u8],
        _ => null,
    };

    private static byte[] Metadata() => new GoJsonWriter("  ").BeginObject()
        .Name("SchemaVersion").String("0.1.0")
        .Name("Vendor").String("The Viaduct authors")
        .Name("Version").String(VersionVerb.Version)
        .Name("ShortDescription").String("Images of many platforms: build, push, lists, proofs")
        .EndObject().ToBytes();
}
