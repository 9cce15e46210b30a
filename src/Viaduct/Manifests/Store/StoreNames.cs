using System.Text;
using Viaduct.Oci;

namespace Viaduct.Manifests;

/// <summary>Names of files and folders in docker's store, of which one can stand for several references: <c>:</c> is <c>-</c> there, and <c>/</c> is <c>_</c>.</summary>
internal static class StoreNames
{
    private const int LongestBeside = 200;

    /// <summary>File systems that ignore case make two tags one file.</summary>
    private static readonly StringComparer Same = OperatingSystem.IsLinux() ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase;

    /// <summary>The order of docker's os.ReadDir, which is that of the list.</summary>
    public static IReadOnlyList<StoredEntry> InOrder(IEnumerable<StoredEntry> entries) => [.. entries.OrderBy(e => e.File, ByteOrder.Instance)];

    /// <summary>docker's name for an image, or a longer one where another image has that: <c>app:1-amd64</c> and <c>app-1:amd64</c>.</summary>
    public static string FileOf(Reference image, IReadOnlyCollection<StoredEntry> others)
    {
        var name = ManifestList.StoreName(image);
        if (!others.Any(o => Same.Equals(o.File, name))) return name;
        var longer = Longer(image);
        return others.Any(o => Same.Equals(o.File, longer)) ? $"{name}@{Hash(image)}" : longer;
    }

    /// <summary>One file an image: <c>x~</c> is a file of the list as well as <c>x</c>. Another image of the same name is one of its own, as for docker.</summary>
    public static IReadOnlyList<StoredEntry> Distinct(IReadOnlyList<StoredEntry> entries) =>
        InOrder(entries.GroupBy(e => (e.Image.Ref, e.Image.Descriptor.Digest)).Select(same => Named(same, same.Key.Ref)!));

    /// <summary>The file of this name: of several that which docker would have written, else the first.</summary>
    public static StoredEntry? Named(IEnumerable<StoredEntry> entries, Reference image)
    {
        var named = entries.Where(e => e.Image.Ref == image).ToList();
        return named.Find(e => e.File == ManifestList.StoreName(image) || e.File == Longer(image)) ?? named.FirstOrDefault();
    }

    /// <summary>For a file of ours about a list's folder; a file's name has 255 bytes at most, and docker's uses them.</summary>
    public static string Beside(string folder, string extension) => folder.Length <= LongestBeside ? folder + extension
        : $"{folder[..(LongestBeside / 2)]}@{Digest.Sha256(Encoding.UTF8.GetBytes(folder)).Hex[..32]}{extension}";

    private static string Longer(Reference image) => $"{ManifestList.StoreName(image)}@{Hash(image)[..12]}";

    private static string Hash(Reference image) => Digest.Sha256(Encoding.UTF8.GetBytes(image.ToString())).Hex;
}
