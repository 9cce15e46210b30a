using Viaduct.Oci;

namespace Viaduct.Simulation;

/// <summary>A program that stands for what is not described: of the platform, and of nothing else.</summary>
internal static class DescribedProgram
{
    private const uint LoadAddress = 0x10000;

    /// <returns>Its path in the layer, the word that starts it, and its bytes.</returns>
    public static (string Path, string Word, byte[] Bytes) For(Platform platform)
    {
        var p = platform.Normalized();
        // A batch file is cmd's, which every image for Windows has for its own processor.
        return p.Os == "windows" ? ("Files/described.bat", @"C:\described.bat", [])
            : ("described", "/described", BinaryArchitecture.Elf.FirstOrDefault(a => a.Name == p.Architecture) is { } known ? Elf(known) : []);
    }

    /// <summary>A header, one segment to load, and a few bytes to begin with (System V gABI, "Program Loading").</summary>
    private static byte[] Elf(BinaryArchitecture of)
    {
        var wide = of.Bits == 64;
        var (header, entry) = wide ? (64, 56) : (52, 32);
        var code = header + entry;
        var file = new byte[code + 16];
        var at = 0;
        foreach (var b in (byte[])[0x7f, 0x45, 0x4c, 0x46, (byte)(wide ? 2 : 1), (byte)(of.BigEndian ? 2 : 1), 1]) file[at++] = b;
        at = 16;
        Put(2, 2);
        Put(of.Machine, 2);
        Put(1, 4);
        Put(LoadAddress + (ulong)code);
        Put((ulong)header);
        Put(0);
        Put(Flags(of.Name), 4);
        foreach (var half in (int[])[header, entry, 1, 0, 0, 0]) Put((ulong)half, 2);
        // The flags of a segment moved when words became wide.
        Put(1, 4);
        if (wide) Put(5, 4);
        Put(0);
        Put(LoadAddress);
        Put(LoadAddress);
        Put((ulong)file.Length);
        Put((ulong)file.Length);
        if (!wide) Put(5, 4);
        Put(0x10000);
        return file;

        void Put(ulong value, int size = 0)
        {
            size = size == 0 ? of.Bits / 8 : size;
            var place = file.AsSpan(at, size);
            for (var i = 0; i < size; i++) place[of.BigEndian ? size - 1 - i : i] = (byte)(value >> (8 * i));
            at += size;
        }
    }

    /// <summary>e_flags as linkers set them: the ABI's version (psABI of each processor).</summary>
    private static uint Flags(string architecture) => architecture switch { "arm" => 0x05000000, "ppc64le" => 2, "ppc64" => 1, "riscv64" => 5, _ => 0 };
}
