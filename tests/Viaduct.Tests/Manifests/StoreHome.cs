using System.Text;
using Viaduct.Manifests;
using Viaduct.Oci;

namespace Viaduct.Tests.Manifests;

/// <summary>docker's configuration folder of a test, and what real dockers wrote (golden/README.md).</summary>
internal sealed class StoreHome : IDisposable
{
    public static readonly Reference List = Reference.Parse("127.0.0.1:5133/app:1.0");
    private readonly TemporaryFolder _folder = new();

    public StoreHome() => Store = new ManifestStore(_folder.Path, TimeProvider.System);

    public string Path => _folder.Path;

    public ManifestStore Store { get; }

    public string FolderOf(Reference list) => At("manifests", ManifestList.StoreName(list));

    public string At(params string[] parts) => System.IO.Path.Combine([_folder.Path, .. parts]);

    /// <summary>What is being written, or was when somebody died.</summary>
    public IEnumerable<string?> Temporaries => Directory.EnumerateFileSystemEntries(At("manifests"), ".tmp-*").Select(System.IO.Path.GetFileName);

    public Task<StoredList?> FindAsync(Reference? list = null) => Store.FindAsync(list ?? List, TestContext.Current.CancellationToken);

    public Task SaveAsync(StoredList list, StoredList? was = null) => Store.SaveAsync(list, was, TestContext.Current.CancellationToken);

    /// <summary>All files of docker's folders and their content.</summary>
    public SortedDictionary<string, string> Files() => FilesIn(At("manifests"));

    public static SortedDictionary<string, string> FilesIn(string folder) => new(
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).ToDictionary(f => System.IO.Path.GetRelativePath(folder, f), File.ReadAllText), StringComparer.Ordinal);

    public static string Golden(params string[] parts) => System.IO.Path.Combine([AppContext.BaseDirectory, "Manifests", "golden", .. parts]);

    /// <summary>A list as docker left it.</summary>
    public StoreHome WithGolden(string docker)
    {
        foreach (var (name, content) in FilesIn(Golden(docker))) _folder.With(System.IO.Path.Combine("manifests", name), content);
        return this;
    }

    public static StoredList New(Reference list, params StoredManifest[] images) =>
        images.Aggregate(new StoredList(list, [], new Companion(list)), (all, image) => all.With(image));

    /// <summary>An image of a test's own: another name, another content.</summary>
    public static StoredManifest Image(string name, Platform? platform = null)
    {
        var config = new Descriptor(MediaTypes.OciConfig, Digest.Sha256(Encoding.UTF8.GetBytes(name)), 2);
        var manifest = new ImageManifest(config, []).ToManifest();
        return new StoredManifest(Reference.Parse(name), manifest.Descriptor with { Platform = platform ?? new Platform("linux", "amd64") }, manifest);
    }

    public static StoredAttestation AttestationOf(StoredManifest image)
    {
        var manifest = new ImageManifest(new(MediaTypes.OciConfig, Digest.Sha256([1, 2]), 2), []) { Annotations = new Dictionary<string, string> { ["of"] = image.Ref.ToString() } }.ToManifest();
        return new StoredAttestation(AttestationEntry.Make(manifest.Descriptor, image.Descriptor.Digest), image.Ref, manifest);
    }

    public void Dispose() => _folder.Dispose();
}
