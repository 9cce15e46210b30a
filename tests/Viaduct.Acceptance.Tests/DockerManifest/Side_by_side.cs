using Viaduct.Acceptance.Tests.DockerManifest.Cases;

namespace Viaduct.Acceptance.Tests.DockerManifest;

/// <summary>The same lines through docker and through Viaduct, against one registry, each with a store of its own.</summary>
[Collection(Apart.FromTheEngines)]
public sealed class Side_by_side(Beds beds) : IClassFixture<Beds>
{
    public static IEnumerable<TheoryDataRow<string>> Names() => AllCases.All.Select(c => new TheoryDataRow<string>(c.Name));

    public static IEnumerable<TheoryDataRow<string>> OldNames() => AllCases.All.Where(c => c.Since == 20).Select(c => new TheoryDataRow<string>(c.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Docker_28(string name)
    {
        await Tool.NeedAsync(Tool.Docker);
        var of = AllCases.Find(name);
        var (docker, viaduct) = await BothAsync(Tool.Docker, of);
        var differs = viaduct.DifferencesFrom(docker);
        var may = of.Differs is { } word ? Difference.All[word].May : Aspects.None;

        // What we do instead.
        if (of.Differs is not null) TestContext.Current.TestOutputHelper?.WriteLine($"{of.Differs}: {differs}\n{viaduct}");
        Assert.True((differs & ~may) == 0, $"They differ in {differs & ~may}.\n\nDOCKER\n{docker}\n\nVIADUCT\n{viaduct}");
        Assert.True(of.Differs is null || viaduct.Said[^1].Exit == 0, $"Where we differ we succeed.\n\n{viaduct}");
        Assert.True(of.Differs is null || differs != Aspects.None, $"They do not differ any more: '{of.Differs}' is not true.\n\n{viaduct}");
    }

    [Theory]
    [MemberData(nameof(OldNames))]
    public async Task Docker_20_10(string name)
    {
        await Tool.NeedAsync(Tool.OldDocker);
        var (docker, viaduct) = await BothAsync(Tool.OldDocker, AllCases.Find(name));
        // The bytes of images stand in the files since docker 23.
        var differs = viaduct.WithoutRaw().DifferencesFrom(docker);

        Assert.True(differs == Aspects.None, $"They differ in {differs}.\n\nDOCKER\n{docker}\n\nVIADUCT\n{viaduct}");
    }

    private async Task<(Transcript Docker, Transcript Viaduct)> BothAsync(Tool tool, Case of)
    {
        var bed = await beds.GetAsync();
        using var home = new Home(bed, of.Repository);
        return (await Transcript.RunAsync(bed, home, tool, of), await Transcript.RunAsync(bed, home, Tool.Viaduct, of));
    }
}
