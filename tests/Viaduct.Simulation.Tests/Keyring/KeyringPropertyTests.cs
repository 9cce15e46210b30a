using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using CsCheck;

namespace Viaduct.Simulation.Tests;

/// <summary>The index against a matcher that is as simple as can be, and documents that somebody damaged.</summary>
public sealed class KeyringPropertyTests(ITestOutputHelper output)
{
    private static readonly Gen<string> Word = One("a", "b", "ab", "*", "a*", "*b", "**");
    private static readonly Gen<string> Port = One("", "", ":1", ":12");
    private static readonly Gen<string> Path = One("", "", "/a", "/ab", "/a/b", "/a/");
    private static readonly Gen<string> Key = Gen.Select(Word.Array[1, 3], Port, Path, (words, port, path) => string.Join('.', words) + port + path);
    private static readonly Gen<string> Image = Gen.Select(One("a", "b", "ab", "abb").Array[1, 3], Port, One("/a", "/ab", "/a/b", "/b/a"), (words, port, path) => string.Join('.', words) + port + path);

    [Fact]
    public void The_index_finds_what_a_walk_over_all_keys_finds() => Gen.Select(Key.Array[0, 30], Image).Sample((keys, image) =>
    {
        var entries = keys.Select((key, i) => new KeyringEntry(key, new(CredentialOrigin.Secret, "s", key, new($"u{i}", "p"))));
        var expected = keys.Select((key, i) => (Key: key, User: $"u{i}")).Where(one => Naive(one.Key, image)).OrderBy(one => one.Key, Comparer<string>.Create((x, y) => string.CompareOrdinal(y, x))).Select(one => one.User);
        Assert.Equal(expected, new BasicKeyring(entries, true).Lookup(image).Select(entry => entry.Credential.Login.Username));
    }, iter: 20_000);

    [Fact]
    public void A_thousand_keys_and_ten_thousand_images_are_an_index_and_no_walk()
    {
        var ring = new BasicKeyring(Enumerable.Range(0, 1000).Select(i => new KeyringEntry("", new(CredentialOrigin.Secret, "s", $"r{i}.io/t{i % 7}", new($"u{i}", "p")))), true);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var hits = Enumerable.Range(0, 10_000).Sum(i => ring.Lookup($"r{i % 1000}.io/t{i % 1000 % 7}/app").Count);
        var each = (GC.GetAllocatedBytesForCurrentThread() - before) / 10_000;
        output.WriteLine($"{each} bytes a lookup");
        Assert.Equal(10_000, hits);
        Assert.True(each < 4096, $"{each} bytes a lookup");
    }

    [Fact]
    public void Damaged_documents_are_logins_or_an_error_as_others_judge_them()
    {
        const int Cases = 40_000;
        var random = new Random(20267);
        var (errors, good) = (0, 0);
        for (var i = 0; i < Cases; i++)
        {
            var bytes = Damage(Documents[random.Next(Documents.Length)], random);
            var config = DockerConfigReader.Read(bytes, i % 2 == 0, i % 3 == 0 ? new(1, 30) : KubernetesVersion.Default);
            if (config.Error is null) good++;
            else errors++;
            Assert.True(config.Error is null || config.Entries.Count == 0);
            foreach (var entry in config.Entries)
                RegistryKey.Normalize(entry.Written);
            if (Array.TrueForAll(bytes, b => b < 0x80))
                Assert.Equal(IsJson(bytes), GoJsonCheck.Fault(bytes) is null);
        }
        output.WriteLine($"{Cases} documents: {good} are read, {errors} are errors");
        Assert.True(errors > 5000 && good > 5000);
    }

    [Theory]
    [InlineData("{\"a\":", 200_000)]
    [InlineData("[", 200_000)]
    public void Depth_ends_where_Gos_does(string opening, int times) =>
        Assert.EndsWith("exceeded max depth", DockerConfigReader.Read(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(opening, times))), true, KubernetesVersion.Default).Error);

    private static readonly byte[][] Documents =
    [
        Encoding.UTF8.GetBytes("""{"auths":{"r.io":{"auth":"dXNlcjpwYXNz"},"https://index.docker.io/v1/":{"username":"u","password":"p","email":"e"}},"HttpHeaders":{"a":"b"}}"""),
        Encoding.UTF8.GetBytes("""{"r.io":{"auth":"dXNlcjpwYXNzdw==","identitytoken":"x"},"*.q.io:5000/x":null}"""),
        Encoding.UTF8.GetBytes("""{"credsStore":"desktop","auths":{"r.io":{},"ä.io":{"username":"\u00e9\ud83d\ude00","password":"\\\"\/"}},"n":[1,-0.5e+3,true,false,null,[[{}]]]}"""),
    ];

    private static readonly string[] Splices = ["{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "null", "true", "-", "1e", "\"auths\":{}", "\"auth\":\"=\"", "\"auth\":7", "\ud800", "\0", "[[[[[[", "//"];

    private static byte[] Damage(byte[] document, Random random)
    {
        var bytes = document.ToList();
        for (var times = random.Next(4); times >= 0 && bytes.Count > 0; times--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes.RemoveAt(at); break;
                case 2: bytes.RemoveRange(at, Math.Min(random.Next(20), bytes.Count - at)); break;
                case 3: bytes.InsertRange(at, Encoding.UTF8.GetBytes(Splices[random.Next(Splices.Length)])); break;
                default: bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, Math.Min(random.Next(20), bytes.Count - at))); break;
            }
        }
        return [.. bytes];
    }

    private static bool IsJson(byte[] bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static Gen<string> One(params string[] words) => Gen.Int[0, words.Length - 1].Select(i => words[i]);

    /// <summary>The rule in one regular expression.</summary>
    private static bool Naive(string key, string image)
    {
        var slash = key.IndexOf('/');
        var host = Regex.Escape(slash < 0 ? key : key[..slash]).Replace(@"\*", "[^.:/]*", StringComparison.Ordinal);
        return Regex.IsMatch(image, $"^{host}(?=/){Regex.Escape(slash < 0 ? "" : key[slash..])}", RegexOptions.CultureInvariant);
    }
}
