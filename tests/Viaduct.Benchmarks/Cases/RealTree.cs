using Viaduct.Benchmarks.Peers;

namespace Viaduct.Benchmarks.Cases;

/// <summary>
/// A tree of programs, libraries and text as images are made of: files of a Debian's /usr, in an order that their paths alone decide, until there
/// is enough. The same packages give the same tree.
/// </summary>
/// <remarks>What is not enough is taken again, with a byte more in each file. Deflate looks back 32 KiB, so the copies are no gift to anyone.</remarks>
internal static class RealTree
{
    private const int MaxPasses = 16;

    private static readonly EnumerationOptions FilesOnly = new() { AttributesToSkip = FileAttributes.ReparsePoint, RecurseSubdirectories = true };

    /// <summary>Makes the tree in a folder that is there and returns its bytes.</summary>
    public static long Make(Toolbox tools, string folder, long atLeast)
    {
        var source = Path.Combine(tools.Root ?? "/", "usr");
        var files = Directory.EnumerateFiles(source, "*", FilesOnly).Select(f => Path.GetRelativePath(source, f)).OrderBy(Shuffle).ToList();
        var length = 0L;
        for (var pass = 0; pass < MaxPasses; pass++)
        {
            foreach (var file in files)
            {
                if (length >= atLeast) return length;
                length += Copy(Path.Combine(source, file), Path.Combine(folder, $"{pass}", file), pass);
            }
        }
        return length >= atLeast ? length : throw new BenchmarkException($"{source} has too little; ask for less by --size.");
    }

    private static long Copy(string file, string copy, int pass)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
        using var from = File.OpenRead(file);
        using var to = File.Create(copy);
        from.CopyTo(to);
        if (pass > 0) to.WriteByte((byte)pass);
        return to.Length;
    }

    /// <summary>FNV-1a of 64 bits.</summary>
    private static ulong Shuffle(string path)
    {
        var hash = 0xCBF29CE484222325;
        foreach (var letter in path) hash = (hash ^ letter) * 0x100000001B3;
        return hash;
    }
}
