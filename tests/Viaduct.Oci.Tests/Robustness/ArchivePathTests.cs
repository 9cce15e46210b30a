using System.Formats.Tar;
using System.Text;
using Viaduct.Oci.Layers;
using Viaduct.Oci.Layouts;
using Viaduct.Oci.Tests.Layouts;
using static Viaduct.Oci.Tests.Robustness.HostileTar;

namespace Viaduct.Oci.Tests.Robustness;

/// <summary>
/// Nothing here unpacks an archive onto this machine. Layers are read into a tree of their own, archives into files that have no names of theirs.
/// </summary>
public sealed class ArchivePathTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // what the layer's tree holds; a code when the layer is refused
    public static TheoryData<string, string> Layers => new()
    {
        { "parent", "VIA1024" },
        { "parent in the middle", "VIA1024" },
        { "absolute", "etc/ etc/passwd" },
        { "a file through a link", "etc/ etc/passwd l" },
        { "a file through a link above the root", "l passwd" },
        { "a file through a chain of links", "a b c x" },
        { "a hard link above the root", "VIA1024" },
        { "a hard link to a file of the machine", "VIA1024" },
        { "a hard link through a link", "VIA1024" },
        { "a file in the place of a link", "l" },
        { "a NUL", "VIA1020" },
        { "a drive letter", "C:\\Windows\\x" },
        { "backslashes", "..\\..\\x" },
    };

    [Theory]
    [MemberData(nameof(Layers))]
    public async Task Path_traversal_in_tar_layers(string what, string outcome)
    {
        var layer = what switch
        {
            "parent" => Layer(File("../x")),
            "parent in the middle" => Layer(File("a/../../x")),
            "absolute" => Layer(File("/etc/passwd")),
            "a file through a link" => Layer(Link("l", "/etc"), File("l/passwd")),
            "a file through a link above the root" => Layer(Link("l", "../../.."), File("l/passwd")),
            "a file through a chain of links" => Layer(Link("c", "/"), Link("b", "c"), Link("a", "b"), File("a/x")),
            "a hard link above the root" => Layer(HardLink("h", "../../etc/passwd")),
            "a hard link to a file of the machine" => Layer(HardLink("h", "/etc/passwd")),
            "a hard link through a link" => Layer(Link("l", "/etc"), HardLink("h", "l/passwd")),
            "a file in the place of a link" => Layer(Link("l", "/etc/passwd"), File("l")),
            "a NUL" => LayerWithNul(),
            "a drive letter" => Layer(File("C:\\Windows\\x")),
            _ => Layer(File("..\\..\\x")),
        };
        if (outcome.StartsWith("VIA", StringComparison.Ordinal))
        {
            Assert.Equal(outcome, (await Assert.ThrowsAsync<ViaductException>(() => RootFileSystem.LoadAsync([layer], default))).Code);
            return;
        }
        var files = await RootFileSystem.LoadAsync([layer], default);
        Assert.Equal(outcome, string.Join(' ', files.Walk("").Select(f => f.Path + (f.Entry.Kind == TarEntryKind.Directory ? "/" : ""))));
        // What a path leads to is the archive's and never this machine's.
        foreach (var file in files.Walk("").Where(f => f.Entry.Kind == TarEntryKind.File))
        {
            await using var stream = await files.OpenAsync(file, default);
            Assert.Equal("evil", await new StreamReader(stream).ReadToEndAsync());
        }
    }

    [Theory]
    [InlineData(TarEntryType.CharacterDevice)]
    [InlineData(TarEntryType.BlockDevice)]
    [InlineData(TarEntryType.Fifo)]
    public async Task Device_nodes_in_tar_layers(TarEntryType type)
    {
        var layer = Layer((type, "dev/mem", ""));
        var files = await RootFileSystem.LoadAsync([layer], default);
        await Assert.ThrowsAsync<ArgumentException>(() => files.OpenAsync(files.Find("dev/mem")!, default));

        await using var spool = new BlobSpool(_folder["spool"]);
        await using var bytes = await layer.OpenAsync(default);
        var error = await Assert.ThrowsAsync<ViaductException>(() => ImageArchive.OpenAsync(bytes, spool, new ImageArchiveLimits(), default));
        Assert.Equal("VIA1031", error.Code);
        Assert.Contains("'dev/mem' is neither file nor link", error.Message);
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("/etc/passwd")]
    [InlineData("..\\..\\evil")]
    [InlineData("C:evil")]
    public async Task Names_from_manifests(string name)
    {
        // As a title (image-spec, annotations.md), which oras takes for the name of a file.
        var layout = await OciLayout.OpenOrCreateAsync(_folder["inside", "layout"], default);
        var layer = Blob.FromBytes("application/vnd.example.file", "evil"u8.ToArray());
        var titled = layer.Descriptor with { Annotations = new Dictionary<string, string> { ["org.opencontainers.image.title"] = name } };
        var config = Blob.FromBytes("application/vnd.oci.empty.v1+json", "{}"u8.ToArray());
        foreach (var blob in new[] { config, layer }) await layout.PushBlobAsync(blob, default);
        var manifest = new ImageManifest(config.Descriptor, [titled]).ToManifest();
        await layout.TagAsync("v1", manifest, default);
        Assert.Equal("VIA1002", (await Assert.ThrowsAsync<ViaductException>(() => layout.TagAsync(name, manifest, default))).Code);

        // In the places where docker save has paths.
        await using var spool = new BlobSpool(_folder["inside", "spool"], memoryLimit: 0);
        var json = Encoding.UTF8.GetBytes($$"""[{"Config":"{{name.Replace("\\", "\\\\")}}","RepoTags":["{{name.Replace("\\", "\\\\")}}"],"Layers":[]}]""");
        var archive = Images.Archive(("manifest.json", json));
        Assert.Equal("VIA1031", (await Assert.ThrowsAsync<ViaductException>(() => ImageArchive.OpenAsync(new MemoryStream(archive), spool, new ImageArchiveLimits(), default))).Code);

        Assert.Equal(["inside"], Directory.EnumerateFileSystemEntries(_folder[""]).Select(Path.GetFileName));
        var blobs = Directory.EnumerateFiles(_folder["inside", "layout", "blobs"], "*", SearchOption.AllDirectories).Select(Path.GetFileName);
        Assert.Equal(new[] { config.Descriptor, layer.Descriptor, manifest.Descriptor }.Select(d => d.Digest.Hex).Order(), blobs.Order());
    }
}
