using System.Text;
using Viaduct.Oci.Layers;

namespace Viaduct.Oci.Tests.Layers;

public sealed class TarReaderTests
{
    [Theory]
    [InlineData("a/b", "a/b")]
    [InlineData("./a/b/", "a/b")]
    [InlineData("a//./b", "a/b")]
    [InlineData("./", "")]
    [InlineData("/", "")]
    [InlineData("/ko-app/main", "ko-app/main")]
    [InlineData("..a/...", "..a/...")]
    [InlineData("C:\\x", "C:\\x")]
    [InlineData("..", null)]
    [InlineData("../a", null)]
    [InlineData("a/../../b", null)]
    [InlineData("a/..", null)]
    [InlineData("/../etc/passwd", null)]
    [InlineData("", null)]
    [InlineData("a\0b", null)]
    public void A_name_is_relative_to_the_root_or_refused(string name, string? path)
    {
        if (path is not null) Assert.Equal(path, TarPath.Normalize(name, null));
        else Assert.Equal("VIA1024", Assert.Throws<ViaductException>(() => TarPath.Normalize(name, null)).Code);
    }

    public static TheoryData<string, int, string, string> Fields => new()
    {
        { "a name above the root", 0, "../etc/passwd\0", "VIA1024" },
        { "no name", 0, "\0\0\0\0\0", "VIA1024" },
        { "a mode of letters", 100, "abc\0", "VIA1020" },
        { "an owner that is negative", 108, "\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff", "VIA1020" },
        { "a size of minus one", 124, "\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff", "VIA1020" },
        { "a size beyond 64 bits", 124, "\u0080\u0001\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000", "VIA1020" },
        { "a size that overflows with its padding", 124, "\u0080\u0000\u0000\u0000\u007f\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff", "VIA1020" },
        { "a size larger than the archive", 124, "77777777777\0", "VIA1020" },
        { "a size with a digit 9", 124, "00000000009\0", "VIA1020" },
        { "an unknown type", 156, "Z", "VIA1023" },
        { "a sparse file", 156, "S", "VIA1023" },
        { "a part of a multi-volume archive", 156, "M", "VIA1023" },
        { "a PAX header of 64 GiB", 124, "77777777777\0" + new string(' ', 20) + "x", "VIA1020" },
        { "a long name of 64 GiB", 124, "77777777777\0" + new string(' ', 20) + "L", "VIA1020" },
        { "a PAX header that is none", 156, "x", "VIA1020" },
        { "a symbolic link to nothing", 156, "2", "VIA1024" },
        { "a hard link to nothing", 156, "1", "VIA1024" },
        { "a hard link out of the root", 156, "1../../etc/shadow\0", "VIA1024" },
        { "a prefix above the root", 345, "a/../..\0", "VIA1024" },
    };

    [Theory]
    [MemberData(nameof(Fields))]
    public async Task Hostile_headers_are_refused(string what, int at, string bytes, string code)
    {
        var tar = await TestArchive.WriteAsync([(TestArchive.File("dir/file", 11), "hello world"u8.ToArray())]);
        Encoding.Latin1.GetBytes(bytes).CopyTo(tar, at);
        TarField.PutChecksum(tar.AsSpan(0, 512));
        var error = await Assert.ThrowsAsync<ViaductException>(() => TestArchive.ReadAsync(tar));
        Assert.True(error.Code == code, $"{what}: {error.Render()}");
    }

    [Theory]
    [InlineData("30 path=../../../etc/passwd..\n", "VIA1024")]
    [InlineData("12 path=a\0b\n", "VIA1020")]
    [InlineData("16 linkpath=a\0b\n", "VIA1020")]
    [InlineData("11 size=-1\n", "VIA1020")]
    [InlineData("12 size=1e3\n", "VIA1020")]
    [InlineData("28 size=9223372036854775807\n", "VIA1020")]
    [InlineData("28 size=9223372036854775808\n", "VIA1020")]
    [InlineData("10 uid=-1\n", "VIA1020")]
    [InlineData("18 uid=4294967296\n", "VIA1020")]
    [InlineData("14 mtime=soon\n", "VIA1020")]
    [InlineData("22 GNU.sparse.major=1\n", "VIA1023")]
    [InlineData("99 path=a\n", "VIA1020")]
    [InlineData("-9 path=a\n", "VIA1020")]
    [InlineData("0 path=a\n", "VIA1020")]
    [InlineData("8 path=a\n", "VIA1020")]
    [InlineData("6 =ab\n", "VIA1020")]
    [InlineData("8 novalue", "VIA1020")]
    [InlineData("99999999999999999999 path=a\n", "VIA1020")]
    [InlineData("path=a\n", "VIA1020")]
    public async Task Hostile_pax_records_are_refused(string record, string code)
    {
        var error = await Assert.ThrowsAsync<ViaductException>(async () => await TestArchive.ReadAsync(await WithPaxAsync(record)));
        Assert.True(error.Code == code, error.Render());
    }

