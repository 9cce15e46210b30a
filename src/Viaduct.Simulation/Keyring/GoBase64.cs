namespace Viaduct.Simulation;

/// <summary>encoding/base64 of Go: line ends count for nothing, and an error says at which byte (base64.go, decodeQuantum).</summary>
internal static class GoBase64
{
    /// <param name="padded">StdEncoding, which wants its padding; else RawStdEncoding, which wants none.</param>
    /// <param name="faultAt">The byte that is told; null where all is well.</param>
    public static byte[] Decode(ReadOnlySpan<byte> text, bool padded, out int? faultAt)
    {
        var plain = new List<byte>(text.Length);
        faultAt = null;
        var at = 0;
        Span<int> four = stackalloc int[4];
        while (true)
        {
            var have = 0;
            var ended = false;
            while (have < 4 && !ended)
            {
                SkipLineEnds(text, ref at);
                if (at == text.Length)
                {
                    if (have == 0) return [.. plain];
                    if (have == 1 || padded) return Fail(at - have, out faultAt);
                    ended = true;
                    break;
                }
                var value = Value(text[at++]);
                if (value >= 0)
                {
                    four[have++] = value;
                    continue;
                }
                if (!padded || text[at - 1] != '=' || have < 2) return Fail(at - 1, out faultAt);
                if (have == 2)
                {
                    SkipLineEnds(text, ref at);
                    if (at == text.Length) return Fail(at, out faultAt);
                    if (text[at] != '=') return Fail(at - 1, out faultAt);
                    at++;
                }
                SkipLineEnds(text, ref at);
                if (at < text.Length) return Fail(at, out faultAt);
                ended = true;
            }
            plain.Add((byte)((four[0] << 2) | (four[1] >> 4)));
            if (have > 2) plain.Add((byte)((four[1] << 4) | (four[2] >> 2)));
            if (have > 3) plain.Add((byte)((four[2] << 6) | four[3]));
            if (ended) return [.. plain];
        }
    }

    private static byte[] Fail(int at, out int? faultAt)
    {
        faultAt = at;
        return [];
    }

    private static void SkipLineEnds(ReadOnlySpan<byte> text, ref int at)
    {
        while (at < text.Length && text[at] is (byte)'\n' or (byte)'\r')
            at++;
    }

    private static int Value(byte c) => c switch
    {
        >= (byte)'A' and <= (byte)'Z' => c - 'A',
        >= (byte)'a' and <= (byte)'z' => c - 'a' + 26,
        >= (byte)'0' and <= (byte)'9' => c - '0' + 52,
        (byte)'+' => 62,
        (byte)'/' => 63,
        _ => -1,
    };
}
