namespace Viaduct.Acceptance.Tests.DockerManifest;

/// <summary>One store, two tools: what the one has written the other goes on with.</summary>
[Collection(Apart.FromTheEngines)]
public sealed class Chains(Beds beds) : IClassFixture<Beds>
{
    private const string Build = "sh sed -i -r 's/(\"os\":\"windows\")/\\0,\"os.version\":\"10.0.17763.1\"/' $STORE/*/*windows*";

    internal static readonly Chain[] All =
    [
        new("docker creates, Viaduct pushes", "d create! $T:1 $R/amd64:1 $R/arm64:1 ; v push! $T:1"),
        new("Viaduct creates, docker pushes", "v create! $T:1 $R/amd64:1 $R/arm64:1 ; d push! $T:1"),
        new("docker creates and annotates, Viaduct pushes and forgets", "d create! $T:1 $R/amd64:1 $R/pause-arm:3.9 ; d annotate $T:1 $R/pause-arm:3.9 --arch arm --variant v7 ; v push! --purge $T:1"),
        new("docker creates, Viaduct annotates and pushes", "d create! $T:1 $R/amd64:1 $R/pause-arm:3.9 ; v annotate $T:1 $R/pause-arm:3.9 --arch arm --variant v7 ; v push! $T:1"),
        new("Viaduct creates, docker annotates and pushes", "v create! $T:1 $R/amd64:1 $R/pause-arm:3.9 ; d annotate $T:1 $R/pause-arm:3.9 --arch arm --variant v7 ; d push! -p $T:1"),
        new("They annotate in turns", "v create! $T:1 $R/windows:plain ; d annotate $T:1 $R/windows:plain --os-features a ; v annotate $T:1 $R/windows:plain --os-features b,a ; d annotate $T:1 $R/windows:plain --os-version 7 ; v push! $T:1"),
        new("docker begins, Viaduct amends", "d create! $T:1 $R/amd64:1 ; v create! --amend $T:1 $R/arm64:1 ; d push! $T:1"),
        new("Viaduct begins, docker amends", "v create! $T:1 $R/amd64:1 ; d create! --amend $T:1 $R/arm64:1 $R/s390x:1 ; v push! $T:1"),
        new("docker creates, sed edits, Viaduct pushes", $"d create! $T:1 $R/amd64:1 $R/windows:plain ; {Build} ; v push! $T:1"),
        new("Viaduct creates, sed edits, docker pushes", $"v create! $T:1 $R/amd64:1 $R/windows:plain ; {Build} ; d push! $T:1"),
        new("sed edits what Viaduct has annotated", $"v create! $T:1 $R/windows:plain ; v annotate $T:1 $R/windows:plain --variant v1 ; {Build} ; v annotate $T:1 $R/windows:plain --os-features win32k ; d push! $T:1"),
        new("Images of OCI's kind go both ways", "v create! $T:1 $R/oci-amd64:1 $R/annotated:1 ; d create! -a $T:1 $R/oci-arm64:1 ; v push! $T:1"),
        new("Characters that Go escapes go both ways", "d create! $T:1 $R/annotated:1 ; v annotate $T:1 $R/annotated:1 --variant v2 ; d annotate $T:1 $R/annotated:1 --variant v3 ; v push! $T:1"),
        new("docker forgets what Viaduct made, and makes it again", "v create! $T:1 $R/amd64:1 $R/s390x:1 ; d rm $T:1 ; d create! $T:1 $R/arm64:1 ; v push! $T:1"),
        new("Viaduct forgets what docker made, and makes it again", "d create! $T:1 $R/amd64:1 $R/s390x:1 ; v rm $T:1 ; v create! $T:1 $R/arm64:1 ; d push! $T:1"),
        new("docker purges, Viaduct makes it again", "v create! $T:1 $R/amd64:1 $R/s390x:1 ; d push! --purge $T:1 ; v create! $T:1 $R/arm64:1 ; v push! --purge $T:1"),
        new("Viaduct purges, docker makes it again", "d create! $T:1 $R/amd64:1 $R/s390x:1 ; v push! --purge $T:1 ; d create! $T:1 $R/arm64:1 ; d push! --purge $T:1"),
        new("Docker 20.10 creates, Viaduct pushes", "o create! $T:1 $R/amd64:1 $R/arm64:1 ; v push! $T:1"),
        new("Docker 20.10 creates with bytes of another form, which docker 28 cannot push, Viaduct can", "o create! $T:1 $R/compact:1 $R/two-spaces:1 ; v push! $T:1"),
        new("Docker 20.10 creates, Viaduct amends and annotates, docker 28 pushes", "o create! $T:1 $R/amd64:1 ; v create! --amend $T:1 $R/pause-arm:3.9 ; v annotate $T:1 $R/pause-arm:3.9 --arch arm ; d push! $T:1"),
        new("Viaduct creates, docker 20.10 annotates and pushes", "v create! $T:1 $R/amd64:1 $R/pause-arm:3.9 ; o annotate $T:1 $R/pause-arm:3.9 --arch arm --variant v6 ; o push! $T:1"),
        new("Viaduct annotates what docker 20.10 made, and docker 20.10 pushes", $"o create! $T:1 $R/amd64:1 $R/windows:plain ; {Build} ; v annotate $T:1 $R/amd64:1 --variant v2 ; o push! -p $T:1"),
        new("A list that was pushed becomes part of another", "d create! $T:1 $R/amd64:1 $R/arm64:1 ; v push! -p $T:1 ; v create! $T:2 $T@$(amd64:1) $R/s390x:1 ; d push! $T:2"),
    ];

