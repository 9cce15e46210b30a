using System.Formats.Tar;
using System.Text;

namespace Viaduct.Oci.Tests.Robustness;

/// <summary>Layers as an attacker writes them: another program's writer, which takes any name.</summary>
internal static class HostileTar
{
    public static (TarEntryType Type, string Name, string Link) File(string name) => (TarEntryType.RegularFile, name, "");

    public static (TarEntryType Type, string Name, string Link) Link(string name, string target) => (TarEntryType.SymbolicLink, name, target);

    public static (TarEntryType Type, string Name, string Link) HardLink(string name, string target) => (TarEntryType.HardLink, name, target);

    /// <summary>Every file holds "evil".</summary>
    public static Blob Layer(params (TarEntryType Type, string Name, string Link)[] entries)
    {
        using var bytes = new MemoryStream();
        using (var tar = new TarWriter(bytes, TarEntryFormat.Gnu, leaveOpen: true))
            foreach (var (type, name, link) in entries)
            {
                var entry = new GnuTarEntry(type, name);
                if (link.Length > 0) entry.LinkName = link;
                if (type == TarEntryType.RegularFile) entry.DataStream = new MemoryStream("evil"u8.ToArray());
                tar.WriteEntry(entry);
            }
        return Blob.FromBytes(MediaTypes.OciLayer, bytes.ToArray());
    }

    /// <summary>A name with a NUL in it, which only a PAX record can hold.</summary>
    public static Blob LayerWithNul()
    {
        const string Mark = "harmless-until-here";
        using var bytes = new MemoryStream();
        using (var tar = new TarWriter(bytes, TarEntryFormat.Pax, leaveOpen: true))
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, $"{Mark}!{new string('x', 120)}") { DataStream = new MemoryStream("evil"u8.ToArray()) });
        var tarBytes = bytes.ToArray();
        var at = tarBytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes($"path={Mark}!"));
        Assert.True(at > 0);
        tarBytes[at + "path=".Length + Mark.Length] = 0;
        return Blob.FromBytes(MediaTypes.OciLayer, tarBytes);
    }
}
