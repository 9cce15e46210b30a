namespace Viaduct.Oci.Layers;

/// <summary>One header block, read.</summary>
internal readonly record struct TarHeader(
    byte Type, string Name, string Link, long Mode, long Uid, long Gid, long Size, long Time, long DeviceMajor, long DeviceMinor)
{
    public static TarHeader Parse(ReadOnlySpan<byte> block, string? where)
    {
        var (unsigned, signed) = TarField.Sum(block);
        if (!TarField.TryNumber(block[TarField.Checksum], out var sum) || (sum != unsigned && sum != signed))
            throw LayerErrors.BadArchive("a header's checksum is wrong", where);

        var type = block[TarField.Type];
        var device = type is (byte)'3' or (byte)'4';
        return new TarHeader(
            type,
            TarText.Decode(NameOf(block)),
            TarText.Decode(TarField.Text(block[TarField.Link])),
            Number(block[TarField.Mode], "mode", where),
            Number(block[TarField.Uid], "owner", where),
            Number(block[TarField.Gid], "group", where),
            Number(block[TarField.Size], "size", where),
            Number(block[TarField.Time], "time", where),
            device ? Number(block[TarField.DeviceMajor], "device", where) : 0,
            device ? Number(block[TarField.DeviceMinor], "device", where) : 0);
    }

    private static ReadOnlySpan<byte> NameOf(ReadOnlySpan<byte> block)
    {
        var name = TarField.Text(block[TarField.Name]);
        var prefix = PrefixOf(block);
        return prefix.IsEmpty ? name : (byte[])[.. prefix, (byte)'/', .. name];
    }

    private static ReadOnlySpan<byte> PrefixOf(ReadOnlySpan<byte> block)
    {
        var magic = block[TarField.Magic];
        var prefix = TarField.Text(block[TarField.Prefix]);
        if (magic.StartsWith("ustar\0"u8))
            return block[508..].SequenceEqual("tar\0"u8) ? TarField.Text(block[345..476]) : prefix; // star keeps times behind a shorter prefix
        if (!magic.SequenceEqual(TarField.GnuMagic)) return [];

        // GNU has times where ustar has the prefix; Go before 1.8 put a prefix there all the same (golang/go archive/tar reader.go),
        // and layers of that age are still pulled.
        var times = TarField.TryNumber(block[345..357], out _) && TarField.TryNumber(block[357..369], out _);
        return times || prefix.ContainsAnyExceptInRange((byte)1, (byte)127) ? [] : prefix;
    }

    private static long Number(ReadOnlySpan<byte> field, string what, string? where) =>
        TarField.TryNumber(field, out var value) ? value : throw LayerErrors.BadArchive($"a header's {what} is not a number", where);
}
