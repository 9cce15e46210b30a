using Viaduct.Build.Dockerfiles;
using Viaduct.Oci;

namespace Viaduct.Build.Engines;

/// <summary>An image that a Dockerfile names, opened for one platform.</summary>
/// <param name="IsForeign">It lies in a registry under its own name: what counts for the input key is its digest.</param>
internal sealed record NamedBase(string Name, Platform Platform, BaseImage Image, bool IsForeign)
{
    /// <summary>The blobs of its layers, which need not be sent where they are already.</summary>
    public IEnumerable<(Digest DiffId, Blob Layer)> Layers => Image.Config.DiffIds.Zip(
        Image.Manifest.AsImage().Layers.Select(l => Image.Content.AsBlob(l) with { MountFrom = Image.Repository }));

    public static async Task<IReadOnlyList<NamedBase>> OpenAsync(StageGraph graph, BuildRequest request, CancellationToken cancellationToken)
    {
        var found = new List<NamedBase>();
        foreach (var source in graph.ImageSources) await OpenAsync(source, found, request, cancellationToken).ConfigureAwait(false);
        return found;
    }

    /// <summary>Beside them those that ONBUILD of the bases copies from or mounts.</summary>
    public static async Task<IReadOnlyList<NamedBase>> OpenWithTriggersAsync(StageGraph graph, BuildRequest request, CancellationToken cancellationToken)
    {
        var found = (List<NamedBase>)await OpenAsync(graph, request, cancellationToken).ConfigureAwait(false);
        foreach (var source in graph.Needed.Select(graph.BaseOf).Where(s => s.Image is not null).ToList())
            foreach (var named in TriggerSources(graph, source.Image!, found.First(b => b.Name == source.Image && b.Platform == source.Platform).Image.Config.Container.OnBuild))
                await OpenAsync(named, found, request, cancellationToken).ConfigureAwait(false);
        return found;
    }

    /// <summary>The images, not the stages, that ONBUILD of a base copies from or mounts.</summary>
    public static IEnumerable<StageSource> TriggerSources(StageGraph graph, string image, IReadOnlyList<string> onBuild) =>
        onBuild.SelectMany(t => FromsOf(Triggers.Parse($"ONBUILD of {image}", t)))
            .Where(w => !w.Text.Contains('$') && !w.Text.All(char.IsAsciiDigit)).Select(graph.FromOf).Where(s => s.Image is not null);

    private static IEnumerable<Word> FromsOf(Instruction trigger) => trigger switch
    {
        CopyInstruction { From: { } from } => [from],
        OtherInstruction other => other.Froms,
        _ => [],
    };

    private static async Task OpenAsync(StageSource source, List<NamedBase> found, BuildRequest request, CancellationToken cancellationToken)
    {
        var (name, platform) = (source.Image!, source.Platform);
        if (found.Any(b => b.Name == name && b.Platform == platform)) return;
        var image = await request.Bases.OpenAsync(name, platform, cancellationToken).ConfigureAwait(false);
        var (its, asked) = (image.Config.Platform.Normalized(), platform.Normalized());
        if (its.Os != asked.Os || its.Architecture != asked.Architecture) throw BuildErrors.WrongBasePlatform(source.Word, name, platform, image.Config.Platform);
        var key = await request.Bases.KeyAsync(name, platform, cancellationToken).ConfigureAwait(false);
        found.Add(new NamedBase(name, platform, image, key == image.Manifest.Digest.ToString() && image.Repository is not null));
    }
}
