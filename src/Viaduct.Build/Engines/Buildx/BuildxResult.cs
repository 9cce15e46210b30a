using Viaduct.Oci;
using Viaduct.Oci.Layouts;

namespace Viaduct.Build.Engines;

/// <summary>Reads the archive that buildx wrote: the image of the platform, and what attests it.</summary>
internal sealed class BuildxResult(BuildRequest request, ImageArchive archive, IReadOnlyList<NamedBase> bases)
{
    /// <summary>True after the reading when layers that were made are packed otherwise than asked for: an earlier export left them so in the builder.</summary>
    public bool IsPackedOtherwise { get; private set; }

    /// <exception cref="ViaductException">VIA2177, VIA1012, VIA1031.</exception>
    public async Task<BuiltImage> ReadAsync(Digest digest, Digest key, CancellationToken cancellationToken)
    {
        var root = await FindAsync(digest, cancellationToken).ConfigureAwait(false);
        var entries = root.IsIndex ? root.AsIndex().Manifests : [];
        var manifest = root.IsIndex ? await ChooseAsync(entries, cancellationToken).ConfigureAwait(false) : root;
        var image = manifest.AsImage();
        if (image.Annotations.GetValueOrDefault(Annotations.InputKey) != key.ToString())
            throw Bad("its manifest lacks the annotation that was asked for: BuildKit is older than 0.11");
        if (MediaTypes.IsDocker(manifest.MediaType) != (request.Form.Kind == ManifestKind.Docker)) throw Bad($"its media type is {manifest.MediaType}");
        var config = await archive.ReadConfigAsync(image.Config, cancellationToken).ConfigureAwait(false);
        PlatformCheck.Require(request, config);

        var known = bases.SelectMany(b => b.Layers).Select(l => l.Layer).DistinctBy(l => l.Descriptor.Digest).ToDictionary(l => l.Descriptor.Digest);
        var blobs = image.Blobs.Select(b => archive.AsBlob(b) with { MountFrom = known.GetValueOrDefault(b.Digest)?.MountFrom }).ToList();
        IsPackedOtherwise = image.Layers.Any(l => !known.ContainsKey(l.Digest) && l.MediaType.EndsWith("zstd", StringComparison.Ordinal) != (request.Form.Compressor == Compressor.Zstd));
        var attestations = new List<Attestation>();
        foreach (var entry in entries.Where(e => AttestationEntry.Is(e) && AttestationEntry.IsOf(e, manifest.Digest)))
        {
            var attestation = await FindAsync(entry.Digest, cancellationToken).ConfigureAwait(false);
            attestations.Add(new Attestation(entry, attestation, [.. attestation.AsImage().Blobs.Select(archive.AsBlob)]));
        }
        if (request.Engine.HasAttestations && attestations.Count == 0) throw Bad("it has no attestations, and some were asked for");
        return new BuiltImage(request.Platform, manifest, config, blobs) { Attestations = attestations };
    }

    private async Task<RawManifest> ChooseAsync(IReadOnlyList<Descriptor> entries, CancellationToken cancellationToken)
    {
        var images = entries.Where(e => !AttestationEntry.Is(e) && (e.Platform is null || e.Platform.Same(request.Platform))).ToList();
        return images is [var one] ? await FindAsync(one.Digest, cancellationToken).ConfigureAwait(false) : throw Bad($"its list has {images.Count} images for {request.Platform}");
    }

    private async Task<RawManifest> FindAsync(Digest digest, CancellationToken cancellationToken) =>
        await archive.FindManifestAsync(digest.ToString(), cancellationToken).ConfigureAwait(false) ?? throw Bad($"{digest} is not in its archive");

    private ViaductException Bad(string why) => BuildxErrors.BadResult(request.Name, why);
}
