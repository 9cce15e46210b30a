using System.Text;
using CsCheck;
using Viaduct.Oci.Layers;
using DotNetTar = System.Formats.Tar;

namespace Viaduct.Oci.Tests.Layers;

public sealed class TarRoundTripTests
{
    private static readonly string[] Names = ["a", "usr", "lib", ".hidden", "...", "ünï", "日本", "😀", "a b", "back\\slash", "latin-\udce9", "new\nline", "=", "123 x=y"];

    private static readonly Gen<string> Name = Gen.OneOf(
        Gen.Int[0, Names.Length - 1].Select(i => Names[i]),
        Gen.String[Gen.Char.AlphaNumeric, 1, 150]);

    private static readonly Gen<string> Path = Name.Array[1, 4].Select(parts => string.Join('/', parts));

    private static readonly Gen<IReadOnlyDictionary<string, ReadOnlyMemory<byte>>> Attributes =
        Gen.Dictionary(Name.Select(name => "user." + name.Replace("=", "")), Gen.Byte.Array[0, 1200])[0, 3]
            .Select(found => (IReadOnlyDictionary<string, ReadOnlyMemory<byte>>)found.ToDictionary(pair => pair.Key, pair => (ReadOnlyMemory<byte>)pair.Value));

    private static readonly Gen<(TarEntry Entry, byte[] Content)> Entry = Gen.Select(
        Gen.Enum<TarEntryKind>(), Path, Path, Attributes, Gen.Byte.Array[0, 1500],
        Gen.Select(Gen.Int[0, 0xfff], Gen.Long[0, uint.MaxValue], Gen.Long[0, uint.MaxValue],
            Gen.OneOf(Gen.Long[-10, 10], Gen.Long, Gen.Long[0, 1L << 34]), Gen.Int[0, int.MaxValue], Gen.Int[0, 300])).Select(made =>
    {
        var (kind, path, link, attributes, content, (mode, uid, gid, time, major, minor)) = made;
        if (kind != TarEntryKind.File) content = [];
        var isDevice = kind is TarEntryKind.CharacterDevice or TarEntryKind.BlockDevice;
        return (new TarEntry(path, kind)
        {
            Mode = mode, Uid = uid, Gid = gid, ModificationTime = time, Size = content.Length, ExtendedAttributes = attributes,
            LinkTarget = kind is TarEntryKind.SymbolicLink or TarEntryKind.HardLink ? link : null,
            DeviceMajor = isDevice ? major : 0, DeviceMinor = isDevice ? minor : 0,
        }, content);
    });

    [Fact]
    public async Task What_is_written_is_read_again() =>
        await Entry.Array[0, 6].SampleAsync(async entries =>
        {
            var found = await TestArchive.ReadAsync(await TestArchive.WriteAsync(entries));
            Assert.Equal(entries.Select(e => TestArchive.Describe(e.Entry)), found.Select(e => TestArchive.Describe(e.Entry)));
            Assert.Equal(entries.Select(e => e.Content), found.Select(e => e.Content));
        }, iter: 500);

    [Fact]
    public async Task Skipping_contents_finds_the_same_entries() =>
        await Entry.Array[0, 6].SampleAsync(async entries =>
        {
            var found = await TestArchive.ReadAsync(new MemoryStream(await TestArchive.WriteAsync(entries)), content: false);
            Assert.Equal(entries.Select(e => TestArchive.Describe(e.Entry)), found.Select(e => TestArchive.Describe(e.Entry)));
        }, iter: 200);

    [Fact]
    public async Task Damaged_archives_fail_with_a_code_or_read_on_but_never_otherwise() =>
        await Gen.Select(Entry.Array[1, 4], Gen.Select(Gen.Double[0, 1], Gen.Byte).Array[1, 4], Gen.Double[0, 1]).SampleAsync(async (entries, damage, cut) =>
        {
            var tar = await TestArchive.WriteAsync(entries);
            foreach (var (place, value) in damage) tar[(int)(place * (tar.Length - 1))] = value;
            // Half of the time the header sums are mended, so that the damage gets past them.
            if (cut < 0.5) for (var at = 0; at < tar.Length; at += 512) TarField.PutChecksum(tar.AsSpan(at, 512));
            try
            {
                await TestArchive.ReadAsync(tar[..(int)(Math.Min(1, cut * 2) * tar.Length)]);
            }
            catch (ViaductException e)
            {
                Assert.Matches("^VIA102[034]$", e.Code);
            }
        }, iter: 2000);

