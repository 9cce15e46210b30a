using Viaduct.Oci;

namespace Viaduct.Acceptance.Tests.Reproducibility;

/// <summary>The embedded builder's images hold the files and settings that BuildKit makes of the same Dockerfile.</summary>
public sealed class BuildKit_makes_the_same(PushedSets sets)
{
    public static MatrixTheoryData<string, string> Children() => new(PushedSets.Images, PushedSets.Platforms);

    [Theory]
    [MemberData(nameof(Children))]
    public async Task Files_and_settings(string image, string platform)
    {
        RealParts.NeedDocker();
        var set = await sets.InAsync(RegistryKind.Embedded);
        var (mine, its) = (set.List(image).ToString(), $"{set.Address}/buildkit/{image}:{platform.Replace('/', '-')}");
        var parsed = Platform.Parse(platform);
        try
        {
            // BuildKit's own list of pause would need ARCH to differ by platform, so each is built alone.
            (await RealParts.DockerAsync("buildx", "build", "--platform", platform, "--provenance=false", "--push",
                "--build-arg", $"ARCH={parsed.ArchWord}", "--build-arg", $"BASE={set.Child("pause", parsed)}",
                "--tag", its, set.Set.Find(image)!.Context)).MustSucceed();
            var (ours, theirs) = (await UnpackedImage.ReadAsync(mine, platform), await UnpackedImage.ReadAsync(its, platform));
            Assert.Empty(theirs.DifferencesTo(ours));
        }
        finally
        {
            await RealParts.DockerAsync("image", "rm", its);
        }
    }
}
