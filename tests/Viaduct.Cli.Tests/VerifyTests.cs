using System.Text;
using System.Text.Json;
using Viaduct.Oci;
using Viaduct.Registry;
using Viaduct.Tests.Attestations;

namespace Viaduct.Cli.Tests;

public sealed class VerifyTests : IAsyncLifetime
{
    private const string Bundle = "application/vnd.dev.sigstore.bundle.v0.3+json";
    private const string InToto = "application/vnd.in-toto+json";
    private const string Sbom = """{"spdxVersion":"SPDX-2.3",  "name":"hello","packages":[{}],"files":[]}""";

    private readonly Place _place = new Place().Image("hello");
    private readonly RegistryClient _client = new(new RegistryOptions());
    private readonly MadeKey _key = new();
    private Served _served = null!;
    private RawManifest _list = null!;

    private string Name => $"{_served.Address}/hello:latest";

    private RepositoryClient Repository => _client.Repository(Reference.Parse($"{_served.Address}/hello"), push: true);

    public async ValueTask InitializeAsync()
    {
        _served = await _place.ServeAsync();
        Assert.Equal(0, (await _place.RunAsync("push", "--registry", _served.Address)).Exit);
        _list = (await Repository.FindManifestAsync("latest", default))!;
        _place.File("cosign.pub", _key.Pem).File("no.pub", "no key");
    }

    public async ValueTask DisposeAsync()
    {
        await _served.DisposeAsync();
        _client.Dispose();
        _key.Dispose();
        _place.Dispose();
    }

    private static string Statement(Digest subject, string type, string predicate) =>
        $$$"""{"_type":"https://in-toto.io/Statement/v1","subject":[{"digest":{"sha256":"{{{subject.Hex}}}"}}],"predicateType":"{{{type}}}","predicate":{{{predicate}}} }""";

    private async Task AttachAsync(Descriptor subject, string mediaType, string content)
    {
        var (config, layer) = (Blob.FromBytes("application/vnd.oci.empty.v1+json", "{}"u8.ToArray()), Blob.FromBytes(mediaType, Encoding.UTF8.GetBytes(content)));
        foreach (var blob in (Blob[])[config, layer]) await Repository.PushBlobAsync(blob, default);
        await Repository.PushManifestAsync(new ImageManifest(config.Descriptor, [layer.Descriptor]) { Subject = subject with { Platform = null } }.ToManifest(), default);
    }

    private async Task SignAsync()
    {
        var statement = Statement(_list.Digest, "https://sigstore.dev/cosign/sign/v1", "{}");
        var signature = Convert.ToBase64String(_key.Sign(Encoding.UTF8.GetBytes($"DSSEv1 {InToto.Length} {InToto} {statement.Length} {statement}")));
        await AttachAsync(_list.Descriptor, Bundle, $$"""
            {"mediaType":"{{Bundle}}","verificationMaterial":{"publicKey":{"hint":"{{_key.Hint}}"} },
             "dsseEnvelope":{"payload":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes(statement))}}","payloadType":"{{InToto}}","signatures":[{"sig":"{{signature}}"}]} }
            """);
    }

    private async Task SbomsAsync(string predicate = Sbom)
    {
        foreach (var entry in _list.AsIndex().Manifests) await AttachAsync(entry, InToto, Statement(entry.Digest, "https://spdx.dev/Document", predicate));
    }

    [Fact]
    public async Task What_there_is_is_shown_and_what_is_demanded_decides()
    {
        await SbomsAsync();
        await SignAsync();
        var shown = await _place.RunAsync("verify", Name);
        Assert.Equal((0, ""), (shown.Exit, shown.Error));
        var lines = shown.Output.Split('\n');
        Assert.Equal([Name, _list.Digest.ToString()], lines[..2]);
        Assert.StartsWith("  signature   https://sigstore.dev/cosign/sign/v1; attached, signed, not checked  ", lines[2]);
        Assert.StartsWith("linux/amd64  sha256:", lines[3]);
        Assert.StartsWith("  sbom        SPDX-2.3, 1 package, 0 files; attached, unsigned  ", lines[4]);
        Assert.Equal("verdict: ok", lines[^2]);

        Assert.Contains("signed with the key", (await _place.RunAsync("verify", Name, "--key", "cosign.pub", "--require", "signature")).Output);
        Assert.Equal(0, (await _place.RunAsync("verify", Name, "--require", "sbom,signature")).Exit);
        var lacks = await _place.RunAsync("verify", Name, "--require", "provenance", "--platform", "linux/arm64");
        Assert.Equal(6, lacks.Exit);
        Assert.Contains("  failure VIA5084: there is no provenance\nverdict: failure\n", lacks.Output);
        Assert.DoesNotContain("linux/amd64", lacks.Output);
    }

