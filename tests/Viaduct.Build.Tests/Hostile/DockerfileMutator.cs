using System.Runtime.CompilerServices;
using System.Text;

namespace Viaduct.Build.Tests;

/// <summary>Makes a Dockerfile that nobody would write of one that somebody might have written.</summary>
internal static class DockerfileMutator
{
    private static readonly byte[][] Corpus = [.. Directory.EnumerateFiles(Path.GetFullPath("../../Viaduct.Acceptance.Tests/Corpus", Here()), "*.Dockerfile", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];

    private static readonly string[] Words =
    [
        "FROM", "COPY", "ADD", "ENV", "ARG", "ONBUILD", "RUN", "LABEL", "HEALTHCHECK", "SHELL", "EXPOSE", "\\", "`", "\n", "\r", "\t", " ", "\"", "'", "$", "${", "}", "${a:-", "${a##*",
        "${a//", "${a:?", "<<EOF", "<<-\"EOF\"", "EOF", "# escape=`\n", "#", "--from=", "--chown=", "--exclude=**", "--parents", "--link", "--mount=type=bind,from=", "--", "=", "[", "]", "[\"", "\\u0000",
        "..", "/", "/./", "**", "*", "?", "[^a-", "0-65535", "99999999999999999999", "-1", "\0", "\uFEFF", "\u2028", "é", "scratch", "AS", "$$", "\ud83d", "%", ":", "@sha256:", "linux/amd64",
    ];

    public static byte[] Make(Random random)
    {
        var bytes = Corpus[random.Next(Corpus.Length)];
        for (var i = random.Next(1, 5); i > 0; i--) bytes = Mutate(bytes, random);
        return bytes;
    }

    private static byte[] Mutate(byte[] bytes, Random random)
    {
        // Large ones are rare, so that many small ones have their turn.
        var kind = random.Next(1000);
        return kind switch
        {
            < 200 => Flip(bytes, random),
            < 400 => Insert(bytes, random.Next(bytes.Length + 1), Encoding.UTF8.GetBytes(Words[random.Next(Words.Length)])),
            < 550 => Cut(bytes, random),
            < 600 => bytes[..random.Next(bytes.Length + 1)],
            < 800 => Lines(bytes, random),
            < 900 => Splice(bytes, Corpus[random.Next(Corpus.Length)], random),
            < 998 => Insert(bytes, random.Next(bytes.Length + 1), Repeat(random, random.Next(1, 200))),
            _ => Insert(bytes, random.Next(bytes.Length + 1), Repeat(random, random.Next(1, 200_000))),
        };
    }

    private static byte[] Flip(byte[] bytes, Random random)
    {
        var copy = bytes.ToArray();
        for (var i = random.Next(1, 4); i > 0 && copy.Length > 0; i--) copy[random.Next(copy.Length)] ^= (byte)(1 << random.Next(8));
        return copy;
    }

    private static byte[] Insert(byte[] bytes, int at, byte[] what) => [.. bytes[..at], .. what, .. bytes[at..]];

    private static byte[] Cut(byte[] bytes, Random random)
    {
        var from = random.Next(bytes.Length + 1);
        return [.. bytes[..from], .. bytes[Math.Min(bytes.Length, from + random.Next(20))..]];
    }

    private static byte[] Lines(byte[] bytes, Random random)
    {
        var lines = Encoding.Latin1.GetString(bytes).Split('\n').ToList();
        var (one, other) = (random.Next(lines.Count), random.Next(lines.Count));
        switch (random.Next(4))
        {
            case 0: lines.RemoveAt(one); break;
            case 1: lines.Insert(one, lines[other]); break;
            case 2: (lines[one], lines[other]) = (lines[other], lines[one]); break;
            default: lines[one] = string.Join(' ', lines[one].Split(' ').OrderBy(_ => random.Next())); break;
        }
        return Encoding.Latin1.GetBytes(string.Join('\n', lines));
    }

    private static byte[] Splice(byte[] bytes, byte[] other, Random random) => [.. bytes[..random.Next(bytes.Length + 1)], .. other[random.Next(other.Length + 1)..]];

    private static byte[] Repeat(Random random, int count)
    {
        var word = Words[random.Next(Words.Length)] + (random.Next(2) == 0 ? Words[random.Next(Words.Length)] : "");
        return Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(word, count)));
    }

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
