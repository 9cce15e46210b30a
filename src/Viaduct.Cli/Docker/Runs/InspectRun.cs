using System.Text;
using Viaduct.Cli.Errors;
using Viaduct.Cli.Printing;
using Viaduct.Manifests;
using Viaduct.Oci;

namespace Viaduct.Cli.Docker;

/// <summary><c>manifest inspect</c>.</summary>
internal static class InspectRun
{
    public static async Task RunAsync(ManifestRun run)
    {
        var flags = run.Flags;
        if (flags.Is("raw") && new[] { "verbose", "output" }.FirstOrDefault(flags.Has) is { } other) throw CliErrors.FlagsApart("raw", other);
        var request = new InspectRequest(run.Arguments.Count == 2 ? run.Arguments[0] : null, run.Arguments[^1])
        {
            Verbose = flags.Is("verbose"),
            Raw = flags.Is("raw"),
            Platforms = run.Platforms("platform"),
        };
        await using var session = await ManifestSession.OpenAsync(run, run.Arguments).ConfigureAwait(false);
        var inspector = new ListInspector(session.Context);
        var bytes = run.IsJson ? await DocumentAsync(inspector, request, run.CancellationToken).ConfigureAwait(false)
            : await inspector.InspectAsync(request, run.CancellationToken).ConfigureAwait(false);
        run.Caller.Write(bytes);
    }

    /// <summary>docker's text is JSON already, and does not hash to the digest: this has both.</summary>
    private static async Task<byte[]> DocumentAsync(ListInspector inspector, InspectRequest request, CancellationToken cancellationToken)
    {
        var raw = await inspector.InspectAsync(request with { Raw = true, Verbose = false, Platforms = [] }, cancellationToken).ConfigureAwait(false);
        var digest = Digest.Sha256(raw);
        var shown = request.Verbose || request.Platforms.Count > 0 ? await inspector.InspectAsync(request with { Found = digest }, cancellationToken).ConfigureAwait(false) : raw;
        // Who sees a part must not take the digest of the whole for its own.
        var isPart = request.Platforms.Count > 0 && RawManifest.Parse(raw, mediaType: null, request.ImageText).IsIndex;
        return Json.Document(version: 1, json => json
            .Name("verb").String("inspect")
            .Name("name").String(request.ImageText)
            .Name(isPart ? "listDigest" : "digest").String(digest.ToString())
            .Name(isPart ? "listSize" : "size").Number(raw.Length)
            .Name(request.Verbose ? "details" : "manifest").Raw(Encoding.UTF8.GetString(shown).Trim()));
    }
}
