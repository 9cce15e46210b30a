using Viaduct.Oci;

namespace Viaduct.Acceptance.Tests.Peers;

public sealed class Containerd_pulls(PushedSets sets)
{
    [Theory]
    [MemberData(nameof(Everything.Pulls), MemberType = typeof(Everything))]
    public async Task The_list_and_the_layers_of_a_platform_and_no_others(RegistryKind kind, string image, string platform)
    {
        RealParts.NeedContainerd();
        var set = await sets.InAsync(kind);
        var (list, name) = (await set.ReadAsync(set.List(image)), set.List(image).ToString());
        try
        {
            (await RealParts.CtrAsync("image", "pull", "--plain-http", "--platform", platform, name)).MustSucceed();
            Assert.Contains(list.Digest.ToString(), (await RealParts.CtrAsync("image", "ls", $"name=={name}")).MustSucceed().Text);

            var fetched = (await RealParts.CtrAsync("content", "ls", "-q")).MustSucceed().Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).ToHashSet();
            var entry = await set.EntryAsync(image, Platform.Parse(platform));
            var chosen = (await set.ReadAsync(set.List(image).WithDigest(entry.Digest))).AsImage();
            Assert.Superset(chosen.Layers.Select(l => l.Digest.ToString()).ToHashSet(), fetched);
            Assert.Empty((await LayersOfOthersAsync(set, image, entry)).Except(chosen.Layers.Select(l => l.Digest.ToString())).Intersect(fetched));
        }
        finally
        {
            (await RealParts.CtrAsync("image", "rm", "--sync", name)).MustSucceed();
        }
    }

    private static async Task<IEnumerable<string>> LayersOfOthersAsync(PushedSet set, string image, Descriptor entry)
    {
        var layers = new List<string>();
        foreach (var other in (await set.ReadAsync(set.List(image))).AsIndex().Manifests.Where(m => m.Digest != entry.Digest))
            layers.AddRange((await set.ReadAsync(set.List(image).WithDigest(other.Digest))).AsImage().Layers.Select(l => l.Digest.ToString()));
        return layers;
    }
}
