using Viaduct.Oci;

namespace Viaduct.Build.Tests;

/// <summary>Images that were built before, by name; counts how often one is opened.</summary>
public sealed class FakeBases : IBaseImages, IContentSource
{
    private readonly Dictionary<string, BuiltImage> _images = [];
    private readonly Dictionary<Digest, Blob> _blobs = [];

    private readonly HashSet<string> _own = [];

    public int Opened { get; private set; }

    public int BlobsOpened { get; private set; }

    /// <summary>Of the set: what counts is its key.</summary>
    public FakeBases AddOwn(string name, BuiltImage image)
    {
        _own.Add(name);
        return Add(name, image);
    }

    public FakeBases Add(string name, BuiltImage image)
    {
        _images[name] = image;
        foreach (var blob in image.Blobs) _blobs[blob.Descriptor.Digest] = blob;
        return this;
    }

    public Digest LayerOf(string name) => Assert.Single(Find(name).Config.DiffIds);

    public Task<string> KeyAsync(string name, Platform platform, CancellationToken cancellationToken) =>
        Task.FromResult((_own.Contains(name) ? Digest.Sha256("key"u8) : Find(name).Manifest.Digest).ToString());

    public Task<IReadOnlyList<string>> OnBuildAsync(string name, Platform platform, CancellationToken cancellationToken) => Task.FromResult(Find(name).Config.Container.OnBuild);

    public Task<BaseImage> OpenAsync(string name, Platform platform, CancellationToken cancellationToken)
    {
        Opened++;
        var image = Find(name);
        return Task.FromResult(new BaseImage(image.Manifest, image.Config, this, Reference.Parse("registry.example/" + name)));
    }

    public Task<RawManifest?> FindManifestAsync(string tagOrDigest, CancellationToken cancellationToken) => throw new NotSupportedException();

    public async Task<Stream> OpenBlobAsync(Descriptor blob, CancellationToken cancellationToken)
    {
        BlobsOpened++;
        return new VerifyingStream(await _blobs[blob.Digest].OpenAsync(cancellationToken), blob);
    }

    private BuiltImage Find(string name) => _images.GetValueOrDefault(name) ?? throw new ViaductException("VIA2199", $"no base {name}");
}
