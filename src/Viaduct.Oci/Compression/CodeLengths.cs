namespace Viaduct.Oci.Compression;

/// <summary>The header of a dynamic block: the two codes' lengths, run-length coded and Huffman coded (RFC 1951 section 3.2.7).</summary>
internal sealed class CodeLengths
{
    private const int HeaderBits = 5 + 5 + 4;

    private readonly byte[] _lengths = new byte[DeflateTables.LiteralLengthSymbols + DeflateTables.DistanceSymbols];
    private readonly ushort[] _items = new ushort[DeflateTables.LiteralLengthSymbols + DeflateTables.DistanceSymbols];
    private readonly int[] _frequencies = new int[DeflateTables.CodeLengthSymbols];
    private readonly HuffmanCode _code = new(DeflateTables.CodeLengthSymbols, maxLength: 7);
    private int _literals;
    private int _distances;
    private int _itemCount;
    private int _sent;

    /// <summary>Prepares the header and returns its size in bits.</summary>
    public int Build(ReadOnlySpan<byte> literalLengths, ReadOnlySpan<byte> distanceLengths)
    {
        _literals = Math.Max(257, literalLengths.LastIndexOfAnyExcept((byte)0) + 1);
        _distances = Math.Max(1, distanceLengths.LastIndexOfAnyExcept((byte)0) + 1);
        literalLengths[.._literals].CopyTo(_lengths);
        distanceLengths[.._distances].CopyTo(_lengths.AsSpan(_literals));
        Array.Clear(_frequencies);
        _itemCount = 0;
        Collect(_lengths.AsSpan(0, _literals + _distances));
        _code.Build(_frequencies);

        _sent = DeflateTables.CodeLengthSymbols;
        while (_sent > 4 && _code.Lengths[DeflateTables.CodeLengthOrder[_sent - 1]] == 0)
        {
            _sent--;
        }

        var bits = HeaderBits + (3 * _sent);
        for (var symbol = 0; symbol < _frequencies.Length; symbol++)
        {
            bits += _frequencies[symbol] * (_code.Lengths[symbol] + ExtraBits(symbol));
        }

        return bits;
    }

    public void Write(ref BitWriter writer)
    {
        writer.Add((uint)(_literals - 257), 5);
        writer.Add((uint)(_distances - 1), 5);
        writer.Add((uint)(_sent - 4), 4);
        for (var i = 0; i < _sent; i++)
        {
            writer.Flush();
            writer.Add(_code.Lengths[DeflateTables.CodeLengthOrder[i]], 3);
        }

        foreach (var item in _items.AsSpan(0, _itemCount))
        {
            var symbol = item & 31;
            writer.Flush();
            writer.Add(_code.Codes[symbol], _code.Lengths[symbol]);
            writer.Add((uint)(item >> 5), ExtraBits(symbol));
        }

        writer.Flush();
    }

    private static int ExtraBits(int symbol) => symbol switch { 16 => 2, 17 => 3, 18 => 7, _ => 0 };

    private void Collect(ReadOnlySpan<byte> lengths)
    {
        while (!lengths.IsEmpty)
        {
            var length = lengths[0];
            var run = lengths.IndexOfAnyExcept(length);
            run = run < 0 ? lengths.Length : run;
            lengths = lengths[run..];
            if (length == 0)
            {
                for (; run >= 11; run -= Math.Min(run, 138))
                {
                    Add(18, Math.Min(run, 138) - 11);
                }

                if (run >= 3)
                {
                    Add(17, run - 3);
                    run = 0;
                }
            }
            else
            {
                // Symbol 16 repeats what was sent before it, so the first goes plain.
                Add(length, 0);
                for (run--; run >= 3; run -= Math.Min(run, 6))
                {
                    Add(16, Math.Min(run, 6) - 3);
                }
            }

            for (; run > 0; run--)
            {
                Add(length, 0);
            }
        }
    }

    private void Add(int symbol, int extra)
    {
        _frequencies[symbol]++;
        _items[_itemCount++] = (ushort)(symbol | (extra << 5));
    }
}
