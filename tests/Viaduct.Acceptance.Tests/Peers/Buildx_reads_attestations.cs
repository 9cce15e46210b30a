using System.Text.Json;
using Viaduct.Acceptance.Tests.Engines;
using Viaduct.Server;

namespace Viaduct.Acceptance.Tests.Peers;

/// <summary>What Viaduct attaches docker's own tools take for theirs, and oras finds it by the image alone.</summary>
public sealed class Buildx_reads_attestations
{
    private const string Status = "Package: bash\nStatus: install ok installed\nArchitecture: amd64\nVersion: 5.2.15-2+b2\n";

    [Theory]
    [InlineData(RegistryKind.Distribution)]
    [InlineData(RegistryKind.Embedded)]
    public async Task Made_by_the_embedded_builder(RegistryKind kind)
    {
        RealParts.NeedTools();
        if (kind == RegistryKind.Distribution) RealParts.NeedDistribution();
        using var folder = Images();
        var (server, address) = await StartAsync(kind, folder);
        await using var _ = server;
        (await ViaductCli.RunAsync(folder, "push", "--registry", address, "--attest", "provenance,sbom", "--simulate")).MustSucceed();

        foreach (var platform in (string[])["linux/amd64", "linux/arm64"])
        {
            using var provenance = await InspectAsync($"{address}/app:1", "{{json .Provenance}}");
            var slsa = provenance.RootElement.GetProperty(platform).GetProperty("SLSA").GetProperty("buildDefinition");
            Assert.Equal("https://viaduct.dev/build/dockerfile/v1", slsa.GetProperty("buildType").GetString());
            Assert.Equal($"pkg:docker/base@1?platform={platform.Replace("/", "%2F", StringComparison.Ordinal)}", Assert.Single(slsa.GetProperty("resolvedDependencies").EnumerateArray()).GetProperty("uri").GetString());

            using var sbom = await InspectAsync($"{address}/app:1", "{{json .SBOM}}");
            var spdx = sbom.RootElement.GetProperty(platform).GetProperty("SPDX");
            Assert.Contains("bash", spdx.GetProperty("packages").EnumerateArray().Select(p => p.GetProperty("name").GetString()));
            Assert.Equal("./srv/file", Assert.Single(spdx.GetProperty("files").EnumerateArray()).GetProperty("fileName").GetString());
        }

        var list = JsonDocument.Parse((await RealParts.OrasAsync("manifest", "fetch", "--plain-http", $"{address}/app:1")).MustSucceed().Output).RootElement.GetProperty("manifests").EnumerateArray().ToList();
        foreach (var (image, entry) in list.Take(2).Zip(list.Skip(2)))
        {
            using var found = JsonDocument.Parse((await RealParts.OrasAsync("discover", "--plain-http", "--format", "json", $"{address}/app@{DigestOf(image)}")).MustSucceed().Output);
            Assert.Equal(DigestOf(entry), DigestOf(Assert.Single(found.RootElement.GetProperty("referrers").EnumerateArray())));
            using var manifest = JsonDocument.Parse((await RealParts.OrasAsync("manifest", "fetch", "--plain-http", $"{address}/app@{DigestOf(entry)}")).MustSucceed().Output);
            Assert.Equal(DigestOf(image), DigestOf(manifest.RootElement.GetProperty("subject")));
            var statement = (await RealParts.OrasAsync("blob", "fetch", "--plain-http", "--output", "-", $"{address}/app@{DigestOf(manifest.RootElement.GetProperty("layers")[0])}")).MustSucceed();
            Assert.Equal("https://in-toto.io/Statement/v1", JsonDocument.Parse(statement.Output).RootElement.GetProperty("_type").GetString());
        }

        // A checkout elsewhere finds nothing to do.
        using var elsewhere = Images();
        var again = (await ViaductCli.RunAsync(elsewhere, "plan", "--check", "--registry", address, "--attest", "provenance,sbom")).MustSucceed();
        Assert.DoesNotContain("build", again.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("store")]
    [InlineData("graph")]
    public async Task Made_of_what_an_engine_gave_back(string name)
    {
        RealParts.NeedDistribution();
        var engine = Engine.Of(name);
        engine.Need();
        await using var registry = await Distribution.StartAsync();
        using var set = EngineSet.Of(EngineSet.Uname, platforms: "linux/amd64", settings: "attestations: [provenance, sbom]\n");
        (await set.ViaductAsync(engine, "push", "--registry", registry.Address, "--simulate")).MustSucceed();
        using var provenance = await InspectAsync($"{registry.Address}/app:1", "{{json .Provenance}}");
        Assert.Equal("https://viaduct.dev/builder/docker", provenance.RootElement.GetProperty("SLSA").GetProperty("runDetails").GetProperty("builder").GetProperty("id").GetString());
        using var sbom = await InspectAsync($"{registry.Address}/app:1", "{{json .SBOM}}");
        var files = sbom.RootElement.GetProperty("SPDX").GetProperty("files").EnumerateArray().Select(f => f.GetProperty("fileName").GetString()).ToList();
        Assert.Contains("./machine", files);
        Assert.DoesNotContain("./bin/busybox", files);
        Assert.DoesNotContain("build", (await set.ViaductAsync("unix:///nowhere/docker.sock", "plan", "--check", "--registry", registry.Address)).MustSucceed().Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Made_by_buildx_where_buildx_builds()
    {
        RealParts.NeedDistribution();
        await using var bed = new BuildxBed(Engine.Store);
        await using var registry = await Distribution.StartAsync();
        using var set = EngineSet.Of(EngineSet.Uname, platforms: "linux/amd64", settings: "builder: buildx\nattestations: [provenance]\n");
        var variables = set.Variables(Engine.Store.Address!);
        variables["PATH"] = Path.Combine(bed.Folder, "bin") + ":" + Environment.GetEnvironmentVariable("PATH");
        (await ViaductCli.RunAsync(set.Folder, variables, "push", "--registry", registry.Address, "--simulate")).MustSucceed();
        using var provenance = await InspectAsync($"{registry.Address}/app:1", "{{json .Provenance}}");
        Assert.DoesNotContain("viaduct.dev", provenance.RootElement.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("build", (await ViaductCli.RunAsync(set.Folder, variables, "plan", "--check", "--registry", registry.Address)).MustSucceed().Text, StringComparison.Ordinal);
    }

    private static TemporaryFolder Images() => new TemporaryFolder()
        .With("viaduct.yaml", "defaults:\n  tags: [\"1\"]\n")
        .With("images/base/Dockerfile", "FROM scratch\nCOPY status /var/lib/dpkg/status\n").With("images/base/status", Status)
        .With("images/app/Dockerfile", "FROM base:1\nARG ARCH\nCOPY ${ARCH} /srv/file\n").With("images/app/amd64", "for amd64").With("images/app/arm64", "for arm64");

    private static async Task<(IAsyncDisposable Server, string Address)> StartAsync(RegistryKind kind, TemporaryFolder folder)
    {
        if (kind == RegistryKind.Distribution)
        {
            var distribution = await Distribution.StartAsync();
            return (distribution, distribution.Address);
        }
        var embedded = await EmbeddedRegistry.StartAsync(new EmbeddedRegistryOptions { Store = folder.At("store"), Port = 0 }, default);
        return (embedded, embedded.Address);
    }

    private static async Task<JsonDocument> InspectAsync(string reference, string format) =>
        JsonDocument.Parse((await RealParts.InRootAsync(["docker", "buildx", "imagetools", "inspect", reference, "--format", format])).MustSucceed().Output);

    private static string DigestOf(JsonElement descriptor) => descriptor.GetProperty("digest").GetString()!;
}
