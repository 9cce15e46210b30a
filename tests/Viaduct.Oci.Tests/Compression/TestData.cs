using System.Text;

namespace Viaduct.Oci.Tests.Compression;

/// <summary>Inputs that are the same for ever: System.Random promises that for no version but its own.</summary>
internal static class TestData
{
    public const int Block = 256 * 1024;
    private static readonly string[] Words = MakeWords();

    public static byte[] Make(string kind, int length)
    {
        var data = kind switch
        {
            "zeros" => new byte[length],
            "random" => Noise(length, seed: 1),
            "text" => Text(length, seed: 2),
            "half" => Half(length),
            "fibonacci" => Fibonacci(length),
            "skewed" => Skewed(length),
            "window" => Repeated(length, period: 32 * 1024),
            "beyond" => Repeated(length, period: (32 * 1024) + 1),
            "threes" => Threes(length),
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
        return data;
    }

    public static byte[] Noise(int length, uint seed)
    {
        var lcg = new Lcg(seed);
        var data = new byte[length];
        foreach (ref var b in data.AsSpan())
        {
            b = (byte)lcg.Next(256);
        }

        return data;
    }

    public static byte[] Text(int length, uint seed)
    {
        var lcg = new Lcg(seed);
        var text = new StringBuilder(length + 16);
        while (text.Length < length)
        {
            // The product of two draws makes some words common and most rare, as in a language.
            text.Append(Words[lcg.Next(1 << 10) * lcg.Next(1 << 10) * Words.Length >> 20]).Append(lcg.Next(12) == 0 ? '\n' : ' ');
        }

        return Encoding.ASCII.GetBytes(text.ToString(0, length));
    }

    private static byte[] Half(int length)
    {
        var lcg = new Lcg(3);
        var data = new byte[length];
        for (var rest = data.AsSpan(); !rest.IsEmpty;)
        {
            var piece = rest[..Math.Min(rest.Length, 512 + lcg.Next(4096))];
            (lcg.Next(2) == 0 ? Noise(piece.Length, lcg.NextSeed()) : Text(piece.Length, lcg.NextSeed())).CopyTo(piece);
            rest = rest[piece.Length..];
        }

        return data;
    }

    /// <summary>Deep Huffman trees: each symbol about 1.6 times as frequent as the next, in no order a match could use.</summary>
    private static byte[] Skewed(int length)
    {
        var lcg = new Lcg(4);
        var data = new byte[length];
        foreach (ref var b in data.AsSpan())
        {
            while (b < 40 && lcg.Next(8) < 5)
            {
                b++;
            }

            b = (byte)(b * 37);
        }

        return data;
    }

    private static byte[] Fibonacci(int length)
    {
        var (shorter, word) = ("a", "ab");
        while (word.Length < length)
        {
            (shorter, word) = (word, word + shorter);
        }

        return Encoding.ASCII.GetBytes(word[..length]);
    }

    private static byte[] Repeated(int length, int period)
    {
        var pattern = Noise(period, seed: 5);
        var data = new byte[length];
        for (var i = 0; i < length; i++)
        {
            data[i] = pattern[i % period];
        }

        return data;
    }

    /// <summary>Nothing but matches of three bytes: many short chains.</summary>
    private static byte[] Threes(int length)
    {
        var lcg = new Lcg(6);
        var data = new byte[length];
        for (var i = 0; i < length; i++)
        {
            data[i] = (i & 3) == 3 ? (byte)lcg.Next(256) : (byte)("abcxyzpqr"[(int)((i / 4 * 2654435761u >> 20) % 3 * 3) + (i & 3)]);
        }

        return data;
    }

    private static string[] MakeWords()
    {
        var lcg = new Lcg(7);
        return [.. Enumerable.Range(0, 2000).Select(_ => string.Concat(Enumerable.Range(0, 2 + lcg.Next(8)).Select(_ => (char)('a' + lcg.Next(26)))))];
    }

    /// <summary>Knuth's MMIX generator; its upper bits are the good ones.</summary>
    private sealed class Lcg(uint seed)
    {
        private ulong _state = seed;

        public int Next(int bound) => (int)((ulong)NextSeed() * (uint)bound >> 32);

        public uint NextSeed() => (uint)((_state = (_state * 6364136223846793005) + 1442695040888963407) >> 32);
    }
}
