using System.CommandLine;
using Viaduct.Build.Engines;
using Viaduct.Cli.Errors;
using Viaduct.Cli.Options;
using Viaduct.Cli.Printing;
using Viaduct.Cli.Sessions;
using Viaduct.Cli.Terminal;
using Viaduct.Configuration;
using Viaduct.Oci;

namespace Viaduct.Cli.Verbs;

/// <summary><c>viaduct load</c>: an image into the engine that runs it.</summary>
internal static class LoadVerb
{
    public static Command Make(Caller caller)
    {
        var reference = new Argument<string>("REF") { Description = "A reference, or oci:DIR[:NAME] for an OCI layout." };
        var into = new Option<string?>("--into") { Description = "docker, podman or containerd; by default the first of them that answers.", HelpName = "ENGINE" };
        into.AcceptOnlyFromAmong(EngineFinder.Names);
        var address = new Option<string?>("--address") { Description = "Where the engine of --into is: unix:///PATH, tcp://HOST:PORT or ssh://[USER@]HOST. By default where its own client looks.", HelpName = "ADDRESS" };
        var context = new Option<string?>("--context") { Description = "A context of docker's; by default the current one, unless DOCKER_HOST is set.", HelpName = "NAME" };
        var platform = new Option<string?>("--platform") { Description = "The image of this platform; by default of the engine's.", HelpName = "OS/ARCH[/VARIANT]" };
        var rename = new Option<string?>("--as") { Description = "The name that it gets in the engine; by default REF.", HelpName = "NAME" };
        var output = CommonOptions.Output();
        var registries = new RegistryOptionsGroup();
        var verb = new Verb("load", "Give the image of a platform to docker, podman or containerd, and say how to run it.",
            "viaduct load registry.example/pause:3.10", "viaduct load 127.0.0.1:5842/pause:3.10 --as pause:3.10 --into podman", "viaduct load registry.example/pause:3.10 --context build-machine",
            "viaduct load oci:out:pause:3.10 --platform linux/arm64 --into containerd --address /run/containerd/containerd.sock")
            { reference, into, address, context, platform, rename, output };
        registries.AddTo(verb);
        return verb.Does(caller, async (parse, token) =>
        {
            var wanted = parse.GetValue(platform) is { } text ? OnePlatform(text) : null;
            var name = parse.GetValue(rename) is { } given ? Named(given) : null;
            // First, so that nothing is asked of a registry in vain.
            using var engine = await FindAsync(caller, parse.GetValue(into), parse.GetValue(address), parse.GetValue(context), token).ConfigureAwait(false);
            await using var image = await ImageSession.OpenAsync(parse.GetRequiredValue(reference), registries, parse, caller, token).ConfigureAwait(false);
            var session = await LoadSession.SelectAsync(engine, image, name ?? OwnName(image), wanted, token).ConfigureAwait(false);
            var id = await Watching.RunAsync(caller, parse, $"loading {session.Name.Familiar} into {engine.Info.Name}", _ => session.LoadAsync(token)).ConfigureAwait(false);
            if (LoadReport.Note(session) is { } note) caller.Error.WriteLine(note);
            if (CommonOptions.IsJson(parse, output))
                caller.Write(LoadReport.Json(session, id));
            else
                caller.Text.Write(LoadReport.Text(session));
            return ExitCode.Done;
        });
    }

    private static Task<IEngine> FindAsync(Caller caller, string? into, string? address, string? context, CancellationToken cancellationToken)
    {
        if (address is not null && into is null) throw CliErrors.Usage("--address names no engine", "Name it with --into.");
        if (context is not null && address is not null) throw CliErrors.Usage("--context and --address both say where the engine is", "Leave one of them out.");
        if (context is not null && into is not (null or "docker")) throw CliErrors.Usage($"--context is docker's, and --into says {into}", "Leave one of them out.");
        return new EngineFinder(caller.Variable).FindAsync(into, address, context, cancellationToken);
    }

    private static Platform OnePlatform(string text) => Inputs.Platforms([text], "--platform") is [var one]
        ? one
        : throw CliErrors.Usage($"load takes one platform, and '{text}' is not one", "Name one with --platform, or leave it out for the engine's.");

    private static Reference Named(string text) => Reference.Parse(text) is { Digest: null } name
        ? name.WithTag(name.Tag ?? "latest")
        : throw CliErrors.Usage("--as takes a name, and a digest is none", "Write NAME[:TAG].");

    /// <summary>A digest is not a name that anything could be loaded under.</summary>
    private static Reference OwnName(ImageSession image) => image.Reference is { } name && (name.Tag is not null || name.Digest is null)
        ? name.WithTag(name.Tag ?? "latest")
        : throw CliErrors.Usage($"'{image.Name}' says no name that an engine could know the image by", "Give it one with --as NAME[:TAG].");
}
