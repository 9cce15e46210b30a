using Viaduct.Oci;

namespace Viaduct.Acceptance.Tests.Peers;

public sealed class Crane_pulls(PushedSets sets)
{
    [Theory]
    [MemberData(nameof(Everything.Pulls), MemberType = typeof(Everything))]
    public async Task The_image_that_the_list_names_for_a_platform(RegistryKind kind, string image, string platform)
    {
        RealParts.NeedTools();
        var set = await sets.InAsync(kind);
        var (list, wanted) = (set.List(image), await set.EntryAsync(image, Platform.Parse(platform)));

        Assert.Equal(wanted.Digest.ToString(), (await RealParts.CraneAsync("digest", "--platform", platform, list.ToString())).MustSucceed().Text.Trim());
        Assert.Equal((await set.ReadAsync(list.WithDigest(wanted.Digest))).Bytes.ToArray(),
            (await RealParts.CraneAsync("manifest", "--platform", platform, list.ToString())).MustSucceed().Output);
        (await RealParts.CraneAsync("validate", "--platform", platform, "--remote", list.ToString())).MustSucceed();
    }

    [Theory]
    [MemberData(nameof(Everything.Pulls), MemberType = typeof(Everything))]
    public async Task The_same_image_by_its_old_name(RegistryKind kind, string image, string platform)
    {
        RealParts.NeedTools();
        var set = await sets.InAsync(kind);
        var parsed = Platform.Parse(platform);
        var child = set.Child(image, parsed);
        Assert.Equal((await set.EntryAsync(image, parsed)).Digest.ToString(), (await RealParts.CraneAsync("digest", child.ToString())).MustSucceed().Text.Trim());
        (await RealParts.CraneAsync("validate", "--remote", child.ToString())).MustSucceed();
    }

    [Theory]
    [MemberData(nameof(Everything.Lists), MemberType = typeof(Everything))]
    public async Task Lists_that_are_whole_and_well_formed(RegistryKind kind, string image)
    {
        RealParts.NeedTools();
        var set = await sets.InAsync(kind);
        var list = set.List(image);
        (await RealParts.CraneAsync("validate", "--remote", list.ToString())).MustSucceed();
        Assert.Equal((await set.ReadAsync(list)).Bytes.ToArray(), (await RealParts.CraneAsync("manifest", list.ToString())).MustSucceed().Output);
    }
}
