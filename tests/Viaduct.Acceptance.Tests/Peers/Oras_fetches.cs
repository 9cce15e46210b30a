using Viaduct.Oci;

namespace Viaduct.Acceptance.Tests.Peers;

public sealed class Oras_fetches(PushedSets sets)
{
    [Theory]
    [MemberData(nameof(Everything.Pulls), MemberType = typeof(Everything))]
    public async Task The_manifest_and_the_config_of_a_platform(RegistryKind kind, string image, string platform)
    {
        RealParts.NeedTools();
        var set = await sets.InAsync(kind);
        var list = set.List(image);
        var wanted = await set.ReadAsync(list.WithDigest((await set.EntryAsync(image, Platform.Parse(platform))).Digest));

        Assert.Equal(wanted.Bytes.ToArray(),
            (await RealParts.OrasAsync("manifest", "fetch", "--plain-http", "--platform", platform, list.ToString())).MustSucceed().Output);
        Assert.Equal(wanted.AsImage().Config.Digest,
            Digest.Sha256((await RealParts.OrasAsync("manifest", "fetch-config", "--plain-http", "--platform", platform, list.ToString())).MustSucceed().Output));
    }
}
