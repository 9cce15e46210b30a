using System.Text.Json;

namespace Viaduct.Oci.Tests;

public sealed class ManifestListTests
{
    public static TheoryData<string> Lists() => [.. Golden.Names(".list.json")];

    [Theory]
    [MemberData(nameof(Lists))]
    public void A_list_has_the_bytes_that_docker_pushes(string name)
    {
        var expected = Golden.Bytes(name + ".list.json");
        var list = ManifestList.Write(Children(name));
        Assert.Equal(System.Text.Encoding.UTF8.GetString(expected), System.Text.Encoding.UTF8.GetString(list.Bytes.Span));
        Assert.Equal(Digest.Sha256(expected), list.Digest);
        Assert.Equal(RawManifest.Parse(expected, null).MediaType, list.MediaType);
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public void The_order_of_the_children_decides_nothing(string name) =>
        Assert.Equal(ManifestList.Write(Children(name)).Digest, ManifestList.Write(Children(name).Reverse()).Digest);

    [Theory]
    [MemberData(nameof(Lists))]
    public void A_list_is_read_back(string name)
    {
        var list = RawManifest.Parse(Golden.Bytes(name + ".list.json"), null).AsIndex();
        Assert.Equal(
            Children(name).Select(c => c.Child).OrderBy(c => c.Digest.ToString()),
            list.Manifests.OrderBy(c => c.Digest.ToString()));
    }

    [Fact]
    public void A_child_without_platform_is_a_mistake_of_the_caller() => Assert.Throws<ArgumentException>(() =>
        ManifestList.Write([(Reference.Parse("a:1"), new Descriptor(MediaTypes.OciManifest, Digest.Sha256([]), 0))]));

    [Fact]
    public void An_attestation_keeps_its_annotations()
    {
        var child = new Descriptor(MediaTypes.OciManifest, Digest.Sha256([]), 0)
        {
            Platform = new Platform("unknown", "unknown"),
            Annotations = new Dictionary<string, string> { ["vnd.docker.reference.type"] = "attestation-manifest" },
        };
        Assert.Equal(child, Assert.Single(ManifestList.Write([(Reference.Parse("a:1"), child)]).AsIndex().Manifests));
    }

    [Theory]
    [InlineData("127.0.0.1:15500/pause:3.9", "127.0.0.1-15500_pause-3.9")]
    [InlineData("foo", "docker.io_library_foo-latest")]
    [InlineData("r.io/a/b:1@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "r.io_a_b-1@sha256-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void Names_files_as_docker_does(string name, string file) => Assert.Equal(file, ManifestList.StoreName(Reference.Parse(name)));

    private static IEnumerable<(Reference Name, Descriptor Child)> Children(string name)
    {
        using var document = JsonDocument.Parse(Golden.Bytes(name + ".children.json"));
        foreach (var child in document.RootElement.EnumerateArray().ToList())
            yield return (Reference.Parse(child.GetProperty("ref").GetString()!), child.AsDescriptor(why => new InvalidDataException(why)));
    }

    [Fact]
    public void An_order_that_is_settled_stays_and_annotations_follow_the_entries()
    {
        var platform = new Platform("linux", "amd64");
        Descriptor[] children = [.. new[] { "b", "a" }.Select(t => new Descriptor(MediaTypes.OciManifest, Digest.Sha256(System.Text.Encoding.UTF8.GetBytes(t)), 1) { Platform = platform })];
        var list = ManifestList.WriteInOrder(children, annotations: new Dictionary<string, string> { ["z"] = "<1>", ["a"] = "2" });
        Assert.Equal(children, list.AsIndex().Manifests);
        Assert.EndsWith("""
               ],
               "annotations": {
                  "a": "2",
                  "z": "\u003c1\u003e"
               }
            }
            """.ReplaceLineEndings("\n"), System.Text.Encoding.UTF8.GetString(list.Bytes.Span));
        Assert.Equal(ManifestList.WriteInOrder(children).Digest, ManifestList.WriteInOrder(children, annotations: new Dictionary<string, string>()).Digest);
    }
}
