using Viaduct.Oci;

namespace Viaduct.Acceptance.Tests.Peers;

public sealed class Skopeo_copies(PushedSets sets)
{
    [Theory]
    [MemberData(nameof(Everything.Pulls), MemberType = typeof(Everything))]
    public async Task The_image_that_the_list_names_for_a_platform(RegistryKind kind, string image, string platform)
    {
        RealParts.NeedTools();
        var set = await sets.InAsync(kind);
        var parsed = Platform.Parse(platform);
        using var folder = new TemporaryFolder();
        string[] variant = parsed.Variant is null ? [] : ["--override-variant", parsed.Variant];
        (await RealParts.SkopeoAsync(["copy", "--src-tls-verify=false", "--override-os", parsed.Os, "--override-arch", parsed.Architecture, .. variant,
            $"docker://{set.List(image)}", $"dir:{folder.Path}"])).MustSucceed();

        var wanted = await set.EntryAsync(image, parsed);
        Assert.Equal(wanted.Digest, Digest.Sha256(await File.ReadAllBytesAsync(folder.At("manifest.json"))));
        foreach (var blob in (await set.ReadAsync(set.List(image).WithDigest(wanted.Digest))).AsImage().Blobs)
            Assert.Equal(blob.Digest, Digest.Sha256(await File.ReadAllBytesAsync(folder.At(blob.Digest.Hex))));
    }
}
