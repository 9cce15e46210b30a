using Viaduct.Cli.Errors;
using Viaduct.Manifests;

namespace Viaduct.Cli.Docker;

/// <summary><c>manifest annotate</c>: prints nothing when it succeeds.</summary>
internal static class AnnotateRun
{
    private static readonly string[] OfImages = ["os", "arch", "variant", "os-version", "os-features"];

    public static async Task RunAsync(ManifestRun run)
    {
        var flags = run.Flags;
        if (flags.Is("index") && OfImages.FirstOrDefault(flags.Has) is { } other) throw CliErrors.FlagsApart("index", other);
        await using var session = await ManifestSession.OpenAsync(run, []).ConfigureAwait(false);
        var request = new AnnotateRequest(run.Arguments[0], run.Arguments.ElementAtOrDefault(1))
        {
            Os = flags.Text("os") ?? "",
            Architecture = flags.Text("arch") ?? "",
            Variant = flags.Text("variant") ?? "",
            OsVersion = flags.Text("os-version") ?? "",
            OsFeatures = flags.List("os-features"),
            Clear = flags.List("clear"),
            Annotations = flags.Pairs("annotation"),
        };
        await new ListAnnotator(session.Context).AnnotateAsync(request, run.CancellationToken).ConfigureAwait(false);
    }
}
