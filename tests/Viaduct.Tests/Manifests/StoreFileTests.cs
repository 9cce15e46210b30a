using System.Text;
using Viaduct.Manifests;
using Viaduct.Oci;

namespace Viaduct.Tests.Manifests;

/// <summary>The files of docker's store, of all its ages and after hands have been at them.</summary>
public sealed class StoreFileTests
{
    public static TheoryData<string> New => [.. StoreHome.FilesIn(StoreHome.Golden("docker-28.5")).Keys];

    public static TheoryData<string> Old => [.. StoreHome.FilesIn(StoreHome.Golden("docker-20.10")).Keys];

    [Theory]
    [MemberData(nameof(New))]
    public void What_docker_28_wrote_is_written_again_to_the_byte(string name)
    {
        var bytes = File.ReadAllBytes(StoreHome.Golden("docker-28.5", name));
        var image = StoreFile.Read(bytes, name);
        Assert.Equal(Encoding.UTF8.GetString(bytes), Encoding.UTF8.GetString(StoreFile.Write(image)));
        Assert.Equal(image.Descriptor.Digest, image.Manifest!.Digest);
        Assert.Equal(image.Descriptor.Size, image.Manifest.Bytes.Length);
        Assert.Equal(Path.GetFileName(name), ManifestList.StoreName(image.Ref));
    }

    [Theory]
    [MemberData(nameof(Old))]
    public void Of_what_docker_20_wrote_the_exact_bytes_are_found_again(string name)
    {
        var old = StoreFile.Read(File.ReadAllBytes(StoreHome.Golden("docker-20.10", name)), name);
        var now = StoreFile.Read(File.ReadAllBytes(StoreHome.Golden("docker-28.5", name)), name);
        Assert.Equal(now.Manifest!.Bytes.ToArray(), old.Manifest!.Bytes.ToArray());
        Assert.Equal(now.Descriptor, old.Descriptor);
        Assert.Equal(StoreFile.Write(now), StoreFile.Write(old));
    }

    [Theory]
    [MemberData(nameof(New))]
    public void Without_Raw_the_bytes_come_from_the_compact_form_whatever_their_indent_and_escapes(string name)
    {
        var bytes = File.ReadAllBytes(StoreHome.Golden("docker-28.5", name));
        var text = Encoding.UTF8.GetString(bytes);
        var raw = text.IndexOf("\"Raw\":", StringComparison.Ordinal);
        var without = text.Remove(raw, text.IndexOf(',', raw) + 1 - raw);
        Assert.Equal(bytes, StoreFile.Write(StoreFile.Read(Encoding.UTF8.GetBytes(without), name)));
    }

    [Theory]
    [InlineData("amd64")]
    [InlineData("windows")]
    [InlineData("oci")]
    [InlineData("tabs")]
    public void Docker_prints_the_compact_form_again_with_tabs(string name)
    {
        var file = $"127.0.0.1-5133_app-{name}-1.0";
        var image = StoreFile.Read(File.ReadAllBytes(StoreHome.Golden("docker-28.5", "127.0.0.1-5133_app-1.0", file)), file);
        byte[] printed = [.. GoJson.Indent(GoJson.Compact(image.Manifest!.Bytes.Span), "\t"u8), (byte)'\n'];
        Assert.Equal(File.ReadAllBytes(StoreHome.Golden("inspected", file)), printed);
    }

    [Fact]
    public void Bytes_that_no_form_gives_back_are_left_to_the_registry_and_the_compact_form_stays()
    {
        var text = Text("127.0.0.1-5133_app-arm-1.0", "docker-20.10").Replace("321f7658f752", "421f7658f752", StringComparison.Ordinal);
        var image = Read(text);
        Assert.Null(image.Manifest);
        Assert.Equal(text, Encoding.UTF8.GetString(StoreFile.Write(image)));
    }

    [Fact]
    public void Raw_that_is_not_the_image_does_not_count()
    {
        var text = Text("127.0.0.1-5133_app-oci-1.0").Replace("\"Raw\":\"eyJz", "\"Raw\":\"fyJz", StringComparison.Ordinal);
        Assert.Equal(Text("127.0.0.1-5133_app-oci-1.0"), Encoding.UTF8.GetString(StoreFile.Write(Read(text))));
    }

