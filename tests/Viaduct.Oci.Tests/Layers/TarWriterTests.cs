using System.Text;
using Viaduct.Oci.Layers;

namespace Viaduct.Oci.Tests.Layers;

public sealed class TarWriterTests
{
    [Fact]
    public async Task A_header_is_plain_ustar()
    {
        var tar = await TestArchive.WriteAsync([(TestArchive.File("file", 5) with { Mode = 0b111_101_101, ModificationTime = 1 }, "hello"u8.ToArray())]);
        Assert.Equal(2048, tar.Length);
        Assert.Equal(
            "file" + new string('\0', 96) + "0000755\0" + "0000000\0" + "0000000\0" + "00000000005\0" + "00000000001\0" + "010046\0 " + "0"
            + new string('\0', 100) + "ustar\0" + "00" + new string('\0', 64) + "0000000\0" + "0000000\0" + new string('\0', 167),
            Encoding.ASCII.GetString(tar, 0, 512));
    }

    [Theory]
    [InlineData(100, 1)]
    [InlineData(101, 3)]
    [InlineData(511, 3)]
    [InlineData(512, 4)] // with its NUL the name needs a second block
    public async Task Only_names_above_a_hundred_bytes_have_a_record_of_their_own(int length, int blocks)
    {
        var tar = await TestArchive.WriteAsync([(TestArchive.File(new string('x', length)), [])]);
        Assert.Equal(blocks, tar.Length / 512 - 2);
    }

    [Fact]
    public async Task A_large_size_is_written_in_base_256()
    {
        using var output = new MemoryStream();
        var size = 8L << 30;
        var writer = new TarWriter(output);
        await Assert.ThrowsAsync<ViaductException>(async () => await writer.WriteAsync(new TarEntry("big", TarEntryKind.File) { Size = size }, Stream.Null, default));
        Assert.Equal([0x80, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0], output.ToArray()[124..136]);
    }

    public static TheoryData<string, TarEntry> BadEntries => new()
    {
        { "above the root", TestArchive.File("../x") },
        { "absolute", TestArchive.File("/x") },
        { "with a slash at its end", TestArchive.Directory("x/") },
        { "not plain", TestArchive.File("./x") },
        { "empty parts", TestArchive.File("a//b") },
        { "a NUL", TestArchive.File("a\0b") },
        { "too long", TestArchive.File(new string('x', 4096)) },
        { "too long in bytes", TestArchive.File(new string('ü', 2048)) },
        { "half a character", TestArchive.File("a\ud83d") },
        { "a root that is a file", TestArchive.File("") },
        { "a link without a target", new TarEntry("l", TarEntryKind.SymbolicLink) },
        { "a link to an empty target", TestArchive.Link("l", "") },
        { "a link with a NUL", TestArchive.Link("l", "a\0b") },
        { "a hard link above the root", TestArchive.HardLink("l", "../x") },
        { "a hard link to an absolute path", TestArchive.HardLink("l", "/x") },
        { "a file with a target", TestArchive.File("f") with { LinkTarget = "x" } },
        { "too many mode bits", TestArchive.File("f") with { Mode = 0x81a4 } },
        { "a negative owner", TestArchive.File("f") with { Uid = -1 } },
        { "an owner beyond 32 bits", TestArchive.File("f") with { Gid = 1L << 32 } },
        { "a negative size", TestArchive.File("f", -1) },
        { "an attribute with =", TestArchive.File("f") with { ExtendedAttributes = new Dictionary<string, ReadOnlyMemory<byte>> { ["a=b"] = default } } },
        { "attributes of a MiB", TestArchive.File("f") with { ExtendedAttributes = new Dictionary<string, ReadOnlyMemory<byte>> { ["a"] = new byte[1 << 20] } } },
    };

    [Theory]
    [MemberData(nameof(BadEntries))]
    public async Task An_entry_that_nobody_could_read_is_refused(string what, TarEntry entry)
    {
        var error = await Assert.ThrowsAsync<ViaductException>(() => TestArchive.WriteAsync([(entry, [])]));
        Assert.True(error.Code == "VIA1025", what);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    [InlineData(0)]
    public async Task A_content_of_another_length_than_its_size_is_refused(int size)
    {
        var error = await Assert.ThrowsAsync<ViaductException>(() => TestArchive.WriteAsync([(TestArchive.File("f", size), "hello"u8.ToArray())]));
        Assert.Equal("VIA1025", error.Code);
    }
}
