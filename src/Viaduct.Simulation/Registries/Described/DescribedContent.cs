using System.Collections.Concurrent;
using System.Text;
using Viaduct.Oci;
using Viaduct.Oci.Layers;

namespace Viaduct.Simulation;

/// <summary>Images that are made of their descriptions, the same bytes each time; for platforms that the kernel's rules are known for, with a program.</summary>
internal sealed class DescribedContent : IContentSource
{
    private readonly ConcurrentDictionary<string, RawManifest> _manifests = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Digest, byte[]> _blobs = new();
    private readonly KeyedTasks<(string, string), RawManifest> _made = new();

    /// <param name="name">Registry and repository: two images of one description differ as real ones do.</param>
    private Task<RawManifest> AddAsync(string name, DescribedImage image, CancellationToken cancellationToken) =>
        _made.GetAsync((name, image.Name), ct => MakeAsync($"{name} {image.Name}", image, ct), cancellationToken);

    /// <summary>What a repository shows under a tag or digest: what is described so, or the part of a description that has that digest.</summary>
    public async Task<RawManifest?> FindAsync(string name, DescribedRepository repository, Reference image, CancellationToken cancellationToken)
    {
        if (repository.Images.GetValueOrDefault(image.TagOrDigest) is { } told) return await AddAsync(name, told, cancellationToken).ConfigureAwait(false);
        if (image.Digest is not { } digest) return null;
        foreach (var other in repository.Images.Values)
        {
            var manifest = await AddAsync(name, other, cancellationToken).ConfigureAwait(false);
            if (manifest.Digest == digest) return manifest;
            if (manifest.IsIndex && manifest.AsIndex().Manifests.Any(m => m.Digest == digest)) return _manifests[digest.ToString()];
        }
        return null;
    }

    public Task<RawManifest?> FindManifestAsync(string tagOrDigest, CancellationToken cancellationToken) => Task.FromResult(_manifests.GetValueOrDefault(tagOrDigest));

    public Task<Stream> OpenBlobAsync(Descriptor blob, CancellationToken cancellationToken) =>
        _blobs.TryGetValue(blob.Digest, out var bytes)
            ? Task.FromResult<Stream>(new VerifyingStream(new MemoryStream(bytes), blob))
            : throw new ViaductException("VIA3012", "not found", $"described blob {blob.Digest}") { Kind = FailureKind.Absent };

    private async Task<RawManifest> MakeAsync(string label, DescribedImage image, CancellationToken cancellationToken)
    {
        var children = new List<Descriptor>();
        foreach (var platform in image.Platforms)
        {
            var child = await ImageAsync(label, platform, cancellationToken).ConfigureAwait(false);
            if (!image.IsList) return child;
            children.Add(child.Descriptor with { Platform = platform });
        }
        return Keep(ManifestList.WriteInOrder(children));
    }

    private async Task<RawManifest> ImageAsync(string label, Platform platform, CancellationToken cancellationToken)
    {
        using var layer = new MemoryStream();
        var tar = new TarWriter(layer);
        var (path, word, program) = DescribedProgram.For(platform);
        await tar.WriteAsync(new TarEntry(path, TarEntryKind.File) { Size = program.Length, Mode = 0b111_101_101 }, new MemoryStream(program), cancellationToken).ConfigureAwait(false);
        await tar.CompleteAsync(cancellationToken).ConfigureAwait(false);
        var content = Keep(MediaTypes.OciLayer, layer.ToArray());
        var container = new ContainerConfig { Entrypoint = [word], Labels = new Dictionary<string, string> { ["described"] = label } };
        var config = Keep(MediaTypes.OciConfig, new ImageConfig(platform) { Container = container, DiffIds = [content.Digest] }.ToBytes());
        return Keep(new ImageManifest(config, [content]).ToManifest());
    }

    private RawManifest Keep(RawManifest manifest) => _manifests.GetOrAdd(manifest.Digest.ToString(), manifest);

    private Descriptor Keep(string mediaType, byte[] bytes)
    {
        var descriptor = new Descriptor(mediaType, Digest.Sha256(bytes), bytes.Length);
        _blobs[descriptor.Digest] = bytes;
        return descriptor;
    }
}
