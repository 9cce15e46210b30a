using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Viaduct.Oci.Compression;

/// <summary>Writes one deflate block in the cheapest of its three forms (RFC 1951 section 3.2.3), by exact cost.</summary>
internal sealed class DeflateBlockWriter
{
    /// <summary>Four literals and the seven bits that may wait fit one 64-bit word.</summary>
    private const int MaxLiteralBits = 14;

    private const int MaxStored = 65535;
    private const int CountShift = 24;
    private const uint BitsMask = (1u << CountShift) - 1;

    private static readonly byte[] FixedLiteralLengths = MakeFixedLengths();
    private static readonly ushort[] FixedLiteralCodes = MakeFixedCodes(FixedLiteralLengths);
    private static readonly byte[] FixedDistanceLengths = Enumerable.Repeat((byte)5, DeflateTables.DistanceSymbols).ToArray();
    private static readonly ushort[] FixedDistanceCodes = MakeFixedCodes(FixedDistanceLengths);

    private readonly HuffmanCode _literalCode = new(DeflateTables.LiteralLengthSymbols, MaxLiteralBits);
    private readonly HuffmanCode _distanceCode = new(DeflateTables.DistanceSymbols, maxLength: 15);
    private readonly CodeLengths _header = new();

    // What to write for a literal, and for a match length with its extra bits: the bits and, above them, their count.
    private readonly uint[] _literalWords = new uint[256];
    private readonly uint[] _lengthWords = new uint[DeflateTables.MaxMatch + 1];

    public void Write(ref BitWriter writer, DeflateBlock block, ReadOnlySpan<byte> input, bool final)
    {
        var literals = block.LiteralFrequencies;
        var distances = block.DistanceFrequencies;
        _literalCode.Build(literals);
        _distanceCode.Build(distances);
        var extraBits = ExtraBits(literals, distances);
        var fixedCost = extraBits + Cost(literals, FixedLiteralLengths) + Cost(distances, FixedDistanceLengths);
        var dynamicCost = extraBits + Cost(literals, _literalCode.Lengths) + Cost(distances, _distanceCode.Lengths)
            + _header.Build(_literalCode.Lengths, _distanceCode.Lengths);

        if (StoredCost(writer.Pending, input.Length) <= 3 + Math.Min(fixedCost, dynamicCost))
        {
            WriteStored(ref writer, input, final);
        }
        else if (fixedCost <= dynamicCost)
        {
            writer.Add((final ? 1u : 0u) | (1u << 1), 3);
            WriteCompressed(ref writer, block.Sequences, input, FixedLiteralLengths, FixedLiteralCodes, FixedDistanceLengths, FixedDistanceCodes);
        }
        else
        {
            writer.Add((final ? 1u : 0u) | (2u << 1), 3);
            _header.Write(ref writer);
            WriteCompressed(
                ref writer, block.Sequences, input, _literalCode.Lengths, _literalCode.Codes, _distanceCode.Lengths, _distanceCode.Codes);
        }
    }

    private static long StoredCost(int pending, int length)
    {
        // The first pads what is pending; the others start on a byte, so their three bits take a whole one.
        var chunks = Math.Max(1, (length + MaxStored - 1) / MaxStored);
        var padding = -(pending + 3) & 7;
        return 3 + padding + 32 + ((chunks - 1) * 40L) + (8L * length);
    }

    private static void WriteStored(ref BitWriter writer, ReadOnlySpan<byte> input, bool final)
    {
        do
        {
            var chunk = input[..Math.Min(input.Length, MaxStored)];
            input = input[chunk.Length..];
            writer.AddStored(chunk, final && input.IsEmpty);
        }
        while (!input.IsEmpty);
    }

    private static long Cost(ReadOnlySpan<int> frequencies, ReadOnlySpan<byte> lengths)
    {
        var bits = 0L;
        for (var symbol = 0; symbol < frequencies.Length; symbol++)
        {
            bits += (long)frequencies[symbol] * lengths[symbol];
        }

        return bits;
    }

    private static long ExtraBits(ReadOnlySpan<int> literals, ReadOnlySpan<int> distances)
        => Cost(literals[DeflateTables.FirstLengthSymbol..], DeflateTables.LengthExtraBits)
            + Cost(distances, DeflateTables.DistanceExtraBits);

