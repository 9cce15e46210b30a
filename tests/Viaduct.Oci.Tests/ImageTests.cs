using System.Text;

namespace Viaduct.Oci.Tests;

public sealed class ImageTests
{
    private static readonly Descriptor Config = new(MediaTypes.OciConfig, Digest.Sha256("c"u8), 7);
    private static readonly Descriptor Layer = new(MediaTypes.OciLayerGzip, Digest.Sha256("l"u8), 9);

    [Fact]
    public void A_manifest_is_written_as_Go_writes_it_and_read_back()
    {
        var image = new ImageManifest(Config, [Layer, Layer with { Urls = ["https://h/x?a&b"] }])
        {
            Annotations = new Dictionary<string, string> { ["b"] = "<", ["a"] = "1" },
            Subject = Layer,
        };
        var manifest = image.ToManifest();
        Assert.Equal(
            $$$"""{"schemaVersion":2,"mediaType":"{{{MediaTypes.OciManifest}}}","config":{"mediaType":"{{{Config.MediaType}}}","digest":"{{{Config.Digest}}}","size":7},"layers":[{"mediaType":"{{{Layer.MediaType}}}","digest":"{{{Layer.Digest}}}","size":9},{"mediaType":"{{{Layer.MediaType}}}","digest":"{{{Layer.Digest}}}","size":9,"urls":["https://h/x?a\u0026b"]}],"subject":{"mediaType":"{{{Layer.MediaType}}}","digest":"{{{Layer.Digest}}}","size":9},"annotations":{"a":"1","b":"\u003c"}}""",
            Encoding.UTF8.GetString(manifest.Bytes.Span));
        var read = manifest.AsImage();
        Assert.Equal(image.Blobs, read.Blobs);
        Assert.Equal(image.Subject, read.Subject);
        Assert.Equal(manifest.Digest, read.ToManifest().Digest);
    }

    [Fact]
    public void A_whole_config_is_written_in_Gos_order_and_read_back()
    {
        const string json =
            """{"created":"2020-01-01T00:00:00Z","author":"me","architecture":"arm","os":"linux","os.version":"1","os.features":["f"],"variant":"v7","config":{"User":"1","ExposedPorts":{"443/tcp":{},"80/tcp":{}},"Env":["A=1"],"Entrypoint":["/e"],"Cmd":["c"],"Volumes":{"/v":{}},"WorkingDir":"/w","Labels":{"a":"\u0026"},"StopSignal":"9","ArgsEscaped":true,"Healthcheck":{"Test":["CMD","x"],"Interval":1,"Timeout":2,"StartPeriod":3,"StartInterval":4,"Retries":5},"OnBuild":["RUN x"],"Shell":["/s"]},"rootfs":{"type":"layers","diff_ids":["sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"]},"history":[{"created":"2020-01-01T00:00:00Z","created_by":"x","author":"y","comment":"z","empty_layer":true},{"created_by":"w"}]}""";
        var config = ImageConfig.Parse(Encoding.UTF8.GetBytes(json));
        Assert.Equal(json, Encoding.UTF8.GetString(config.ToBytes()));
        Assert.Equal("/e", config.Container.Executable);
    }

    [Fact]
    public void The_smallest_config_has_what_the_spec_requires() => Assert.Equal(
        """{"architecture":"amd64","os":"linux","config":{},"rootfs":{"type":"layers","diff_ids":[]}}""",
        Encoding.UTF8.GetString(new ImageConfig(new Platform("linux", "amd64")).ToBytes()));

    [Theory]
    [InlineData("""{"config":null,"rootfs":null,"history":null}""", null)]
    [InlineData("""{"config":{"Env":null,"Labels":null,"ExposedPorts":null,"Healthcheck":null}}""", null)]
    [InlineData("""{"config":[]}""", "'config' is not an object")]
    [InlineData("""{"rootfs":{"diff_ids":["x"]}}""", "not a diff id")]
    [InlineData("""{"rootfs":"x"}""", "'rootfs' is not an object")]
    [InlineData("""{"os":1}""", "'os' is not a string")]
    [InlineData("""{"config":{"Env":"A=1"}}""", "'Env' is not an array")]
    [InlineData("""{"config":{"Env":[1]}}""", "'Env' holds something")]
    [InlineData("""{"config":{"Labels":{"a":1}}}""", "'Labels' holds something")]
    [InlineData("""{"config":{"Healthcheck":{"Retries":99999999999}}}""", "'Retries'")]
    [InlineData("""{"history":[{"empty_layer":"yes"}]}""", "'empty_layer'")]
    [InlineData("[", "not JSON")]
    public void A_config_is_read_strictly_and_null_is_absent(string json, string? why)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        if (why is null) Assert.Empty(ImageConfig.Parse(bytes).DiffIds);
        else
        {
            var error = Assert.Throws<ViaductException>(() => ImageConfig.Parse(bytes));
            Assert.Equal("VIA1011", error.Code);
            Assert.Contains(why, error.Message);
        }
    }

    [Fact]
    public void Descriptors_are_equal_when_their_members_are()
    {
        Descriptor Make() => new("m", Config.Digest, 1)
        {
            Platform = new Platform("linux", "amd64") { OsFeatures = ["f"] },
            Urls = ["u"],
            Annotations = new Dictionary<string, string> { ["a"] = "1" },
        };
        Assert.Equal(Make(), Make());
        Assert.Equal(Make().GetHashCode(), Make().GetHashCode());
        Assert.NotEqual(Make(), Make() with { Annotations = new Dictionary<string, string> { ["a"] = "2" } });
        Assert.NotEqual(Make(), Make() with { Urls = [] });
    }

    [Theory]
    [InlineData("localhost", true)]
    [InlineData("localhost:5000", true)]
    [InlineData("127.0.0.1:5000", true)]
    [InlineData("127.9.9.9", true)]
    [InlineData("[::1]:5000", true)]
    [InlineData("[::2]:5000", false)]
    [InlineData("128.0.0.1", false)]
    [InlineData("localhost.example", false)]
    [InlineData("127.0.0.1.example", false)]
    [InlineData("registry.example:5000", false)]
    public void Only_this_machine_is_loopback(string registry, bool loopback) => Assert.Equal(loopback, RegistryAddress.IsLoopback(registry));
}