    [Fact]
    public async Task The_runtimes_reader_sees_the_same() =>
        await Entry.Select(e => (Entry: Plain(e.Entry), e.Content)).Array[1, 5].SampleAsync(async entries =>
        {
            var tar = await TestArchive.WriteAsync(entries);
            await using var reader = new DotNetTar.TarReader(new MemoryStream(tar));
            foreach (var (entry, content) in entries)
            {
                var found = await reader.GetNextEntryAsync();
                Assert.NotNull(found);
                Assert.Equal(entry.Path, found.Name.TrimEnd('/'));
                Assert.Equal(entry.LinkTarget ?? "", found.LinkName);
                Assert.Equal(entry.Mode, (int)found.Mode);
                Assert.Equal(entry.Uid, found.Uid);
                Assert.Equal(entry.Size, found.Length);
                if (entry.ExtendedAttributes.Count > 0) Assert.IsType<DotNetTar.PaxTarEntry>(found);
                using var copy = new MemoryStream();
                if (found.DataStream is { } data) await data.CopyToAsync(copy);
                Assert.Equal(content, copy.ToArray());
            }
            Assert.Null(await reader.GetNextEntryAsync());
        }, iter: 200);

    [Fact]
    public async Task The_runtimes_writer_is_understood()
    {
        foreach (var format in new[] { DotNetTar.TarEntryFormat.V7, DotNetTar.TarEntryFormat.Ustar, DotNetTar.TarEntryFormat.Gnu, DotNetTar.TarEntryFormat.Pax })
        {
            using var output = new MemoryStream();
            var name = format == DotNetTar.TarEntryFormat.V7 ? "dir/file" : string.Join('/', Enumerable.Repeat("component", 15));
            await using (var writer = new DotNetTar.TarWriter(output, format, leaveOpen: true))
            {
                DotNetTar.TarEntry entry = format switch
                {
                    DotNetTar.TarEntryFormat.V7 => new DotNetTar.V7TarEntry(DotNetTar.TarEntryType.V7RegularFile, name),
                    DotNetTar.TarEntryFormat.Ustar => new DotNetTar.UstarTarEntry(DotNetTar.TarEntryType.RegularFile, name),
                    DotNetTar.TarEntryFormat.Gnu => new DotNetTar.GnuTarEntry(DotNetTar.TarEntryType.RegularFile, name),
                    _ => new DotNetTar.PaxTarEntry(DotNetTar.TarEntryType.RegularFile, name),
                };
                entry.ModificationTime = DateTimeOffset.FromUnixTimeSeconds(1_000_000_000);
                entry.DataStream = new MemoryStream("hello"u8.ToArray());
                await writer.WriteEntryAsync(entry);
            }
            var (found, content) = Assert.Single(await TestArchive.ReadAsync(output.ToArray()));
            Assert.Equal((name, 1_000_000_000, "hello"), (found.Path, found.ModificationTime, Encoding.UTF8.GetString(content)));
        }
    }

    /// <summary>What System.Formats.Tar can hold: its times are DateTimeOffsets, its owners ints, names and attributes text in one line.</summary>
    private static TarEntry Plain(TarEntry entry) => entry with
    {
        Path = Text(entry.Path),
        LinkTarget = entry.LinkTarget is null ? null : Text(entry.LinkTarget),
        Uid = entry.Uid & int.MaxValue,
        Gid = entry.Gid & int.MaxValue,
        ModificationTime = entry.ModificationTime & ((1L << 33) - 1),
        DeviceMajor = entry.DeviceMajor & 0xfff,
        ExtendedAttributes = entry.ExtendedAttributes.ToDictionary(
            pair => Text(pair.Key), pair => (ReadOnlyMemory<byte>)Encoding.ASCII.GetBytes(Convert.ToHexString(pair.Value.Span) + ".")),
    };

    private static string Text(string name) => name.Replace('\udce9', 'e').Replace('\n', ' ');
}