    private static byte[] MakeFixedLengths()
    {
        // RFC 1951 section 3.2.6; symbols 286 and 287 take part in the making of the code, but never occur.
        var lengths = new byte[288];
        lengths.AsSpan(0, 144).Fill(8);
        lengths.AsSpan(144, 112).Fill(9);
        lengths.AsSpan(256, 24).Fill(7);
        lengths.AsSpan(280).Fill(8);
        return lengths;
    }

    private static ushort[] MakeFixedCodes(byte[] lengths)
    {
        var codes = new ushort[lengths.Length];
        HuffmanCode.AssignCodes(lengths, codes, stackalloc int[16]);
        return codes;
    }

    private void WriteCompressed(
        ref BitWriter target,
        ReadOnlySpan<Sequence> sequences,
        ReadOnlySpan<byte> input,
        ReadOnlySpan<byte> literalLengths,
        ReadOnlySpan<ushort> literalCodes,
        ReadOnlySpan<byte> distanceLengths,
        ReadOnlySpan<ushort> distanceCodes)
    {
        MakeWords(literalLengths, literalCodes);
        var writer = target;
        ref var data = ref MemoryMarshal.GetReference(input);
        ref var words = ref MemoryMarshal.GetArrayDataReference(_literalWords);
        var position = 0;
        foreach (ref readonly var sequence in sequences)
        {
            WriteLiterals(ref writer, ref data, ref words, position, sequence.Literals);
            position += sequence.Literals + sequence.Length;
            var length = _lengthWords[sequence.Length];
            var slot = DeflateTables.DistanceSlot(sequence.Distance);
            writer.Add(length & BitsMask, (int)(length >> CountShift));
            writer.Add(distanceCodes[slot], distanceLengths[slot]);
            writer.Add((uint)(sequence.Distance - DeflateTables.DistanceBase[slot]), DeflateTables.DistanceExtraBits[slot]);
            writer.Flush();
        }

        WriteLiterals(ref writer, ref data, ref words, position, input.Length - position);
        writer.Add(literalCodes[DeflateTables.EndOfBlock], literalLengths[DeflateTables.EndOfBlock]);
        writer.Flush();
        target = writer;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WriteLiterals(ref BitWriter writer, ref byte data, ref uint words, int position, int count)
    {
        writer.Flush();
        for (; count >= 4; count -= 4, position += 4)
        {
            var a = Unsafe.Add(ref words, Unsafe.Add(ref data, position));
            var b = Unsafe.Add(ref words, Unsafe.Add(ref data, position + 1));
            var c = Unsafe.Add(ref words, Unsafe.Add(ref data, position + 2));
            var d = Unsafe.Add(ref words, Unsafe.Add(ref data, position + 3));
            writer.Add(a & BitsMask, (int)(a >> CountShift));
            writer.Add(b & BitsMask, (int)(b >> CountShift));
            writer.Add(c & BitsMask, (int)(c >> CountShift));
            writer.Add(d & BitsMask, (int)(d >> CountShift));
            writer.Flush();
        }

        for (; count > 0; count--, position++)
        {
            var a = Unsafe.Add(ref words, Unsafe.Add(ref data, position));
            writer.Add(a & BitsMask, (int)(a >> CountShift));
        }

        writer.Flush();
    }

    private void MakeWords(ReadOnlySpan<byte> lengths, ReadOnlySpan<ushort> codes)
    {
        for (var literal = 0; literal < _literalWords.Length; literal++)
        {
            _literalWords[literal] = codes[literal] | ((uint)lengths[literal] << CountShift);
        }

        for (var length = DeflateTables.MinMatch; length <= DeflateTables.MaxMatch; length++)
        {
            var slot = DeflateTables.LengthSlot[length];
            var symbol = DeflateTables.FirstLengthSymbol + slot;
            var extra = (uint)(length - DeflateTables.LengthBase[slot]) << lengths[symbol];
            _lengthWords[length] = codes[symbol] | extra | ((uint)(lengths[symbol] + DeflateTables.LengthExtraBits[slot]) << CountShift);
        }
    }
}
