using System.Text;
using CsCheck;
using Viaduct.Manifests;
using Viaduct.Oci;

namespace Viaduct.Tests.Manifests;

/// <summary>Files in docker's store that are none of docker's.</summary>
public sealed class StoreFileErrorTests
{
    private static readonly byte[][] Files = [.. new[] { "docker-28.5", "docker-20.10" }.SelectMany(d => StoreHome.FilesIn(StoreHome.Golden(d)).Values).Select(Encoding.UTF8.GetBytes)];

    [Theory]
    [InlineData("", "unexpected end of JSON input")]
    [InlineData(" \n", "unexpected end of JSON input")]
    [InlineData("{\"Ref\":\"a", "unexpected end of JSON input")]
    [InlineData("{", "unexpected end of JSON input")]
    [InlineData("junk", "invalid character 'j' looking for beginning of value")]
    [InlineData("'a'", "invalid character '\\'' looking for beginning of value")]
    [InlineData("\\x", "invalid character '\\\\' looking for beginning of value")]
    [InlineData("<xml>", "invalid character '<' looking for beginning of value")]
    public void Where_docker_stumbles_over_the_json_its_words_come_first(string content, string words)
    {
        var error = Assert.Throws<ManifestException>(() => StoreFile.Read(Encoding.UTF8.GetBytes(content), "/home/x"));
        Assert.Equal(("VIA5130", words), (error.Code, error.Words));
        Assert.StartsWith("/home/x: ", error.Message);
        Assert.Contains("every file", error.Todo);
    }

    [Theory]
    [InlineData("null", "it is not a JSON object")]
    [InlineData("[]", "it is not a JSON object")]
    [InlineData("{}", "it has no 'Ref'")]
    [InlineData("""{"Ref":null}""", "it has no 'Ref'")]
    [InlineData("""{"Ref":"busybox"}""", "its 'Ref' is not a complete image name")]
    [InlineData("""{"Ref":1}""", "'ref' is not a string")]
    [InlineData("""{"Ref":"h.example/a:1"}""", "it has no 'Descriptor' with a digest")]
    [InlineData("""{"Ref":"h.example/a:1","Descriptor":[]}""", "'descriptor' is not an object")]
    [InlineData("""{"Ref":"h.example/a:1","Descriptor":{"digest":"sha256:1"}}""", "the digest of its 'Descriptor' is not one")]
    [InlineData("""{"Ref":"h.example/a:1","Descriptor":{"size":1.5}}""", "'size' is not a whole number")]
    [InlineData("""{"Ref":"h.example/a:1","Raw":"%"}""", "'raw' is not base64")]
    [InlineData("""{"Ref":"h.example/a:1","Digest":"x"}""", "it has no manifest")]
    [InlineData("""{"Ref":"h.example/a:1","Digest":"x","OCIManifest":{}}""", "its 'Digest' is not a digest")]
    [InlineData("""{"Ref":"\ud800"}""", "it holds a string with half of a surrogate pair")]
    [InlineData("{}\n{}", "it is not JSON (line 2, byte 1)")]
    public void It_is_said_what_is_missing(string content, string why)
    {
        var error = Assert.Throws<ViaductException>(() => StoreFile.Read(Encoding.UTF8.GetBytes(content), "/home/x"));
        Assert.Equal(("VIA5130", "/home/x", $"this is not a file of docker's store: {why}"), (error.Code, error.Where, error.Message));
    }

    [Fact]
    public void A_size_that_is_not_the_manifests_would_make_a_list_that_nobody_can_pull()
    {
        var text = Encoding.UTF8.GetString(Files[0]);
        var error = Assert.Throws<ViaductException>(() => StoreFile.Read(Encoding.UTF8.GetBytes(text.Replace("\"size\":521,", "\"size\":520,", StringComparison.Ordinal)), "f"));
        Assert.Contains("has 520 bytes, and it has 521", error.Message);
    }

    [Fact]
    public void Of_twenty_thousand_damaged_files_each_is_an_image_or_an_error_with_a_code()
    {
        var gen = Gen.Select(Gen.Int[0, Files.Length - 1], Gen.Select(Gen.Int[0, 3], Gen.Int[0, 5000], Gen.Byte).Array[1, 4]);
        var read = 0;
        gen.Sample((file, changes) =>
        {
            var bytes = changes.Aggregate(Files[file], Damage);
            try
            {
                StoreFile.Write(StoreFile.Read(bytes, "f"));
                Interlocked.Increment(ref read);
            }
            catch (ViaductException e)
            {
                Assert.Equal("VIA5130", e.Code);
            }
        }, iter: 20_000);
        Assert.InRange(read, 1, 19_999);
    }

    private static byte[] Damage(byte[] bytes, (int Kind, int Place, byte Value) change)
    {
        if (bytes.Length == 0) return [change.Value];
        var at = change.Place % bytes.Length;
        return change.Kind switch
        {
            0 => [.. bytes[..at], change.Value, .. bytes[(at + 1)..]],
            1 => [.. bytes[..at], .. bytes[(at + 1)..]],
            2 => bytes[..at],
            _ => [.. bytes[..at], .. bytes[(at / 2)..]],
        };
    }
}
