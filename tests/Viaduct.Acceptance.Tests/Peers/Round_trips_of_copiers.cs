using Viaduct.Oci;

namespace Viaduct.Acceptance.Tests.Peers;

/// <summary>A tool copies a list into one registry, <c>viaduct copy</c> takes it to another, and the tool takes it back: it is the same list all the way.</summary>
public sealed class Round_trips_of_copiers(PushedSets sets)
{
    public static MatrixTheoryData<string, RegistryKind> All() => new(["crane", "skopeo", "oras", "containerd"], Enum.GetValues<RegistryKind>());

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_list_stays_the_same(string tool, RegistryKind first)
    {
        RealParts.NeedTools();
        if (tool == "containerd") RealParts.NeedContainerd();
        var (here, there) = (await sets.InAsync(first), await sets.InAsync(Other(first)));
        var repository = $"round/{tool}-{Guid.NewGuid():N}";
        var (pushed, copied, back) = (Name(here, repository), Name(there, repository), Name(here, $"{repository}-back"));
        var source = there.List("pause-named");

        await CopyAsync(tool, source, pushed);
        var wanted = await RoundTrip.DigestsAsync(here, pushed);
        Assert.Equal(await RoundTrip.DigestsAsync(there, source), wanted);

        await RoundTrip.CopyAsync(pushed.ToString(), copied.ToString());
        Assert.Equal(wanted, await RoundTrip.DigestsAsync(there, copied));

        await CopyAsync(tool, copied, back);
        Assert.Equal(wanted, await RoundTrip.DigestsAsync(here, back));
    }

    [Theory]
    [InlineData(RegistryKind.Embedded)]
    [InlineData(RegistryKind.Distribution)]
    public async Task What_oras_attached_comes_along_and_oras_finds_it(RegistryKind first)
    {
        RealParts.NeedTools();
        var (here, there) = (await sets.InAsync(first), await sets.InAsync(Other(first)));
        var repository = $"round/attached-{Guid.NewGuid():N}";
        var (pushed, copied, back) = (Name(here, repository), Name(there, repository), Name(here, $"{repository}-back"));
        await CopyAsync("oras", there.List("pause-named"), pushed);
        using var folder = new TemporaryFolder().With("sbom.json", "{}").With("signature.json", "{\"of\":\"sbom\"}");
        var sbom = await AttachAsync(pushed, "application/vnd.example.sbom", folder.At("sbom.json"));
        // About what is about the list.
        var signature = await AttachAsync(pushed.WithDigest(sbom), "application/vnd.example.signature", folder.At("signature.json"));

        await RoundTrip.CopyAsync(pushed.ToString(), copied.ToString());
        Assert.Contains(sbom.ToString(), await DiscoverAsync(copied));
        Assert.Contains(signature.ToString(), await DiscoverAsync(copied.WithDigest(sbom)));

        await CopyAsync("oras", copied, back);
        Assert.Contains(sbom.ToString(), await DiscoverAsync(back));

        // And through a layout, which oras reads as it is.
        await RoundTrip.CopyAsync(copied.ToString(), $"oci:{folder.At("layout")}:1");
        Assert.Contains(sbom.ToString(), (await RealParts.OrasAsync("discover", "--format", "json", "--oci-layout", $"{folder.At("layout")}:1")).MustSucceed().Text);
    }

    [Theory]
    [InlineData(RegistryKind.Embedded)]
    [InlineData(RegistryKind.Distribution)]
    public async Task A_layout_of_cranes_and_one_for_crane(RegistryKind kind)
    {
        RealParts.NeedTools();
        var set = await sets.InAsync(kind);
        var (pushed, back) = (Name(set, $"round/layout-{Guid.NewGuid():N}"), Name(set, $"round/layout-back-{Guid.NewGuid():N}"));
        var list = set.List("pause");
        using var folder = new TemporaryFolder();
        (await RealParts.CraneAsync("pull", "--format", "oci", list.ToString(), folder.At("cranes"))).MustSucceed();
        var digest = (await RealParts.CraneAsync("digest", list.ToString())).MustSucceed().Text.Trim();
        await RoundTrip.CopyAsync($"oci:{folder.At("cranes")}:{digest}", pushed.ToString());
        Assert.Equal(await RoundTrip.DigestsAsync(set, list), await RoundTrip.DigestsAsync(set, pushed));

        await RoundTrip.CopyAsync(list.ToString(), $"oci:{folder.At("ours")}:1");
        (await RealParts.CraneAsync("push", "--index", folder.At("ours"), back.ToString())).MustSucceed();
        // crane pushes index.json itself, in which the list is an entry.
        Assert.Contains(digest, (await RealParts.CraneAsync("manifest", back.ToString())).MustSucceed().Text);
    }

    private static RegistryKind Other(RegistryKind kind) => kind == RegistryKind.Embedded ? RegistryKind.Distribution : RegistryKind.Embedded;

    private static Reference Name(PushedSet set, string repository) => Reference.Parse($"{set.Address}/{repository}:1");

    private static async Task<Digest> AttachAsync(Reference name, string type, string file) => Digest.Parse((await RealParts.OrasAsync(
        "attach", "--plain-http", "--disable-path-validation", "--format", "go-template={{.digest}}", "--artifact-type", type, name.ToString(), $"{file}:application/json")).MustSucceed().Text.Trim());

    private static async Task<string> DiscoverAsync(Reference name) => (await RealParts.OrasAsync("discover", "--plain-http", "--format", "json", name.ToString())).MustSucceed().Text;

    private static async Task CopyAsync(string tool, Reference source, Reference target)
    {
        switch (tool)
        {
            case "crane":
                (await RealParts.CraneAsync("copy", source.ToString(), target.ToString())).MustSucceed();
                break;
            case "skopeo":
                (await RealParts.SkopeoAsync("copy", "--all", "--src-tls-verify=false", "--dest-tls-verify=false", $"docker://{source}", $"docker://{target}")).MustSucceed();
                break;
            case "oras":
                (await RealParts.OrasAsync("cp", "--recursive", "--from-plain-http", "--to-plain-http", source.ToString(), target.ToString())).MustSucceed();
                break;
            default:
                await ThroughContainerdAsync(source.ToString(), target.ToString());
                break;
        }
    }

    private static async Task ThroughContainerdAsync(string source, string target)
    {
        try
        {
            (await RealParts.CtrAsync("image", "pull", "--plain-http", "--all-platforms", source)).MustSucceed();
            (await RealParts.CtrAsync("image", "tag", source, target)).MustSucceed();
            (await RealParts.CtrAsync("image", "push", "--plain-http", target)).MustSucceed();
        }
        finally
        {
            await RealParts.CtrAsync("image", "rm", "--sync", source, target);
        }
    }
}