    [Fact]
    public async Task Another_key_is_not_enough()
    {
        await SignAsync();
        using var other = new MadeKey("RSA");
        _place.File("other.pub", other.Pem);
        var outcome = await _place.RunAsync("verify", Name, "--key", "other.pub");
        Assert.Equal(6, outcome.Exit);
        Assert.Contains("failure VIA5083: the signature was not made with the key over what stands there", outcome.Output);
    }

    [Fact]
    public async Task JSON_is_as_the_schema_says()
    {
        await SbomsAsync();
        await SignAsync();
        await AttachAsync(_list.Descriptor, InToto, Statement(_list.Digest, "https://slsa.dev/provenance/v1",
            """{"buildDefinition":{"buildType":"b","resolvedDependencies":[{"uri":"pkg:docker/a@1"},{"uri":"c","digest":{"sha256":"00"}}]},"runDetails":{"builder":{"id":"i"}}}"""));
        await AttachAsync(_list.Descriptor, InToto, "{");
        var outcome = await _place.RunAsync("verify", Name, "--key", "cosign.pub", "-o", "json");
        Assert.Equal(6, outcome.Exit);
        using var json = JsonDocument.Parse(outcome.Bytes);
        Schemas.Conforms("verify.schema.json", json.RootElement);
        var claims = json.RootElement.GetProperty("manifests")[0].GetProperty("claims");
        Assert.Equal(["provenance unsigned", "signature valid", "other unsigned"], claims.EnumerateArray().Select(c => $"{c.GetProperty("kind")} {c.GetProperty("signature")}"));
        Assert.Equal("VIA5085", claims[0].GetProperty("findings")[0].GetProperty("code").GetString());
        Assert.Equal("VIA5080", claims[2].GetProperty("findings")[0].GetProperty("code").GetString());
        Assert.Equal(3, json.RootElement.GetProperty("manifests").GetArrayLength());
    }

    [Fact]
    public async Task A_statement_is_printed_as_it_is()
    {
        await SbomsAsync();
        var shown = await _place.RunAsync("verify", Name, "--platform", "linux/arm64", "--show", "sbom");
        Assert.Equal((0, Sbom + "\n", ""), (shown.Exit, shown.Output, shown.Error));
        var several = await _place.RunAsync("verify", Name, "--show", "sbom");
        Assert.Equal(2, several.Exit);
        Assert.StartsWith($"error VIA9092: {Name}: there are sboms of several images: linux/amd64, linux/arm64", several.Error);
        var none = await _place.RunAsync("verify", Name, "--show", "provenance");
        Assert.Equal((1, ""), (none.Exit, none.Output));
        Assert.StartsWith("error VIA9091", none.Error);
    }

    [Fact]
    public async Task A_copy_in_a_layout_or_archive_has_the_same()
    {
        await SbomsAsync();
        await SignAsync();
        Assert.Equal(0, (await _place.RunAsync("copy", Name, "oci:out", "oci-archive:a.tar")).Exit);
        var there = (await _place.RunAsync("verify", Name, "--key", "cosign.pub")).Output.Split('\n')[1..];
        foreach (var place in (string[])["oci:out", "oci-archive:a.tar"])
            Assert.Equal(there, (await _place.RunAsync("verify", place, "--key", "cosign.pub")).Output.Split('\n')[1..]);
    }

    [Fact]
    public async Task What_strangers_write_does_not_reach_the_terminal()
    {
        await AttachAsync(_list.Descriptor, InToto, Statement(_list.Digest, "x\\u001b[31m\\nverdict: ok", "{}"));
        var lines = (await _place.RunAsync("verify", Name)).Output.Split('\n');
        Assert.StartsWith("  other       x?[31m?verdict: ok; attached, unsigned", lines[2]);
    }

    [Theory]
    [InlineData("--key missing.pub", "VIA9090", 2)]
    [InlineData("--key .", "VIA9090", 2)]
    [InlineData("--key no.pub", "VIA5088", 2)]
    [InlineData("--require sbom,moon", "VIA9001", 2)]
    [InlineData("--show signature", "VIA9001", 2)]
    [InlineData("--show sbom -o json", "VIA9001", 2)]
    [InlineData("--platform linux/s390x", "VIA9009", 1)]
    public async Task What_cannot_be_is_refused(string line, string code, int exit)
    {
        var outcome = await _place.RunAsync(["verify", Name, .. line.Split(' ')]);
        Assert.Equal((exit, ""), (outcome.Exit, outcome.Output));
        Assert.StartsWith($"error {code}", outcome.Error);
    }

    [Fact]
    public async Task A_list_with_nothing_about_it_says_so() =>
        Assert.EndsWith("nothing is claimed of it\nverdict: ok\n", (await _place.RunAsync("verify", Name)).Output);
}