    [Fact]
    public void The_files_of_18_02_have_a_digest_and_a_platform_of_their_own()
    {
        var now = Read(Text("127.0.0.1-5133_app-windows-1.0"));
        var compact = Encoding.UTF8.GetString(GoJson.Compact(now.Manifest!.Bytes.Span));
        const string Platform = """{"architecture":"amd64","os":"windows","os.version":"10.0.17763.1","os.features":["win32k"]}""";
        var old = Read($$"""{"Ref":"{{now.Ref}}","Digest":"{{now.Descriptor.Digest}}","SchemaV2Manifest":{{compact}},"Platform":{{Platform}}}""");
        Assert.Equal(now.Descriptor, old.Descriptor);
        Assert.Equal(now.Manifest.Bytes.ToArray(), old.Manifest!.Bytes.ToArray());

        var lost = Read($$"""{"Ref":"{{now.Ref}}","Digest":"{{Digest.Sha256([])}}","SchemaV2Manifest":{{compact}},"Platform":null}""");
        Assert.Null(lost.Manifest);
        Assert.Null(lost.Descriptor.Platform);
        Assert.Equal(compact.Length, lost.Descriptor.Size);
    }

    [Fact]
    public void A_second_os_version_that_sed_has_put_in_front_gives_way_to_the_first_as_in_Go()
    {
        var text = Text("127.0.0.1-5133_app-windows-1.0");
        var version = (string t) => Read(t).Descriptor.Platform!.OsVersion;
        Assert.Equal("10.0.17763.1", version(text.Replace("\"os\":\"windows\"", "\"os\":\"windows\",\"os.version\":\"10.0.20348.5\"", StringComparison.Ordinal)));
        Assert.Equal("10.0.20348.5", version(text.Replace("\"os.version\":\"10.0.17763.1\"", "\"os.version\":\"10.0.17763.1\",\"os.version\":\"10.0.20348.5\"", StringComparison.Ordinal)));
        Assert.Equal("x", version(text.Replace("\"os.version\":\"10.0.17763.1\"", "\"os.version\":\"x\"", StringComparison.Ordinal)));
        Assert.Null(version(text.Replace("\"os.version\":\"10.0.17763.1\"", "\"os.version\":null", StringComparison.Ordinal)));
    }

    [Fact]
    public void Names_of_members_come_in_any_case_and_objects_that_come_twice_are_one()
    {
        var text = Text("127.0.0.1-5133_app-arm-1.0")
            .Replace("\"Ref\"", "\"REF\"", StringComparison.Ordinal).Replace("\"Descriptor\"", "\"descriptor\"", StringComparison.Ordinal)
            .Replace("\"os\":\"linux\"", "\"Os\":\"linux\"", StringComparison.Ordinal);
        text = text[..^1] + ""","descriptor":{"platform":{"VARIANT":"v8"},"annotations":{"a":"1"}},"Descriptor":{"annotations":{"b":"2"}},"more":[{}]}""";
        var image = Read(text);
        Assert.Equal(new Platform("linux", "arm", "v8"), image.Descriptor.Platform);
        Assert.Equal(["a", "b"], image.Descriptor.Annotations.Keys.Order());
        Assert.NotNull(image.Manifest);
    }

    [Fact]
    public void Annotations_of_an_entry_are_in_dockers_own_file_where_dockers_own_struct_has_them()
    {
        var image = Read(Text("127.0.0.1-5133_app-arm-1.0"));
        var annotated = image with { Descriptor = image.Descriptor with { Annotations = new Dictionary<string, string> { ["b"] = "2", ["a"] = "<" } } };
        var text = Encoding.UTF8.GetString(StoreFile.Write(annotated));
        Assert.Contains(""","size":421,"annotations":{"a":"\u003c","b":"2"},"platform":{""", text);
        Assert.Equal(annotated.Descriptor, Read(text).Descriptor);
    }

    private static StoredManifest Read(string text) => StoreFile.Read(Encoding.UTF8.GetBytes(text), "file");

    private static string Text(string name, string docker = "docker-28.5") => File.ReadAllText(StoreHome.Golden(docker, "127.0.0.1-5133_app-1.0", name));
}
