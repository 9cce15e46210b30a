namespace Viaduct.Oci.Tests;

/// <summary>What real tools wrote: see golden/README.md for how it was had.</summary>
internal static class Golden
{
    public static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "golden", name);

    public static byte[] Bytes(string name) => File.ReadAllBytes(PathOf(name));

    public static IEnumerable<string> Names(string ending) =>
        Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "golden"), "*" + ending)
            .Select(f => Path.GetFileName(f)[..^ending.Length]).Order(StringComparer.Ordinal);
}
