using Viaduct.Oci;
using Viaduct.Oci.Layouts;

namespace Viaduct.Build.Engines;

/// <summary>
/// Tells buildx where the images are that a Dockerfile names (<c>--build-context NAME=…</c>), so that it builds upon what the input key was
/// made of: foreign ones by digest, those of the plan from a layout, or from the engine's own images where it cannot read layouts.
/// </summary>
internal sealed class BuildxBases(string folder, EngineBases? engine)
{
    /// <summary>Names by what stands for them.</summary>
    public List<(string Name, string Place)> Contexts { get; } = [];

    /// <exception cref="ViaductException">VIA2174: an engine without layouts has one image under a name.</exception>
    public async Task PrepareAsync(IReadOnlyList<NamedBase> bases, BuildRequest request, BuildxInstance instance, CancellationToken cancellationToken)
    {
        foreach (var group in bases.GroupBy(b => b.Name))
        {
            var images = group.DistinctBy(b => b.Image.Manifest.Digest).ToList();
            if (images is [{ IsForeign: true } one])
                Contexts.Add((group.Key, $"docker-image://{one.Image.Repository!.Name}@{one.Image.Manifest.Digest}"));
            else if (instance.HasStore)
                Contexts.Add((group.Key, $"oci-layout://{folder}@{await WriteAsync(images, cancellationToken).ConfigureAwait(false)}"));
            else if (images is [var single] && engine is not null)
                Contexts.Add((group.Key, $"docker-image://{await engine.GiveAsync(single, cancellationToken).ConfigureAwait(false)}"));
            else
                throw BuildxErrors.NotByDriver(request.Name, $"'{group.Key}' is wanted for several platforms at once", instance, "Turn on the containerd image store, or take a builder of the driver docker-container.");
        }
    }

    private async Task<Digest> WriteAsync(List<NamedBase> images, CancellationToken cancellationToken)
    {
        var layout = await OciLayout.OpenOrCreateAsync(folder, cancellationToken).ConfigureAwait(false);
        foreach (var image in images) await ImageCopy.CopyAsync(image.Image.Content, image.Image.Manifest, layout, cancellationToken).ConfigureAwait(false);
        if (images is [var one]) return one.Image.Manifest.Digest;
        // BuildKit has one context for a name, whatever the platform is: a list, in which it finds each.
        var list = ManifestList.Write(images.Select(i => (Reference.Parse($"{i.Platform.ArchWord}.invalid/base"), i.Image.Manifest.Descriptor with { Platform = i.Platform })));
        await layout.PushManifestAsync(list, cancellationToken).ConfigureAwait(false);
        return list.Digest;
    }
}
