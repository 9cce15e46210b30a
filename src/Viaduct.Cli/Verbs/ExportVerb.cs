using System.CommandLine;
using Viaduct.Cli.Errors;
using Viaduct.Cli.Options;
using Viaduct.Cli.Sessions;
using Viaduct.Cli.Terminal;
using Viaduct.Configuration;
using Viaduct.Oci;
using Viaduct.Oci.Layouts;

namespace Viaduct.Cli.Verbs;

/// <summary><c>viaduct export</c>: an image or list as files, for engines and air gaps.</summary>
internal static class ExportVerb
{
    public static Command Make(Caller caller)
    {
        var reference = new Argument<string>("REF") { Description = "A reference, or oci:DIR[:NAME] for an OCI layout." };
        var registries = new RegistryOptionsGroup();
        var platform = new Option<string?>("--platform") { Description = "Only the image of this platform.", HelpName = "OS/ARCH[/VARIANT]" };
        var format = new Option<string>("--format") { Description = "oci (a folder), oci-archive or docker-archive (a tar file).", HelpName = "FORMAT", Required = true };
        format.AcceptOnlyFromAmong("oci", "oci-archive", "docker-archive");
        var output = new Option<string>("--output", "-o") { Description = "The folder or file to write; - writes an archive to standard output.", HelpName = "PATH", Required = true };
        var verb = new Verb("export", "Write an image or list to an OCI layout, an OCI archive or a docker archive.",
            "viaduct export registry.example/pause:3.10 --format oci --output pause",
            "viaduct export registry.example/pause:3.10 --platform linux/arm64 --format docker-archive --output - | docker load")
            { reference, platform, format, output };
        registries.AddTo(verb);
        return verb.Does(caller, async (parse, token) =>
        {
            var path = parse.GetRequiredValue(output);
            var kind = parse.GetRequiredValue(format);
            if (path == "-" && (kind == "oci" || caller.OutputIsTerminal))
                throw CliErrors.Usage(kind == "oci" ? "a layout is a folder and cannot go to standard output" : "an archive is not written to a terminal", "Name a path with --output.");
            var wanted = parse.GetValue(platform) is { } text ? OnePlatform(text) : null;
            await using var image = await ImageSession.OpenAsync(parse.GetRequiredValue(reference), registries, parse, caller, token).ConfigureAwait(false);
            var manifest = wanted is null ? image.Manifest : await image.ChooseAsync(wanted, token).ConfigureAwait(false);
            // A digest is not a name that anything could be loaded under.
            IReadOnlyList<Reference> names = image.Reference is { } name && (name.Tag is not null || name.Digest is null) ? [name.WithTag(name.Tag ?? "latest")] : [];
            await WriteAsync(image.Source, manifest, names, kind, path, caller, token).ConfigureAwait(false);
            return ExitCode.Done;
        });
    }

    private static Platform OnePlatform(string text) => Inputs.Platforms([text], "--platform") is [var one]
        ? one
        : throw CliErrors.Usage($"export takes one platform, and '{text}' is not one", "Name one with --platform, or leave it out for all of them.");

    private static async Task WriteAsync(
        IContentSource source, RawManifest manifest, IReadOnlyList<Reference> names, string kind, string path, Caller caller, CancellationToken cancellationToken)
    {
        if (kind == "oci")
        {
            var layout = await OciLayout.OpenOrCreateAsync(Path.GetFullPath(path, caller.Folder), cancellationToken).ConfigureAwait(false);
            await ImageCopy.CopyAsync(source, manifest, layout, cancellationToken).ConfigureAwait(false);
            await layout.TagAsync(names.Count > 0 ? names[0].Tag! : "latest", manifest, cancellationToken).ConfigureAwait(false);
        }
        else if (path == "-")
            await ExportAsync(caller.Output, cancellationToken).ConfigureAwait(false);
        else
            await AtomicFile.WriteAsync(Path.GetFullPath(path, caller.Folder), async (stream, token) => await ExportAsync(stream, token).ConfigureAwait(false), null, cancellationToken).ConfigureAwait(false);

        Task ExportAsync(Stream stream, CancellationToken token) => kind == "docker-archive"
            ? DockerArchive.ExportAsync(source, manifest, names, stream, token)
            : OciArchive.ExportAsync(source, [(manifest, names)], stream, token);
    }
}
