using System.Text.Json;

namespace Viaduct.Acceptance.Tests.Engines;

/// <summary>Images with RUN for three processors from the Dockerfile to a container that runs, by the command line alone, on every engine.</summary>
public sealed class Run_images_all_the_way
{
    private const string NoEngine = "unix:///nowhere/docker.sock";

    [Theory]
    [InlineData("store")]
    [InlineData("graph")]
    [InlineData("old")]
    public async Task One_command_builds_joins_pushes_and_verifies_and_the_engine_runs_each(string name)
    {
        RealParts.NeedDistribution();
        var engine = Engine.Of(name);
        engine.Need();
        await using var registry = await Distribution.StartAsync();
        using var set = EngineSet.Of(EngineSet.Uname);
        var pushed = (await set.ViaductAsync(engine, "push", "--registry", registry.Address, "--simulate", "--verbose")).MustSucceed();
        foreach (var architecture in EngineSet.Machines.Keys)
        {
            Assert.Contains($"built base linux/{architecture}", pushed.Error, StringComparison.Ordinal);
            Assert.Contains($"built app linux/{architecture}", pushed.Error, StringComparison.Ordinal);
        }
        var list = (await RealParts.CraneAsync("manifest", $"{registry.Address}/app:1")).MustSucceed();
        Assert.Equal(EngineSet.Machines.Keys, Entries(list.Output).Select(e => e.GetProperty("platform").GetProperty("architecture").GetString()));
        Assert.Empty(await set.NamesLeftAsync(engine));

        // Nothing to do is known without the engine.
        var again = (await set.ViaductAsync(NoEngine, "push", "--registry", registry.Address, "--simulate", "--verbose")).MustSucceed();
        Assert.DoesNotContain("built ", again.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(" PUT ", again.Error, StringComparison.Ordinal);
        Assert.Equal(list.Text, (await RealParts.CraneAsync("manifest", $"{registry.Address}/app:1")).MustSucceed().Text);

        await set.RunsAsync(engine, $"{registry.Address}/app:1", [.. EngineSet.Machines.Keys]);
    }

    [Fact]
    public async Task A_set_of_three_builders_is_one_command_and_keeps_its_provenance()
    {
        RealParts.NeedDistribution();
        var engine = Engine.Store;
        await using var bed = new BuildxBed(engine);
        await using var registry = await Distribution.StartAsync();
        using var set = EngineSet.Of(EngineSet.Uname);
        set.Folder.With("images/proven/image.yaml", "tags: [\"1\"]\nbuilder: buildx\nprovenance: max\nplatforms: [linux/amd64, linux/arm64]\n")
            .With("images/proven/Dockerfile", $"FROM app\nLABEL proven=yes\nRUN [\"/bin/busybox\", \"sh\", \"-c\", \": {set.Mark}; /bin/busybox uname -m > /proven\"]\n");
        var variables = set.Variables(engine.Address!);
        variables["PATH"] = Path.Combine(bed.Folder, "bin") + ":" + Environment.GetEnvironmentVariable("PATH");
        var pushed = (await ViaductCli.RunAsync(set.Folder, variables, "push", "--registry", registry.Address, "--simulate", "--verbose")).MustSucceed();
        Assert.Contains("built proven linux/arm64", pushed.Error, StringComparison.Ordinal);

        var entries = Entries((await RealParts.CraneAsync("manifest", $"{registry.Address}/proven:1")).MustSucceed().Output);
        var images = entries.Where(e => e.GetProperty("platform").GetProperty("os").GetString() != "unknown").ToList();
        var attestations = entries.Where(e => e.TryGetProperty("annotations", out var a) && a.TryGetProperty("vnd.docker.reference.type", out var t) && t.GetString() == "attestation-manifest").ToList();
        Assert.Equal(["amd64", "arm64"], images.Select(e => e.GetProperty("platform").GetProperty("architecture").GetString()));
        Assert.Equal(images.Select(DigestOf), attestations.Select(a => a.GetProperty("annotations").GetProperty("vnd.docker.reference.digest").GetString()));
        foreach (var attestation in attestations)
        {
            // The statement itself came along, and speaks of the image beside it.
            var manifest = JsonDocument.Parse((await RealParts.CraneAsync("manifest", $"{registry.Address}/proven@{DigestOf(attestation)}")).MustSucceed().Output).RootElement;
            var statement = (await RealParts.CraneAsync("blob", $"{registry.Address}/proven@{DigestOf(manifest.GetProperty("layers")[0])}")).MustSucceed().Text;
            Assert.Contains("slsa.dev/provenance", statement, StringComparison.Ordinal);
            var subject = Assert.Single(JsonDocument.Parse(statement).RootElement.GetProperty("subject").EnumerateArray());
            Assert.Equal(attestation.GetProperty("annotations").GetProperty("vnd.docker.reference.digest").GetString(), "sha256:" + subject.GetProperty("digest").GetProperty("sha256").GetString());
        }
        // app, which was built by docker and has none.
        Assert.Equal(3, Entries((await RealParts.CraneAsync("manifest", $"{registry.Address}/app:1")).MustSucceed().Output).Count);

        var again = (await ViaductCli.RunAsync(set.Folder, set.Variables(NoEngine), "push", "--registry", registry.Address, "--simulate", "--verbose")).MustSucceed();
        Assert.DoesNotContain("built ", again.Error, StringComparison.Ordinal);
        await set.RunsAsync(engine, $"{registry.Address}/app:1", [.. EngineSet.Machines.Keys]);
    }

    private static List<JsonElement> Entries(byte[] list) => [.. JsonDocument.Parse(list).RootElement.GetProperty("manifests").EnumerateArray()];

    private static string DigestOf(JsonElement descriptor) => descriptor.GetProperty("digest").GetString()!;
}
