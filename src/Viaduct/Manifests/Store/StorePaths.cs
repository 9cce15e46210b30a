using Viaduct.Oci;

namespace Viaduct.Manifests;

/// <summary>Where what is, in docker's configuration folder. Nothing of ours is in a list's folder.</summary>
internal sealed class StorePaths(string folder)
{
    public string Lists { get; } = Path.Combine(folder, "manifests");

    public string Companions { get; } = Path.Combine(folder, "viaduct", "manifests");

    public string Locks { get; } = Path.Combine(folder, "viaduct", "locks");

    public static string FolderOf(Reference list) => ManifestList.StoreName(list);

    /// <param name="list">The name of its folder.</param>
    public string Of(string list) => Path.Combine(Lists, list);

    public string CompanionOf(string list) => Path.Combine(Companions, StoreNames.Beside(list, ".json"));

    public string LockOf(string list) => Path.Combine(Locks, StoreNames.Beside(list, ".lock"));

    /// <summary>
    /// For a folder that is being written, beside the lists, which can lie on a file system of their own: it is renamed to where it belongs.
    /// docker asks for lists by name, and none begins with a dot.
    /// </summary>
    public string NewTemporary() => Path.Combine(Lists, AtomicFile.TemporaryPrefix + Path.GetRandomFileName());
}
