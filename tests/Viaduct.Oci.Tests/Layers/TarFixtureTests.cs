using Viaduct.Oci.Layers;

namespace Viaduct.Oci.Tests.Layers;

public sealed class TarFixtureTests
{
    private const string Long = "long-component-1/long-component-2/long-component-3/long-component-4/long-component-5/long-component-6/long-component-7";

    public static TheoryData<string, string> Fixtures => new()
    {
        { nameof(TarFixtures.GnuTarGnu), TarFixtures.GnuTarGnu },
        { nameof(TarFixtures.GnuTarPax), TarFixtures.GnuTarPax },
        { nameof(TarFixtures.GnuTarUstar), TarFixtures.GnuTarUstar },
        { nameof(TarFixtures.BsdTarGnu), TarFixtures.BsdTarGnu },
        { nameof(TarFixtures.BsdTarPax), TarFixtures.BsdTarPax },
        { nameof(TarFixtures.PythonGnu), TarFixtures.PythonGnu },
        { nameof(TarFixtures.PythonPax), TarFixtures.PythonPax },
    };

    [Theory]
    [MemberData(nameof(Fixtures))]
    public async Task Archives_of_other_programs_are_read(string name, string fixture)
    {
        var entries = await TestArchive.ReadAsync(TestArchive.Unpack(fixture));
        var found = entries.ToDictionary(e => e.Entry.Path);

        Assert.Equal(TarEntryKind.Directory, found[""].Entry.Kind);
        var file = found["dir/a"].Entry.Kind == TarEntryKind.File ? found["dir/a"] : found["dir/hard"];
        Assert.Equal((0b100_111_101_101, 6L, 981173106L), (file.Entry.Mode, file.Entry.Size, file.Entry.ModificationTime));
        Assert.Equal("hello\n"u8.ToArray(), file.Content);
        Assert.Contains(entries, e => e.Entry is { Kind: TarEntryKind.HardLink, LinkTarget: "dir/a" or "dir/hard", Size: 0 });
        Assert.Equal("../dir", found["rel"].Entry.LinkTarget);
        Assert.Equal("x\n"u8.ToArray(), found[Long + "/f"].Content);
        Assert.Equal((TarEntryKind.CharacterDevice, 1, 3), (found["null"].Entry.Kind, found["null"].Entry.DeviceMajor, found["null"].Entry.DeviceMinor));
        Assert.Equal(TarEntryKind.Fifo, found["pipe"].Entry.Kind);
        Assert.Contains("latin-\udce9", found.Keys);

        // What ustar cannot hold was left out of that archive.
        if (name == nameof(TarFixtures.GnuTarUstar)) return;
        Assert.Equal("/abs/target", found["abs"].Entry.LinkTarget);
        // bsdtar writes no time before 1970 into a GNU header.
        Assert.Equal(name == nameof(TarFixtures.BsdTarGnu) ? 0 : -10, found["abs"].Entry.ModificationTime);
        Assert.Equal(Long + "/f", found["longlink"].Entry.LinkTarget);
        Assert.Equal((3_000_000L, 4L), (found["Ünï"].Entry.Uid, found["Ünï"].Entry.Gid));
        Assert.Equal(19, found.Count);
    }

    [Theory]
    [InlineData(TarFixtures.GnuTarPax)]
    [InlineData(TarFixtures.BsdTarPax)]
    public async Task Extended_attributes_of_other_programs_are_read(string fixture)
    {
        var entries = await TestArchive.ReadAsync(TestArchive.Unpack(fixture));
        var file = entries.Single(e => e.Entry.Kind == TarEntryKind.File && e.Entry.Path.StartsWith("dir/", StringComparison.Ordinal)).Entry;
        Assert.Equal("v=1\n2\0\xff", string.Concat(file.ExtendedAttributes["user.k"].ToArray().Select(b => (char)b)));
    }
}