    public static IEnumerable<TheoryDataRow<string>> Names() => All.Select(c => new TheoryDataRow<string>(c.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Two_tools_push_the_list_that_docker_would(string name)
    {
        var chain = All.Single(c => c.Name == name);
        await Tool.NeedAsync(chain.NeedsOld ? [Tool.Docker, Tool.OldDocker] : [Tool.Docker]);
        var bed = await beds.GetAsync();
        using var home = new Home(bed, "chain");

        var alone = await RunAsync(bed, home, chain, Tool.Docker);
        var mixed = await RunAsync(bed, home, chain, null);

        Assert.NotEmpty(alone.Pushed);
        Assert.Equal(alone.Pushed, mixed.Pushed);
        Assert.Equal(alone.Store, mixed.Store);
    }

    [Fact]
    public async Task Both_show_the_same_list()
    {
        await Tool.NeedAsync(Tool.Docker);
        var bed = await beds.GetAsync();
        using var home = new Home(bed, "chain");
        bed.Forget("chain");
        await home.RunAsync(Tool.Viaduct, "create! $T:1 $R/oci-amd64:1 $R/windows:ltsc2022");
        await home.RunAsync(Tool.Viaduct, "annotate $T:1 $R/oci-amd64:1 --variant v2");
        foreach (var line in new[] { "inspect $T:1", "inspect -v $T:1", "inspect $T:1 $R/oci-amd64:1", "inspect -v $T:1 $R/windows:ltsc2022" })
        {
            var docker = (await home.RunAsync(Tool.Docker, line)).MustSucceed();
            Assert.Equal(docker.Text, (await home.RunAsync(Tool.Viaduct, line)).MustSucceed().Text);
        }
    }

    /// <param name="instead">Who runs all lines; null for those that the chain says.</param>
    internal static async Task<(IReadOnlyList<string> Pushed, IReadOnlyList<string> Store)> RunAsync(Bed bed, Home home, Chain chain, Tool? instead)
    {
        home.Clear();
        bed.Forget("chain");
        foreach (var (tool, line) in chain.Steps) (await home.RunAsync(instead ?? tool ?? Tool.Viaduct, line)).MustSucceed();
        // docker before 23 takes the bytes away from the files that it writes.
        return (bed.Pushed("chain"), [.. home.Tree().Select(Transcript.WithoutRaw)]);
    }
}