    [Theory]
    [InlineData("17 mtime=12345.9\n", 12345)]
    [InlineData("14 mtime=-1.5\n", -2)]
    [InlineData("14 mtime=-1.0\n", -1)]
    [InlineData("11 mtime=7\n", 7)]
    [InlineData("9 mtime=\n", 0)]
    public async Task Times_are_whole_seconds_rounded_down(string record, long seconds)
    {
        var (entry, _) = Assert.Single(await TestArchive.ReadAsync(await WithPaxAsync(record)));
        Assert.Equal(seconds, entry.ModificationTime);
    }

    [Fact]
    public async Task A_pax_size_counts_and_not_the_headers()
    {
        var (entry, content) = Assert.Single(await TestArchive.ReadAsync(await WithPaxAsync("10 size=5\n")));
        Assert.Equal(5, entry.Size);
        Assert.Equal("hello"u8.ToArray(), content);
    }

    [Fact]
    public async Task A_global_header_says_nothing_about_files()
    {
        var tar = await WithPaxAsync("19 path=everywhere\n");
        tar[156] = (byte)'g';
        TarField.PutChecksum(tar.AsSpan(0, 512));
        Assert.Equal("file", Assert.Single(await TestArchive.ReadAsync(tar)).Entry.Path);
    }

    [Fact]
    public async Task A_wrong_checksum_is_refused()
    {
        var tar = await TestArchive.WriteAsync([(TestArchive.File("file"), [])]);
        tar[0] = (byte)'F';
        Assert.Equal("VIA1020", (await Assert.ThrowsAsync<ViaductException>(() => TestArchive.ReadAsync(tar))).Code);
    }

    [Fact]
    public async Task Signed_checksums_of_old_writers_are_accepted()
    {
        var tar = await TestArchive.WriteAsync([(TestArchive.File("ü"), [])]);
        var signed = TarField.Sum(tar.AsSpan(0, 512)).Signed;
        Encoding.ASCII.GetBytes(Convert.ToString(signed, 8).PadLeft(6, '0') + "\0 ").CopyTo(tar, 148);
        Assert.Equal("ü", Assert.Single(await TestArchive.ReadAsync(tar)).Entry.Path);
    }

    [Theory]
    [InlineData(0, null, 0)]      // nothing at all is an archive of nothing
    [InlineData(100, "VIA1020", 0)]
    [InlineData(511, "VIA1020", 0)]
    [InlineData(512, "VIA1020", 0)]
    [InlineData(517, "VIA1020", 0)]
    [InlineData(523, "VIA1020", 0)] // the content is there and its padding is not
    [InlineData(1024, null, 1)]   // Go takes an end between entries for the end
    [InlineData(1100, "VIA1020", 0)]
    [InlineData(1536, null, 1)]
    [InlineData(2048, null, 1)]
    public async Task An_archive_that_is_cut_off_is_refused_unless_it_is_whole(int length, string? code, int entries)
    {
        var tar = await TestArchive.WriteAsync([(TestArchive.File("file", 11), "hello world"u8.ToArray())]);
        if (code is null) Assert.Equal(entries, (await TestArchive.ReadAsync(tar[..length])).Count);
        else Assert.Equal(code, (await Assert.ThrowsAsync<ViaductException>(() => TestArchive.ReadAsync(tar[..length]))).Code);
    }

    [Fact]
    public async Task A_long_name_without_its_entry_is_refused()
    {
        var tar = await TestArchive.WriteAsync([(TestArchive.File(new string('x', 200)), [])]);
        Assert.Equal("VIA1020", (await Assert.ThrowsAsync<ViaductException>(() => TestArchive.ReadAsync(tar[..1024]))).Code);
    }

    [Fact]
    public async Task A_single_block_of_zeros_between_entries_is_refused()
    {
        var tar = await TestArchive.WriteAsync([(TestArchive.File("file"), [])]);
        Assert.Equal("VIA1020", (await Assert.ThrowsAsync<ViaductException>(() => TestArchive.ReadAsync([.. new byte[512], .. tar]))).Code);
    }

    [Fact]
    public async Task A_content_cannot_be_read_after_its_entry()
    {
        var tar = await TestArchive.WriteAsync([(TestArchive.File("a", 5), "hello"u8.ToArray()), (TestArchive.File("b", 5), "world"u8.ToArray())]);
        var reader = new TarReader(new MemoryStream(tar));
        await reader.NextAsync(default);
        var first = reader.Content;
        await reader.NextAsync(default);
        Assert.Throws<InvalidOperationException>(() => first.ReadByte());
        Assert.Equal('w', reader.Content.ReadByte());
    }

    [Fact]
    public void A_message_shows_no_control_characters_of_a_name()
    {
        var error = Assert.Throws<ViaductException>(() => TarPath.Normalize("\u001b[31m/../x\r\n", null));
        Assert.DoesNotContain(error.Render(), char.IsControl);
    }

    /// <summary>An entry <c>file</c> with the content <c>hello</c> behind a PAX header of these bytes.</summary>
    private static async Task<byte[]> WithPaxAsync(string record)
    {
        var content = Encoding.UTF8.GetBytes(record);
        var pax = await TestArchive.WriteAsync([(TestArchive.File("pax", content.Length), content)]);
        pax[156] = (byte)'x';
        TarField.PutChecksum(pax.AsSpan(0, 512));
        return [.. pax[..1024], .. await TestArchive.WriteAsync([(TestArchive.File("file", 5), "hello"u8.ToArray())])];
    }
}
