namespace Viaduct.Oci.Compression;

/// <summary>A canonical Huffman code (RFC 1951 section 3.2.2) of limited length, made from the frequencies of its symbols.</summary>
internal sealed class HuffmanCode(int symbols, int maxLength)
{
    private readonly uint[] _sorted = new uint[symbols];
    private readonly uint[] _scratch = new uint[symbols];
    private readonly int[] _depths = new int[symbols];
    private readonly int[] _digits = new int[256];
    private readonly int[] _counts = new int[33];

    /// <summary>Bits of each symbol; 0 for one that does not occur.</summary>
    public byte[] Lengths { get; } = new byte[symbols];

    /// <summary>Codes with their bits reversed: Huffman codes are packed from their most significant bit (section 3.1.1).</summary>
    public ushort[] Codes { get; } = new ushort[symbols];

    public void Build(ReadOnlySpan<int> frequencies)
    {
        var used = 0;
        var max = 0;
        for (var symbol = 0; symbol < frequencies.Length; symbol++)
        {
            if (frequencies[symbol] != 0)
            {
                max = Math.Max(max, frequencies[symbol]);
                _sorted[used++] = ((uint)frequencies[symbol] << 9) | (uint)symbol;
            }
        }

        Array.Clear(Lengths);
        if (used < 2)
        {
            // An incomplete code is legal in one case only and refused by some decoders even there: as zlib does, a
            // second symbol is made up.
            var only = used == 0 ? 0 : (int)(_sorted[0] & 511);
            Lengths[only] = 1;
            Lengths[only == 0 ? 1 : 0] = 1;
        }
        else
        {
            Sort(used, max);
            FindDepths(used);
            LimitDepths(used);
        }

        AssignCodes(Lengths, Codes, _counts);
    }

    public static void AssignCodes(ReadOnlySpan<byte> lengths, Span<ushort> codes, Span<int> next)
    {
        next.Clear();
        foreach (var length in lengths)
        {
            next[length]++;
        }

        next[0] = 0;
        var code = 0;
        var previous = 0;
        for (var length = 1; length <= 15; length++)
        {
            code = (code + previous) << 1;
            previous = next[length];
            next[length] = code;
        }

        for (var symbol = 0; symbol < lengths.Length; symbol++)
        {
            codes[symbol] = lengths[symbol] == 0 ? (ushort)0 : Reverse(next[lengths[symbol]]++, lengths[symbol]);
        }
    }

    private static ushort Reverse(int code, int length)
    {
        var v = (uint)code;
        v = ((v & 0x5555) << 1) | ((v >> 1) & 0x5555);
        v = ((v & 0x3333) << 2) | ((v >> 2) & 0x3333);
        v = ((v & 0x0F0F) << 4) | ((v >> 4) & 0x0F0F);
        v = ((v & 0x00FF) << 8) | (v >> 8);
        return (ushort)(v >> (16 - length));
    }

    /// <summary>By frequency, then by symbol: a stable radix sort, so that ties fall the same way everywhere.</summary>
    private void Sort(int count, int maxFrequency)
    {
        for (var shift = 0; shift < 32 && maxFrequency >> shift != 0; shift += 8)
        {
            Array.Clear(_digits);
            for (var i = 0; i < count; i++)
            {
                _digits[(_sorted[i] >> (shift + 9)) & 255]++;
            }

            var place = 0;
            for (var digit = 0; digit < _digits.Length; digit++)
            {
                (place, _digits[digit]) = (place + _digits[digit], place);
            }

            for (var i = 0; i < count; i++)
            {
                _scratch[_digits[(_sorted[i] >> (shift + 9)) & 255]++] = _sorted[i];
            }

            _scratch.AsSpan(0, count).CopyTo(_sorted);
        }
    }

    /// <summary>
    /// Depths of the leaves of a Huffman tree, in the place of the sorted frequencies: Moffat and Katajainen, "In-Place
    /// Calculation of Minimum-Redundancy Codes" (1995).
    /// </summary>
    private void FindDepths(int n)
    {
        var a = _depths.AsSpan(0, n);
        for (var i = 0; i < n; i++)
        {
            a[i] = (int)(_sorted[i] >> 9);
        }

        a[0] += a[1];
        var root = 0;
        var leaf = 2;
        for (var next = 1; next < n - 1; next++)
        {
            a[next] = leaf >= n || a[root] < a[leaf] ? Take(a, ref root, next) : a[leaf++];
            a[next] += leaf >= n || (root < next && a[root] < a[leaf]) ? Take(a, ref root, next) : a[leaf++];
        }

        a[n - 2] = 0;
        for (var next = n - 3; next >= 0; next--)
        {
            a[next] = a[a[next]] + 1;
        }

        var available = 1;
        root = n - 2;
        for (int depth = 0, place = n - 1; available > 0; depth++)
        {
            var inner = 0;
            for (; root >= 0 && a[root] == depth; root--)
            {
                inner++;
            }

            for (; available > inner; available--)
            {
                a[place--] = depth;
            }

            available = 2 * inner;
        }
    }

    private static int Take(Span<int> a, ref int root, int parent)
    {
        var weight = a[root];
        a[root++] = parent;
        return weight;
    }

    /// <summary>
    /// Leaves that are too deep are lifted to the limit; the room they take there (Kraft's inequality) is made by lowering
    /// the deepest leaves above it.
    /// </summary>
    private void LimitDepths(int n)
    {
        Array.Clear(_counts);
        var room = 0L;
        for (var i = 0; i < n; i++)
        {
            var length = Math.Min(_depths[i], maxLength);
            _counts[length]++;
            room += 1L << (maxLength - length);
        }

        for (; room > 1L << maxLength; room--)
        {
            var length = maxLength - 1;
            while (_counts[length] == 0)
            {
                length--;
            }

            _counts[length]--;
            _counts[length + 1] += 2;
            _counts[maxLength]--;
        }

        var symbol = 0;
        for (var length = maxLength; length > 0; length--)
        {
            for (var i = 0; i < _counts[length]; i++)
            {
                Lengths[_sorted[symbol++] & 511] = (byte)length;
            }
        }
    }
}
