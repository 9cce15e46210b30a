using System.Text.Json;

namespace Viaduct.Acceptance.Tests.Signing;

/// <summary>What the set's command lets cosign sign, cosign verifies and so does viaduct; what cosign, oras and buildx state of an image is read.</summary>
public sealed class Cosign_signs_and_verifies : IDisposable
{
    private const string Provenance = """{"buildDefinition":{"buildType":"https://example.test/t","externalParameters":{},"resolvedDependencies":[{"uri":"pkg:docker/a@1","digest":{"sha256":"00"}}]},"runDetails":{"builder":{"id":"https://example.test/b"}}}""";
    private const string Sbom = """{"spdxVersion":"SPDX-2.3","name":"app","SPDXID":"SPDXRef-DOCUMENT","packages":[{"name":"a"},{"name":"b"}],"files":[]}""";

    private static readonly string[] Offline = ["--tlog-upload=false", "--use-signing-config=false", "--allow-http-registry"];

    private readonly TemporaryFolder _folder = new TemporaryFolder().WithApp("FROM scratch\nCOPY f /f\n").With("images/app/f", "x").With("provenance.json", Provenance).With("sbom.json", Sbom);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(RegistryKind.Distribution, "--new-bundle-format=true")]
    [InlineData(RegistryKind.Distribution, "--new-bundle-format=false")]
    [InlineData(RegistryKind.Embedded, "--new-bundle-format=true")]
    [InlineData(RegistryKind.Embedded, "--new-bundle-format=false")]
    public async Task A_push_signs_and_everybody_agrees(RegistryKind kind, string format)
    {
        RealParts.NeedCosign();
        await using var distribution = kind == RegistryKind.Distribution ? await StartAsync() : null;
        using var embedded = kind == RegistryKind.Embedded ? await ServedStore.StartAsync("store") : null;
        var address = distribution?.Address ?? embedded!.Address;
        foreach (var key in (string[])["cosign", "other"]) (await RealParts.CosignAsync("generate-key-pair", "--output-key-prefix", _folder.At(key))).MustSucceed();
        string[] sign = ["chroot", RealParts.Root!, "env", "HOME=/root", "cosign", "sign", "--yes", "--key", _folder.At("cosign.key"), format, .. Offline, "$(IMAGE)@$(DIGEST)"];
        _folder.With("viaduct.yaml", $"registry: {address}/team\nsign:\n  run: [{string.Join(", ", sign.Select(w => $"'{w}'"))}]\n  env: {{ COSIGN_PASSWORD: '' }}\n");

        (await ViaductCli.RunAsync(_folder, "push")).MustSucceed();
        var name = $"{address}/team/app:1";
        var (digest, signatures) = await ClaimsAsync(name, "signature");
        Assert.Equal(1, signatures);
        var image = $"{address}/team/app@{digest}";
        (await RealParts.CosignAsync("verify", "--key", _folder.At("cosign.pub"), format, "--insecure-ignore-tlog", "--allow-http-registry", image)).MustSucceed();
        Assert.NotEqual(0, (await RealParts.CosignAsync("verify", "--key", _folder.At("other.pub"), format, "--insecure-ignore-tlog", "--allow-http-registry", image)).Exit);
        Assert.Contains("signed with the key", (await ViaductCli.RunAsync(_folder, "verify", name, "--key", "cosign.pub")).MustSucceed().Text);
        var wrong = await ViaductCli.RunAsync(_folder, "verify", name, "--key", "other.pub");
        Assert.Equal(6, wrong.Exit);
        Assert.Contains("VIA5083", wrong.Text);

        (await ViaductCli.RunAsync(_folder, "push")).MustSucceed();
        Assert.Equal((digest, 1), await ClaimsAsync(name, "signature"));

        foreach (var (type, file) in ((string, string)[])[("slsaprovenance1", "provenance.json"), ("spdxjson", "sbom.json")])
            (await RealParts.CosignAsync(["attest", "--yes", "--key", _folder.At("cosign.key"), format, .. Offline, "--type", type, "--predicate", _folder.At(file), image])).MustSucceed();
        var attested = (await ViaductCli.RunAsync(_folder, "verify", name, "--key", "cosign.pub", "--require", "provenance,sbom,signature")).MustSucceed().Text;
        Assert.Contains("SLSA v1 by https://example.test/b, 1 material, each with a digest", attested);
        Assert.Contains("SPDX-2.3, 2 packages, 0 files", attested);
        Assert.EndsWith("verdict: ok\n", attested);
        Assert.Equal(6, (await ViaductCli.RunAsync(_folder, "verify", name, "--key", "other.pub", "--require", "provenance")).Exit);
    }

    [Fact]
    public async Task What_oras_attaches_is_read()
    {
        RealParts.NeedCosign();
        await using var registry = await StartAsync();
        (await ViaductCli.RunAsync(_folder, "push", "--registry", registry.Address + "/team")).MustSucceed();
        var name = $"{registry.Address}/team/app:1";
        (await RealParts.OrasAsync("attach", "--plain-http", "--disable-path-validation", "--artifact-type", "application/spdx+json", name, $"{_folder.At("sbom.json")}:application/spdx+json")).MustSucceed();
        Assert.Contains("sbom        SPDX-2.3, 2 packages, 0 files; attached, unsigned", (await ViaductCli.RunAsync(_folder, "verify", name, "--require", "sbom")).MustSucceed().Text);
        Assert.Contains("\"spdxVersion\"", (await ViaductCli.RunAsync(_folder, "verify", name, "--show", "sbom")).MustSucceed().Text);
    }

    [Theory]
    [InlineData("min")]
    [InlineData("max")]
    public async Task What_buildx_puts_into_a_list_is_read(string mode)
    {
        RealParts.NeedDocker();
        var archive = _folder.At("built.tar");
        (await RealParts.DockerAsync("buildx", "build", "--platform", "linux/amd64,linux/arm64", $"--provenance=mode={mode}", "-t", "registry.example/app:1",
            "--output", $"type=oci,dest={archive}", _folder.At("images/app"))).MustSucceed();
        var text = (await ViaductCli.RunAsync(_folder, "verify", $"oci-archive:{archive}", "--require", "provenance")).MustSucceed().Text;
        Assert.Equal(2, text.Split("  provenance  SLSA v0.2 by ").Length - 1);
        using var json = JsonDocument.Parse((await ViaductCli.RunAsync(_folder, "verify", $"oci-archive:{archive}", "--platform", "linux/arm64", "--show", "provenance")).MustSucceed().Output);
        Assert.Equal("https://mobyproject.org/buildkit@v1", json.RootElement.GetProperty("buildType").GetString());
    }

    private static Task<Distribution> StartAsync()
    {
        RealParts.NeedDistribution();
        return Distribution.StartAsync();
    }

    /// <summary>The list's digest, and how many claims of a kind there are of it.</summary>
    private async Task<(string Digest, int Count)> ClaimsAsync(string name, string kind)
    {
        using var json = JsonDocument.Parse((await ViaductCli.RunAsync(_folder, "verify", name, "-o", "json")).MustSucceed().Output);
        return (json.RootElement.GetProperty("digest").GetString()!, json.RootElement.GetProperty("manifests")[0].GetProperty("claims").EnumerateArray().Count(c => c.GetProperty("kind").GetString() == kind));
    }
}
