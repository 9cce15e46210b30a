using System.Text.Json;
using Viaduct.Oci;

namespace Viaduct.Acceptance.Tests.Peers;

public sealed class Docker_pulls_and_runs(PushedSets sets)
{
    [Theory]
    [MemberData(nameof(Everything.Pulls), MemberType = typeof(Everything))]
    public async Task The_image_of_a_platform_on_its_architecture(RegistryKind kind, string image, string platform)
    {
        RealParts.NeedDocker();
        var set = await sets.InAsync(kind);
        var list = set.List(image);
        try
        {
            var pulled = (await RealParts.DockerAsync("pull", "--platform", platform, list.ToString())).MustSucceed();
            Assert.Contains($"Digest: {(await set.ReadAsync(list)).Digest}", pulled.Text);

            using var inspected = JsonDocument.Parse((await RealParts.DockerAsync("image", "inspect", "--platform", platform, list.ToString())).MustSucceed().Output);
            Assert.Equal((await set.EntryAsync(image, Platform.Parse(platform))).Digest.ToString(),
                inspected.RootElement[0].GetProperty("Descriptor").GetProperty("digest").GetString());

            var run = (await RealParts.DockerAsync("run", "--rm", "--network", "none", "--pull", "never", "--platform", platform, list.ToString(), "-v")).MustSucceed();
            Assert.Equal(Repository.PauseVersion, run.Text.Trim());
        }
        finally
        {
            (await RealParts.DockerAsync("image", "rm", list.ToString())).MustSucceed();
        }
    }

    [Theory]
    [InlineData(RegistryKind.Embedded)]
    [InlineData(RegistryKind.Distribution)]
    public async Task The_right_image_of_a_list_when_nobody_names_a_platform(RegistryKind kind)
    {
        RealParts.NeedDocker();
        var list = (await sets.InAsync(kind)).List("pause").ToString();
        try
        {
            var run = (await RealParts.DockerAsync("run", "--rm", "--network", "none", "--pull", "always", "--quiet", list, "-v")).MustSucceed();
            Assert.Equal(Repository.PauseVersion, run.Text.Trim());
        }
        finally
        {
            (await RealParts.DockerAsync("image", "rm", list)).MustSucceed();
        }
    }
}
