using System.Text;
using CsCheck;

namespace Viaduct.Oci.Tests;

public sealed class RawManifestTests
{
    private const string D = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private const string Blob = "{\"mediaType\":\"x\",\"digest\":\"" + D + "\",\"size\":0}";
    private const string OciM = "\"mediaType\":\"" + MediaTypes.OciManifest + "\"";
    private const string OciI = "\"mediaType\":\"" + MediaTypes.OciIndex + "\"";
    private const string Image = "\"config\":" + Blob + ",\"layers\":[" + Blob + "]";

    private static RawManifest Parse(string json, string? header = null) => RawManifest.Parse(Encoding.UTF8.GetBytes(json), header);

    [Theory]
    [InlineData("{\"schemaVersion\":2," + OciM + "," + Image + "}", null, MediaTypes.OciManifest)]
    [InlineData("{\"schemaVersion\":2," + Image + "}", null, MediaTypes.OciManifest)]
    [InlineData("{\"schemaVersion\":2," + Image + "}", MediaTypes.DockerManifest, MediaTypes.DockerManifest)]
    [InlineData("{\"schemaVersion\":2," + Image + "}", "application/json", MediaTypes.OciManifest)]
    [InlineData("{\"schemaVersion\":2,\"mediaType\":\"\"," + Image + "}", MediaTypes.OciManifest, MediaTypes.OciManifest)]
    [InlineData("{\"schemaVersion\":2," + OciM + "," + Image + "}", "text/plain", MediaTypes.OciManifest)]
    [InlineData("{\"schemaVersion\":2,\"manifests\":[]}", null, MediaTypes.OciIndex)]
    [InlineData("{\"schemaVersion\":2,\"manifests\":[]}", MediaTypes.DockerList, MediaTypes.DockerList)]
    [InlineData("{\"schemaVersion\":2," + OciI + ",\"manifests\":[],\"layers\":null}", null, MediaTypes.OciIndex)]
    [InlineData("{\"mediaType\":\"application/vnd.oci.artifact.manifest.v1+json\"}", null, "application/vnd.oci.artifact.manifest.v1+json")]
    [InlineData("{}", null, "")]
    public void Takes_its_media_type_from_the_bytes_then_the_header_then_the_shape(string json, string? header, string mediaType)
    {
        var manifest = Parse(json, header);
        Assert.Equal(mediaType, manifest.MediaType);
        Assert.Equal(Digest.Sha256(Encoding.UTF8.GetBytes(json)), manifest.Digest);
        Assert.Equal(json.Length, manifest.Descriptor.Size);
    }

    [Theory]
    [InlineData("{\"schemaVersion\":2," + Image + ",\"manifests\":[]}", null, "both layers and manifests")]
    [InlineData("{\"schemaVersion\":2,\"config\":" + Blob + ",\"manifests\":[]}", null, "both a config and manifests")]
    [InlineData("{\"schemaVersion\":2," + OciI + "," + Image + "}", null, "holds layers")]
    [InlineData("{\"schemaVersion\":2," + OciI + ",\"config\":" + Blob + "}", null, "holds a config")]
    [InlineData("{\"schemaVersion\":2," + OciM + ",\"manifests\":[]}", null, "holds manifests")]
    [InlineData("{\"schemaVersion\":2," + Image + "}", MediaTypes.OciIndex, "holds layers")]
    [InlineData("{\"schemaVersion\":2,\"manifests\":[]}", MediaTypes.OciManifest, "holds manifests")]
    [InlineData("{\"schemaVersion\":2," + OciM + "," + Image + "}", MediaTypes.OciIndex, "was sent as")]
    [InlineData("{\"schemaVersion\":2," + OciM + "," + Image + "}", MediaTypes.DockerManifest, "was sent as")]
    [InlineData("{\"schemaVersion\":2," + Image + ",\"Manifests\":[]}", null, "'Manifests' for manifests")]
    [InlineData("{\"schemaVersion\":2,\"MEDIATYPE\":\"x\"," + Image + "}", null, "'MEDIATYPE' for mediaType")]
    [InlineData("{\"schemaVersion\":1,\"fsLayers\":[]}", null, "schema 1")]
    [InlineData("{\"schemaVersion\":2,\"fsLayers\":[]," + Image + "}", null, "schema 1")]
    [InlineData("{\"schemaVersion\":\"2\"}", null, "whole number")]
    [InlineData("{\"schemaVersion\":2,\"schemaVersion\":2}", null, "not JSON")]
    [InlineData("{\"annotations\":{\"a\":\"1\",\"a\":\"2\"}}", null, "not JSON")]
    [InlineData("{\"mediaType\":3}", null, "not a string")]
    [InlineData("\ufeff{}", null, "not JSON")]
    [InlineData("{} {}", null, "not JSON")]
    [InlineData("{},", null, "not JSON")]
    [InlineData("{\"a\":1,}", null, "not JSON")]
    [InlineData("{/**/}", null, "not JSON")]
    [InlineData("[]", null, "not a JSON object")]
    [InlineData("null", null, "not a JSON object")]
    [InlineData("", null, "not JSON")]
    [InlineData("{\"mediaType\":\"\\ud800\"}", null, "surrogate")]
    [InlineData("{\"\\udfff\":1}", null, "surrogate")]
    public void Refuses_what_clients_may_read_differently(string json, string? header, string why)
    {
        var error = Assert.Throws<ViaductException>(() => Parse(json, header));
        Assert.Equal("VIA1010", error.Code);
        Assert.Contains(why, error.Message);
    }

