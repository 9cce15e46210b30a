using System.Text.Json;
using Viaduct.Oci;

namespace Viaduct.Acceptance.Tests.Peers;

public sealed class Peers_push_into_the_embedded_registry(PushedSets sets)
{
    /// <summary>A build that is nobody's but this test's: its layers are in no store yet, so they have to be sent.</summary>
    private static TemporaryFolder Fresh() => new TemporaryFolder().With("Dockerfile", "FROM scratch\nCOPY file /file\n").With("file", Guid.NewGuid().ToString());

    [Fact]
    public async Task Docker_push_of_what_docker_built()
    {
        RealParts.NeedDocker();
        var name = Name(await sets.InAsync(RegistryKind.Embedded), "docker-push");
        using var context = Fresh();
        try
        {
            (await RealParts.DockerAsync("buildx", "build", "--tag", name.ToString(), context.Path)).MustSucceed();
            var pushed = (await RealParts.DockerAsync("push", name.ToString())).MustSucceed();
            Assert.Contains($"digest: {await MustBeValidAsync(name)}", pushed.Text);
        }
        finally
        {
            await RealParts.DockerAsync("image", "rm", name.ToString());
        }
    }

    [Theory]
    [InlineData("--provenance=false")]
    [InlineData("--provenance=mode=max")]
    public async Task Buildx_build_and_push_of_several_platforms(string provenance)
    {
        RealParts.NeedDocker();
        var set = await sets.InAsync(RegistryKind.Embedded);
        var name = Name(set, "buildx");
        using var context = Fresh();
        try
        {
            (await RealParts.DockerAsync("buildx", "build", "--platform", "linux/amd64,linux/arm64,linux/arm/v7", provenance, "--push",
                "--metadata-file", context.At("metadata.json"), "--tag", name.ToString(), context.Path)).MustSucceed();
            using var metadata = JsonDocument.Parse(await File.ReadAllBytesAsync(context.At("metadata.json")));
            Assert.Equal(metadata.RootElement.GetProperty("containerimage.digest").GetString(), await MustBeValidAsync(name));
            var platforms = (await set.ReadAsync(name)).AsIndex().Manifests.Select(m => m.Platform!.ToString());
            Assert.Equal(["linux/amd64", "linux/arm64", "linux/arm/v7"], platforms.Where(p => p != "unknown/unknown"));
        }
        finally
        {
            await RealParts.DockerAsync("image", "rm", name.ToString());
        }
    }

    [Fact]
    public async Task Crane_copy_of_a_list_from_another_registry()
    {
        RealParts.NeedTools();
        var (source, name) = await FromDistributionAsync("crane-copy");
        (await RealParts.CraneAsync("copy", source.ToString(), name.ToString())).MustSucceed();
        Assert.Equal(await DigestAsync(source), await MustBeValidAsync(name));
    }

    [Fact]
    public async Task Crane_push_of_an_oci_layout()
    {
        RealParts.NeedTools();
        var set = await sets.InAsync(RegistryKind.Embedded);
        var (child, name) = (set.Child("pause-named", Platform.Parse("linux/s390x")), Name(set, "crane-push"));
        using var folder = new TemporaryFolder();
        (await RealParts.CraneAsync("pull", "--format", "oci", child.ToString(), folder.At("layout"))).MustSucceed();
        (await RealParts.CraneAsync("push", folder.At("layout"), name.ToString())).MustSucceed();
        Assert.Equal(await DigestAsync(child), await MustBeValidAsync(name));
    }

    [Fact]
    public async Task Skopeo_copy_of_a_whole_list()
    {
        RealParts.NeedTools();
        var (source, name) = await FromDistributionAsync("skopeo-copy");
        (await RealParts.SkopeoAsync("copy", "--all", "--src-tls-verify=false", "--dest-tls-verify=false", $"docker://{source}", $"docker://{name}")).MustSucceed();
        Assert.Equal(await DigestAsync(source), await MustBeValidAsync(name));
    }

    [Fact]
    public async Task Oras_copy_of_a_list_with_its_referrers()
    {
        RealParts.NeedTools();
        var (source, name) = await FromDistributionAsync("oras-copy");
        (await RealParts.OrasAsync("cp", "--recursive", "--from-plain-http", "--to-plain-http", source.ToString(), name.ToString())).MustSucceed();
        Assert.Equal(await DigestAsync(source), await MustBeValidAsync(name));

        using var folder = new TemporaryFolder().With("sbom.json", "{}");
        // oras refuses paths outside its folder, and has no folder here.
        (await RealParts.OrasAsync("attach", "--plain-http", "--disable-path-validation", "--artifact-type", "application/vnd.example.sbom", name.ToString(),
            $"{folder.At("sbom.json")}:application/json")).MustSucceed();
        Assert.Contains("application/vnd.example.sbom", (await RealParts.OrasAsync("discover", "--plain-http", "--format", "json", name.ToString())).MustSucceed().Text);
    }

    [Fact]
    public async Task Containerd_push_of_a_list_that_it_pulled_from_another_registry()
    {
        RealParts.NeedContainerd();
        var (source, name) = await FromDistributionAsync("ctr-push");
        try
        {
            (await RealParts.CtrAsync("image", "pull", "--plain-http", "--all-platforms", source.ToString())).MustSucceed();
            (await RealParts.CtrAsync("image", "tag", source.ToString(), name.ToString())).MustSucceed();
            (await RealParts.CtrAsync("image", "push", "--plain-http", name.ToString())).MustSucceed();
            Assert.Equal(await DigestAsync(source), await MustBeValidAsync(name));
        }
        finally
        {
            await RealParts.CtrAsync("image", "rm", "--sync", source.ToString(), name.ToString());
        }
    }

    private static Reference Name(PushedSet set, string repository) => Reference.Parse($"{set.Address}/peers/{repository}:1");

    private async Task<(Reference Source, Reference Name)> FromDistributionAsync(string repository) =>
        ((await sets.InAsync(RegistryKind.Distribution)).List("pause-named"), Name(await sets.InAsync(RegistryKind.Embedded), repository));

    private static async Task<string> DigestAsync(Reference name) => (await RealParts.CraneAsync("digest", name.ToString())).MustSucceed().Text.Trim();

    /// <summary>The digest under a name, when all that is below it is there and whole.</summary>
    private static async Task<string> MustBeValidAsync(Reference name)
    {
        // Of one platform only, because crane takes the statements of an attestation for layers. oras reads and hashes everything.
        (await RealParts.CraneAsync("validate", "--platform", "linux/amd64", "--remote", name.ToString())).MustSucceed();
        using var folder = new TemporaryFolder();
        (await RealParts.OrasAsync("cp", "--recursive", "--from-plain-http", "--to-oci-layout", name.ToString(), $"{folder.At("layout")}:1")).MustSucceed();
        return await DigestAsync(name);
    }
}
