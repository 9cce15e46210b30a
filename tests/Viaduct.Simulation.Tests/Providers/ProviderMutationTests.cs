using System.Text;
using static Viaduct.Simulation.Tests.ProviderTexts;

namespace Viaduct.Simulation.Tests;

/// <summary>Whatever a file or a provider holds is refused in words, or counts; nothing else happens.</summary>
public class ProviderMutationTests
{
    private static readonly string[] Versions = ["1.28", "1.33", "1.34", "1.35"];

    private static readonly string[] Pieces =
        ["{", "}", "[", "]", ":", ",", "\"", "null", "-1", "1e999", "\\ud800", "\\u0000", "\0", "&a", "*a", "!!binary", "<<", "- ", "\n", "\r", "\t", "---\n", "...\n", "%", "https://", "🙂", "\"x\":", "{\"a\":1}", "12h", "items", "'", "|", "?", "# "];

    [Fact]
    public void Fifteen_thousand_spoiled_configurations_are_read_or_refused()
    {
        var random = new Random(71);
        var json = """{"kind":"CredentialProviderConfig","apiVersion":"kubelet.config.k8s.io/v1","providers":[{"name":"p","matchImages":["r.io"],"defaultCacheDuration":"5m","apiVersion":"credentialprovider.kubelet.k8s.io/v1"}]}""";
        var (taken, refused) = (0, 0);
        for (var i = 0; i < 15_000; i++)
        {
            var bytes = Spoiled(random, (i % 3) switch { 0 => Config, 1 => WithTokens, _ => json });
            try
            {
                var setup = ProviderConfig.Of([("c", bytes)], KubernetesVersion.Parse(Versions[i % 4]), NoGates);
                Assert.True(setup.Refusal is { Length: > 0 } ^ setup.Providers.Count > 0);
                if (setup.Refusal is null) taken++;
                else refused++;
            }
            catch (Oci.ViaductException e)
            {
                Assert.Equal("VIA2003", e.Code);
            }
        }
        Assert.True(taken > 100 && refused > 5_000, $"{taken} taken, {refused} refused: the spoiling does not reach both");
    }

    [Fact]
    public async Task Fifteen_thousand_spoiled_answers_count_or_give_nothing()
    {
        var random = new Random(72);
        var (given, thrown) = (0, 0);
        for (var i = 0; i < 15_000; i++)
        {
            var answer = Answer("""{"r.io":{"username":"name7","password":"word8"},"*.io/team":{"username":"","password":"word8"}}""", rest: ""","cacheDuration":"6h" """);
            var text = Encoding.UTF8.GetString(Spoiled(random, answer));

            var found = await Node(null, Versions[i % 4], Provider(text)).FindAsync("r.io/app");

            Assert.Null(found.Unknown);
            Assert.Equal(1, found.Given.Count + found.Remarks.Count);
            Assert.DoesNotContain(found.Remarks, remark => remark.Contains("word8", StringComparison.Ordinal) || remark.Contains("name7", StringComparison.Ordinal));
            if (found.Given.Count > 0) given++;
            else thrown++;
        }
        Assert.True(given > 100 && thrown > 5_000, $"{given} count, {thrown} do not: the spoiling does not reach both");
    }

    private static byte[] Spoiled(Random random, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text).ToList();
        for (var rounds = random.Next(1, 4); rounds > 0 && bytes.Count > 0; rounds--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(6))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 2: bytes.RemoveRange(at, Math.Min(random.Next(1, 40), bytes.Count - at)); break;
                case 3: bytes.InsertRange(at, Encoding.UTF8.GetBytes(Pieces[random.Next(Pieces.Length)])); break;
                case 4: bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(1, 120), bytes.Count - at))); break;
                default: bytes.InsertRange(at, Enumerable.Repeat((byte)"[{-"[random.Next(3)], random.Next(1, 300))); break;
            }
        }
        return [.. bytes];
    }
}
