using System.Text;
using Viaduct.Oci;

namespace Viaduct.Simulation.Tests;

/// <summary>Lists and configs as an attacker or a broken disk would leave them: an answer or a clean error, in little memory.</summary>
public sealed class MutatedListTests(ITestOutputHelper output)
{
    private const int Cases = 40_000;
    private const long MostBytes = 8 << 20;

    private static readonly string[] Splices =
    [
        "\"platform\":null", "\"platform\":{}", "\"os\":\"\"", "\"variant\":\"v99999999999999999999\"", "\"os.version\":\"10.0.1.1.1.1.1.1.1\"", "\"os.version\":\"10.0.4294967296\"",
        "\"manifests\":[]", "\"size\":-1", "\"size\":9223372036854775807", "[[[[[[[[", "{\"a\":", "\u0000", "\\ud800", "\"mediaType\":\"application/vnd.oci.image.index.v1+json\"", "\"digest\":\"sha256:\"", "\"os.features\":[\"win32k\"]",
    ];

    [Fact]
    public async Task Mutated_lists_and_configs_give_an_answer_or_a_clean_error()
    {
        const int Seed = 20261;
        var random = new Random(Seed);
        var content = new MemoryContent();
        var configs = new[] { Config("linux", "amd64"), Config("windows", "amd64"), Config("", "") };
        var image = new ImageManifest(content.Add(MediaTypes.OciConfig, configs[0]), []).ToManifest();
        content.Add(image);
        var lists = Lists(image).ToArray();
        Selector[] selectors = [.. Runtimes.All.Select(r => Selector.For(r, Platform.Parse("linux/arm64/v9.2"), false)), Selector.For(Runtimes.Default, Platform.Parse("windows(10.0.20348)/amd64"), true)];
        var (answers, errors) = (0, 0);
        for (var i = 0; i < Cases; i++)
        {
            // The list itself, or the config of an entry that names no platform.
            var bytes = Mutate(lists[random.Next(lists.Length)], random);
            content.Replace(image.AsImage().Config.Digest, random.Next(4) == 0 ? Mutate(configs[random.Next(configs.Length)], random) : configs[0]);
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                var manifest = RawManifest.Parse(bytes, MediaTypes.OciIndex);
                content.Add(manifest);
                var list = await Candidates.ReadAsync(content, manifest, allConfigs: true, default);
                foreach (var selector in selectors)
                    Assert.Equal(selector.Explain(list, "r.example/a:1").Entries.Count, list.IsList ? list.Entries.Count : 0);
                answers++;
            }
            catch (ViaductException)
            {
                errors++;
            }
            Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < MostBytes, $"case {i} of seed {Seed} takes too much memory");
        }
        output.WriteLine($"{Cases} cases: {answers} answers, {errors} errors");
        Assert.True(answers > Cases / 20 && errors > Cases / 20, $"{answers} answers and {errors} errors: the mutations do not reach far enough");
    }

    private static IEnumerable<byte[]> Lists(RawManifest image)
    {
        string[] platforms = ["linux/amd64", "linux/arm64/v8", "linux/arm/v7", "windows(10.0.20348.2700)/amd64", "unknown/unknown", "none", "none", "linux/386"];
        (string, RawManifest)[] entries = [.. platforms.Select(p => (p, image))];
        yield return ImageMaker.List(entries).Bytes.ToArray();
        var text = Encoding.UTF8.GetString(ImageMaker.List(entries[..3]).Bytes.Span);
        // An entry that is the list itself, by a digest that the mutated list may or may not get.
        yield return Encoding.UTF8.GetBytes(text.Replace(MediaTypes.OciManifest, MediaTypes.OciIndex, StringComparison.Ordinal));
        yield return Encoding.UTF8.GetBytes(text.Replace("\"platform\"", "\"unplatform\"", StringComparison.Ordinal));
    }

    private static byte[] Config(string os, string architecture) => new ImageConfig(new Platform(os, architecture)).ToBytes();

    private static byte[] Mutate(byte[] bytes, Random random)
    {
        for (var times = random.Next(1, 4); times > 0 && bytes.Length > 0; times--)
        {
            var at = random.Next(bytes.Length);
            bytes = random.Next(6) switch
            {
                0 => Flipped(bytes, at, random),
                1 => bytes[..at],
                2 => [.. bytes[..at], .. bytes[Math.Min(bytes.Length, at + random.Next(1, 40))..]],
                3 => [.. bytes[..at], .. bytes[random.Next(bytes.Length)..]],
                4 => [.. bytes[..at], (byte)random.Next(256), .. bytes[at..]],
                _ => Spliced(bytes, random),
            };
        }
        return bytes;
    }

    private static byte[] Flipped(byte[] bytes, int at, Random random)
    {
        byte[] copy = [.. bytes];
        copy[at] ^= (byte)(1 << random.Next(8));
        return copy;
    }

    /// <summary>Puts one of the hostile pieces where a member begins, so that it is often read.</summary>
    private static byte[] Spliced(byte[] bytes, Random random)
    {
        var at = Array.IndexOf(bytes, (byte)'"', random.Next(bytes.Length));
        if (at < 0) return bytes;
        return [.. bytes[..at], .. Encoding.UTF8.GetBytes(Splices[random.Next(Splices.Length)] + ","), .. bytes[at..]];
    }
}
