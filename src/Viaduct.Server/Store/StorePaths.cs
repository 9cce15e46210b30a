using Viaduct.Oci;

namespace Viaduct.Server;

/// <summary>
/// Where things lie. Only checked values become paths; what belongs to a repository begins with an underscore, as no component does.
/// </summary>
internal sealed class StorePaths(string root)
{
    public string Root { get; } = root;

    public string Lock { get; } = Path.Join(root, "store.lock");

    public string Id { get; } = Path.Join(root, "store.id");

    public string Uploads { get; } = Path.Join(root, "uploads");

    public string Repositories { get; } = Path.Join(root, "repositories");

    public string Blobs { get; } = Path.Join(root, "blobs");

    public string Blob(Digest digest)
    {
        var hex = digest.Hex;
        return Path.Join(Blobs, digest.Algorithm, hex[..2], hex);
    }

    public string Repository(RepositoryName name)
    {
        var path = Repositories;
        foreach (var component in name.Text.Split('/'))
            path = Path.Join(path, FileNames.ForComponent(component));
        return path;
    }

    /// <summary>An empty file: this repository has this blob.</summary>
    public string Layer(RepositoryName name, Digest digest) => Path.Join(Repository(name), "_layers", digest.Algorithm, digest.Hex);

    /// <summary>A file that is empty, or holds the media type where the manifest does not say it: this repository has this manifest.</summary>
    public string Manifest(RepositoryName name, Digest digest) => Path.Join(Repository(name), "_manifests", digest.Algorithm, digest.Hex);

    public string Manifests(RepositoryName name) => Path.Join(Repository(name), "_manifests");

    public string Tags(RepositoryName name) => Path.Join(Repository(name), "_tags");

    /// <summary>A file with the digest that the tag points at.</summary>
    public string Tag(RepositoryName name, TagName tag) => Path.Join(Tags(name), FileNames.ForTag(tag));

    public string Referrers(RepositoryName name, Digest subject) => Path.Join(Repository(name), "_referrers", subject.Algorithm, subject.Hex);

    /// <summary>An empty file: this manifest names that subject.</summary>
    public string Referrer(RepositoryName name, Digest subject, Digest manifest) =>
        Path.Join(Referrers(name, subject), $"{manifest.Algorithm}-{manifest.Hex}");
}
