using System.Globalization;
using Viaduct.Oci;

namespace Viaduct.Build.Engines;

/// <summary>Whether a machine's kernel runs programs of other processors: binfmt_misc (Linux Documentation/admin-guide/binfmt-misc.rst).</summary>
/// <param name="folder">Where binfmt_misc is mounted.</param>
internal sealed class Emulation(string folder = "/proc/sys/fs/binfmt_misc")
{
    /// <summary>ELF's class, byte order and machine (elf.h) by Go's words.</summary>
    private static readonly Dictionary<string, (byte Class, byte Order, ushort Machine)> Machines = new()
    {
        ["386"] = (1, 1, 3), ["amd64"] = (2, 1, 62), ["arm"] = (1, 1, 40), ["arm64"] = (2, 1, 183), ["loong64"] = (2, 1, 258), ["mips64le"] = (2, 1, 8),
        ["mipsle"] = (1, 1, 8), ["mips64"] = (2, 2, 8), ["mips"] = (1, 2, 8), ["ppc64le"] = (2, 1, 21), ["ppc64"] = (2, 2, 21), ["riscv64"] = (2, 1, 243), ["s390x"] = (2, 2, 22),
    };

    /// <summary>What the processor itself runs; null where it depends on the model.</summary>
    public static bool? Native(Platform machine, Platform wanted) => (machine.Normalized().Architecture, wanted.Normalized().Architecture) switch
    {
        var (m, w) when m == w => true,
        ("amd64", "386") => true,
        ("arm64", "arm") => null,
        _ => false,
    };

    /// <summary>Null when it cannot be told: the folder is not mounted here, or nobody knows the processor's ELF.</summary>
    public bool? Runs(Platform wanted)
    {
        if (!Machines.TryGetValue(wanted.Normalized().Architecture, out var machine)) return null;
        try
        {
            if (!File.Exists(Path.Combine(folder, "status"))) return null;
            return Directory.EnumerateFiles(folder).Where(f => Path.GetFileName(f) is not ("status" or "register")).Any(f => Takes(f, Header(machine)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The beginning of an executable.</summary>
    private static byte[] Header((byte Class, byte Order, ushort Machine) machine)
    {
        var header = new byte[20];
        ((ReadOnlySpan<byte>)[0x7f, (byte)'E', (byte)'L', (byte)'F', machine.Class, machine.Order, 1]).CopyTo(header);
        var (low, high) = machine.Order == 1 ? (0, 1) : (1, 0);
        header[16 + low] = 2;
        (header[18 + low], header[18 + high]) = ((byte)machine.Machine, (byte)(machine.Machine >> 8));
        return header;
    }

    /// <summary>Without the flag F the interpreter is looked for in the container, which has none.</summary>
    private static bool Takes(string file, byte[] header)
    {
        var lines = File.ReadAllLines(file);
        string Value(string name) => Array.Find(lines, l => l.StartsWith(name + " ", StringComparison.Ordinal))?[(name.Length + 1)..].Trim() ?? "";
        if (!lines.Contains("enabled") || !(Array.Find(lines, l => l.StartsWith("flags:", StringComparison.Ordinal)) ?? "").Contains('F')) return false;
        if (!int.TryParse(Value("offset"), NumberStyles.None, CultureInfo.InvariantCulture, out var offset) || Value("magic") is not { Length: > 0 } magicText) return false;
        var magic = Convert.FromHexString(magicText);
        var mask = Value("mask") is { Length: > 0 } text ? Convert.FromHexString(text) : [];
        if (offset + magic.Length > header.Length) return false;
        return Enumerable.Range(0, magic.Length).All(i => ((header[offset + i] ^ magic[i]) & (i < mask.Length ? mask[i] : 0xff)) == 0);
    }
}