    [Fact]
    public void Refuses_what_is_not_UTF_8() =>
        Assert.Equal("VIA1010", Assert.Throws<ViaductException>(() => RawManifest.Parse(new byte[] { (byte)'{', (byte)'"', 0xff, (byte)'"', (byte)':', (byte)'1', (byte)'}' }, null)).Code);

    [Theory]
    [InlineData(RawManifest.MaxSize, true)]
    [InlineData(RawManifest.MaxSize + 1, false)]
    public void Reads_at_most_four_MiB(int size, bool fits)
    {
        var bytes = Encoding.UTF8.GetBytes("{}" + new string(' ', size - 2));
        if (fits) Assert.Equal(size, RawManifest.Parse(bytes, null).Bytes.Length);
        else Assert.Contains("more than", Assert.Throws<ViaductException>(() => RawManifest.Parse(bytes, null)).Message);
    }

    [Theory]
    [InlineData(63, true)]
    [InlineData(64, false)]
    [InlineData(1_000_000, false)]
    public void Reads_at_most_64_levels(int depth, bool fits)
    {
        var json = "{\"a\":" + new string('[', depth) + new string(']', depth) + "}";
        if (fits) Parse(json);
        else Assert.Equal("VIA1010", Assert.Throws<ViaductException>(() => Parse(json)).Code);
    }

    [Fact]
    public void A_digest_that_was_asked_for_is_held_to()
    {
        Assert.Equal(Digest.Sha256("{}"u8), RawManifest.Parse("{}"u8.ToArray(), null, null, Digest.Sha256("{}"u8)).Digest);
        var error = Assert.Throws<ViaductException>(() => RawManifest.Parse("{ }"u8.ToArray(), null, null, Digest.Sha256("{}"u8)));
        Assert.Equal(("VIA1012", ExitCode.VerificationFailed), (error.Code, error.Exit));
    }

    [Theory]
    [InlineData("{\"schemaVersion\":2," + OciM + ",\"layers\":[]}", "no config")]
    [InlineData("{\"schemaVersion\":2," + OciM + ",\"config\":[],\"layers\":[]}", "not an object")]
    [InlineData("{\"schemaVersion\":2," + OciM + ",\"config\":{},\"layers\":[]}", "no digest")]
    [InlineData("{\"schemaVersion\":2," + OciM + ",\"config\":" + Blob + ",\"layers\":{}}", "not an array")]
    [InlineData("{\"schemaVersion\":2," + OciM + ",\"config\":{\"digest\":\"sha256:../x\",\"size\":1},\"layers\":[]}", "not a digest")]
    [InlineData("{\"schemaVersion\":2," + OciM + ",\"config\":{\"digest\":\"" + D + "\"},\"layers\":[]}", "no size")]
    [InlineData("{\"schemaVersion\":2," + OciM + ",\"config\":{\"digest\":\"" + D + "\",\"size\":-1},\"layers\":[]}", "negative size")]
    [InlineData("{\"schemaVersion\":2," + OciM + ",\"config\":{\"digest\":\"" + D + "\",\"size\":1e30},\"layers\":[]}", "whole number")]
    [InlineData("{\"schemaVersion\":2," + OciI + ",\"manifests\":[]}", "manifest list")]
    [InlineData("{\"mediaType\":\"x\"}", "media type is 'x'")]
    public void A_view_says_what_is_wrong(string json, string why)
    {
        var error = Assert.Throws<ViaductException>(() => Parse(json).AsImage());
        Assert.Equal("VIA1010", error.Code);
        Assert.Contains(why, error.Message);
    }

    [Fact]
    public void A_platform_that_is_no_object_is_refused() => Assert.Contains("'platform' is not an object", Assert.Throws<ViaductException>(() =>
        Parse("{\"manifests\":[{\"digest\":\"" + D + "\",\"size\":1,\"platform\":\"linux\"}]}").AsIndex()).Message);

    [Fact]
    public void Whatever_comes_only_a_ViaductException_is_thrown()
    {
        var seed = Encoding.UTF8.GetBytes("{\"schemaVersion\":2," + OciM + "," + Image + ",\"annotations\":{\"\\u0041\":\"\\ud83d\\ude00\"},\"subject\":" + Blob + "}");
        Gen.Select(Gen.Int[0, seed.Length - 1], Gen.Byte, Gen.Int[0, 3]).Array[1, 4].Sample(edits =>
        {
            var bytes = seed.ToList();
            foreach (var (at, value, kind) in edits)
                if (at < bytes.Count)
                {
                    if (kind == 0) bytes.RemoveAt(at);
                    else if (kind == 1) bytes.Insert(at, value);
                    else bytes[at] = kind == 2 ? value : (byte)"{}[]\",:\\0un"[value % 11];
                }
            try
            {
                var manifest = RawManifest.Parse(bytes.ToArray(), null);
                if (manifest.IsImage) manifest.AsImage();
                if (manifest.IsIndex) manifest.AsIndex();
            }
            catch (ViaductException)
            {
            }
        }, iter: 20_000);
    }
}
