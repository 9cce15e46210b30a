namespace Viaduct.Server;

/// <summary>Which repositories there are: the tree of folders is the only list.</summary>
internal sealed class Catalog(StorePaths paths)
{
    /// <summary>True once anything was pushed to it.</summary>
    public bool Has(RepositoryName repository)
    {
        var folder = paths.Repository(repository);
        return Directory.Exists(Path.Join(folder, "_layers")) || Directory.Exists(Path.Join(folder, "_manifests"));
    }

    /// <summary>The repositories with at least one manifest, in no order.</summary>
    public IEnumerable<string> Repositories() => Below(paths.Repositories, "");

    private static IEnumerable<string> Below(string folder, string prefix)
    {
        foreach (var child in Listing.Directories(folder))
        {
            if (child.StartsWith('_')) continue;
            var path = Path.Join(folder, child);
            var name = prefix + FileNames.ToComponent(child);
            if (HasManifest(path)) yield return name;
            foreach (var deeper in Below(path, name + "/")) yield return deeper;
        }
    }

    private static bool HasManifest(string repository)
    {
        var manifests = Path.Join(repository, "_manifests");
        return Listing.Directories(manifests).Any(algorithm => Listing.Files(Path.Join(manifests, algorithm)).Any());
    }
}
