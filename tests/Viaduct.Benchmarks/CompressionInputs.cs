namespace Viaduct.Benchmarks;

/// <summary>Inputs for <see cref="CompressionBenchmark"/> that are the same on every machine.</summary>
internal static class CompressionInputs
{
    /// <summary>Pieces of some KiB, every other one noise, the others a line of text again and again.</summary>
    public static byte[] MakeHalf(int length)
    {
        const int Line = 70;
        var random = new Lcg(1);
        var text = MakeText(1 << 20);
        var noise = MakeNoise(length);
        var data = noise.AsSpan();
        for (var compressible = false; !data.IsEmpty; compressible = !compressible)
        {
            var piece = data[..Math.Min(data.Length, 512 + random.Next(4096))];
            var line = text.AsSpan(random.Next(text.Length - Line), Line);
            for (var rest = compressible ? piece : []; !rest.IsEmpty; rest = rest[Math.Min(Line, rest.Length)..])
            {
                line[..Math.Min(Line, rest.Length)].CopyTo(rest);
            }

            data = data[piece.Length..];
        }

        return noise;
    }

    public static byte[] MakeNoise(int length)
    {
        var random = new Lcg(2);
        var data = new byte[length];
        foreach (ref var b in data.AsSpan())
        {
            b = (byte)random.Next(256);
        }

        return data;
    }

    public static byte[] MakeText(int length)
    {
        const int Words = 4000;
        var random = new Lcg(3);
        var words = new byte[Words][];
        for (var i = 0; i < Words; i++)
        {
            words[i] = new byte[3 + random.Next(8)];
            foreach (ref var letter in words[i].AsSpan(0, words[i].Length - 1))
            {
                letter = (byte)('a' + random.Next(26));
            }

            words[i][^1] = (byte)' ';
        }

        // The product of three draws: a few words are common and most are rare, as in a language.
        var data = new byte[length];
        for (var rest = data.AsSpan(); !rest.IsEmpty;)
        {
            var word = words[(int)((long)random.Next(1 << 10) * random.Next(1 << 10) * random.Next(1 << 10) * Words >> 30)];
            var count = Math.Min(word.Length, rest.Length);
            word.AsSpan(0, count).CopyTo(rest);
            rest = rest[count..];
        }

        return data;
    }

    private sealed class Lcg(ulong state)
    {
        private ulong _state = state;

        public int Next(int bound)
        {
            _state = (_state * 6364136223846793005) + 1442695040888963407;
            return (int)((_state >> 32) * (uint)bound >> 32);
        }
    }
}
