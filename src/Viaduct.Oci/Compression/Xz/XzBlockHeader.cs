namespace Viaduct.Oci.Compression;

/// <summary>What stands before a block (xz-file-format 1.2, section 3.1).</summary>
/// <param name="Dictionary">LZMA2's one byte for the size of its dictionary.</param>
internal readonly record struct XzBlockHeader(byte Dictionary, long? Packed, long? Unpacked)
{
    private const int Lzma2 = 0x21;
    private const int MaxDictionary = 40;

    public long DictionarySize => SizeOf(Dictionary);

    public static XzBlockHeader Read(XzInput input, byte size)
    {
        var bytes = new byte[(size + 1) * 4];
        bytes[0] = size;
        input.ReadExactly(bytes.AsSpan(1));
        XzInput.RequireSum(bytes.AsSpan(..^4), bytes.AsSpan(^4..));
        var at = 2;
        int Next() => at < bytes.Length - 4 ? bytes[at++] : throw new InvalidDataException("xz: a block's header is too short");
        var flags = bytes[1];
        if ((flags & 0x3c) != 0) throw new InvalidDataException("xz: a block's header has flags that are not known");
        long? packed = (flags & 0x40) != 0 ? XzInput.Number(Next) : null;
        long? unpacked = (flags & 0x80) != 0 ? XzInput.Number(Next) : null;
        var filter = XzInput.Number(Next);
        // The others make programs of one processor smaller, and xz uses them for single files only when it is told to.
        if ((flags & 3) != 0 || filter != Lzma2) throw new InvalidDataException("xz: it has filters beside LZMA2");
        if (XzInput.Number(Next) != 1 || Next() is not (<= MaxDictionary and var dictionary)) throw new InvalidDataException("xz: LZMA2's properties are none");
        return bytes.AsSpan(at..^4).ContainsAnyExcept((byte)0) ? throw new InvalidDataException("xz: a block's header says more than is known")
            : new XzBlockHeader(Fitting((byte)dictionary, unpacked), packed, unpacked);
    }

    /// <summary>No block refers to more than itself: many small ones need not have a large dictionary each.</summary>
    private static byte Fitting(byte dictionary, long? unpacked)
    {
        byte fitting = 0;
        while (unpacked is { } size && fitting < dictionary && SizeOf(fitting) < size) fitting++;
        return unpacked is null ? dictionary : fitting;
    }

    private static long SizeOf(byte dictionary) => dictionary == MaxDictionary ? uint.MaxValue : (2L | (dictionary & 1L)) << (dictionary / 2 + 11);
}
