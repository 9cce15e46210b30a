using System.Text.Json;
using Viaduct.Oci;

namespace Viaduct.Acceptance.Tests.Peers;

/// <summary>An engine builds and pushes a list, <c>viaduct copy</c> takes it to another registry, and the engine pulls it from there: the same images, attestations and all.</summary>
public sealed class Round_trips_of_builders(PushedSets sets)
{
    public static MatrixTheoryData<string, RegistryKind> Small() => new(["podman", "buildah"], Enum.GetValues<RegistryKind>());

    /// <summary>Layers that are in no store yet, so that they have to be sent.</summary>
    private static TemporaryFolder Fresh() => new TemporaryFolder().With("context/Dockerfile", "FROM scratch\nCOPY file /file\n").With("context/file", Guid.NewGuid().ToString());

    [Theory]
    [MemberData(nameof(Small))]
    public async Task Podman_and_buildah(string tool, RegistryKind first)
    {
        RealParts.NeedTools();
        Assert.SkipUnless(File.Exists($"{RealParts.Root}/usr/bin/{tool}"), $"{tool} is not here: {RealParts.How}");
        var (here, there) = await BothAsync(first);
        var (pushed, copied) = (Name(here, tool), Name(there, tool));
        using var folder = Fresh();
        try
        {
            await RunAsync("build", "--platform", "linux/amd64,linux/arm64", "--manifest", pushed.ToString(), folder.At("context"));
            await RunAsync("manifest", "push", "--all", "--tls-verify=false", pushed.ToString(), $"docker://{pushed}");
            var wanted = await RoundTrip.DigestsAsync(here, pushed);
            Assert.Equal(1 + 2 * 3, wanted.Count);

            await RoundTrip.CopyAsync(pushed.ToString(), copied.ToString());
            Assert.Equal(wanted, await RoundTrip.DigestsAsync(there, copied));

            await RunAsync("rmi", "--all", "--force");
            // They name an image by its config, which names its layers.
            var child = (await there.ReadAsync(copied)).AsIndex().Manifests.Single(m => m.Platform!.Architecture == "amd64");
            var config = (await there.ReadAsync(copied.WithDigest(child.Digest))).AsImage().Config.Digest;
            Assert.Contains(config.Hex, await RunAsync("pull", "--quiet", "--platform", "linux/amd64", "--tls-verify=false", copied.ToString()));
        }
        finally
        {
            await RunAsync("rmi", "--all", "--force");
        }

        async Task<string> RunAsync(params string[] words) => (await RealParts.InRootAsync(
            [tool, "--root", folder.At("store"), "--runroot", folder.At("run"), "--storage-driver", "vfs", .. words])).MustSucceed().Text;
    }

    [Theory]
    [InlineData(RegistryKind.Embedded)]
    [InlineData(RegistryKind.Distribution)]
    public async Task Docker_with_attestations(RegistryKind first)
    {
        RealParts.NeedDocker();
        var (here, there) = await BothAsync(first);
        var (pushed, copied, again) = (Name(here, "docker"), Name(there, "docker"), Name(here, "docker-again"));
        using var folder = Fresh();
        try
        {
            (await RealParts.DockerAsync("buildx", "build", "--platform", "linux/amd64,linux/arm64", "--provenance=mode=max", "--push", "--tag", pushed.ToString(), folder.At("context"))).MustSucceed();
            var wanted = await RoundTrip.DigestsAsync(here, pushed);
            // Two images, and what is attested of each.
            Assert.Equal(4, (await here.ReadAsync(pushed)).AsIndex().Manifests.Count);

            await RoundTrip.CopyAsync(pushed.ToString(), copied.ToString());
            Assert.Equal(wanted, await RoundTrip.DigestsAsync(there, copied));

            (await RealParts.DockerAsync("pull", copied.ToString())).MustSucceed();
            using var inspected = JsonDocument.Parse((await RealParts.DockerAsync("image", "inspect", copied.ToString())).MustSucceed().Output);
            Assert.Contains($"{copied.Name}@{wanted[0].Split(' ')[0]}", inspected.RootElement[0].GetProperty("RepoDigests").EnumerateArray().Select(d => d.GetString()));

            // dockerd sends the platform that it has: a single image, which goes the same way once more.
            (await RealParts.DockerAsync("tag", copied.ToString(), again.ToString())).MustSucceed();
            (await RealParts.DockerAsync("push", "--platform", "linux/amd64", again.ToString())).MustSucceed();
            var image = await RoundTrip.DigestsAsync(here, again);
            Assert.Subset(wanted.ToHashSet(), image.ToHashSet());
            var last = Name(there, "docker-again");
            await RoundTrip.CopyAsync(again.ToString(), last.ToString());
            Assert.Equal(image, await RoundTrip.DigestsAsync(there, last));
        }
        finally
        {
            await RealParts.DockerAsync("image", "rm", "--force", pushed.ToString(), copied.ToString(), again.ToString());
        }
    }

    private async Task<(PushedSet Here, PushedSet There)> BothAsync(RegistryKind first) =>
        (await sets.InAsync(first), await sets.InAsync(first == RegistryKind.Embedded ? RegistryKind.Distribution : RegistryKind.Embedded));

    private static Reference Name(PushedSet set, string tool) => Reference.Parse($"{set.Address}/round/{tool}-{Guid.NewGuid():N}:1");
}
