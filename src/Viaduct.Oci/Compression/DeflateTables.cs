using System.Numerics;

namespace Viaduct.Oci.Compression;

/// <summary>The alphabets of RFC 1951 section 3.2.5.</summary>
internal static class DeflateTables
{
    public const int EndOfBlock = 256;
    public const int FirstLengthSymbol = 257;
    public const int LiteralLengthSymbols = 286;
    public const int DistanceSymbols = 30;
    public const int CodeLengthSymbols = 19;
    public const int MinMatch = 3;
    public const int MaxMatch = 258;

    public static ReadOnlySpan<ushort> LengthBase =>
    [
        3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
    ];

    public static ReadOnlySpan<byte> LengthExtraBits =>
    [
        0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
    ];

    public static ReadOnlySpan<ushort> DistanceBase =>
    [
        1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145,
        8193, 12289, 16385, 24577,
    ];

    public static ReadOnlySpan<byte> DistanceExtraBits =>
    [
        0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
    ];

    /// <summary>The order in which code length codes are sent (RFC 1951 section 3.2.7).</summary>
    public static ReadOnlySpan<byte> CodeLengthOrder => [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

    /// <summary>Length (3 to 258) to its index among the length symbols.</summary>
    public static readonly byte[] LengthSlot = MakeLengthSlots();

    /// <summary>
    /// Distances come two symbols a power of two (RFC 1951 section 3.2.5), so the symbol is the position of the highest
    /// bit of the distance less one, and the bit below it.
    /// </summary>
    public static int DistanceSlot(int distance)
    {
        var d = (uint)distance - 1;
        if (d < 2)
        {
            return (int)d;
        }

        var top = BitOperations.Log2(d);
        return (top * 2) + (int)((d >> (top - 1)) & 1);
    }

    private static byte[] MakeLengthSlots()
    {
        var slots = new byte[MaxMatch + 1];
        for (var slot = 0; slot < LengthBase.Length; slot++)
        {
            // 258 lies in the reach of symbol 284 too, but has its own: the later slot wins.
            slots.AsSpan(LengthBase[slot]).Fill((byte)slot);
        }

        return slots;
    }
}
