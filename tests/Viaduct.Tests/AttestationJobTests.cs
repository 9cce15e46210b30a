using Viaduct.Build;
using Viaduct.Configuration;
using Viaduct.Oci;
using Viaduct.Verification;

namespace Viaduct.Tests;

/// <summary>Jobs that attach provenance and SBOMs, made by the embedded builder.</summary>
public sealed class AttestationJobTests : IAsyncLifetime
{
    private const AttestationKinds Both = AttestationKinds.Provenance | AttestationKinds.Sbom;

    private TestSet _set = null!;

    public async ValueTask InitializeAsync() => _set = Filled(await TestSet.StartAsync());

    public ValueTask DisposeAsync() => _set.DisposeAsync();

    [Fact]
    public async Task They_stand_behind_all_images_and_a_second_run_does_nothing()
    {
        MustBeProven(await RunAsync(Both));
        var entries = (await _set.FindAsync("two:latest"))!.AsIndex().Manifests;
        Assert.Equal(["linux/amd64", "linux/arm64", "unknown/unknown", "unknown/unknown"], entries.Select(e => e.Platform!.ToString()));
        foreach (var (image, attestation) in entries.Take(2).Zip(entries.Skip(2)))
        {
            Assert.Equal(AttestationEntry.Make(attestation, image.Digest), attestation);
            var manifest = (await _set.FindAsync($"two@{attestation.Digest}"))!.AsImage();
            Assert.Equal(["https://slsa.dev/provenance/v1", "https://spdx.dev/Document"], manifest.Layers.Select(l => l.Annotations["in-toto.io/predicate-type"]));
            var found = await _set.Client.Repository(Reference.Parse($"{_set.Address}/two")).ReferrersAsync(image.Digest, null, default).ToListAsync();
            Assert.Equal(attestation.Digest, Assert.Single(found).Digest);
        }
        Assert.Empty(await StepsAsync(Both));

        // A machine that remembers nothing finds them in the list.
        Directory.Delete(Path.Combine(_set.Folder.Path, ".viaduct"), recursive: true);
        Assert.Empty(await StepsAsync(Both));
    }

    [Fact]
    public async Task Turned_on_and_off_again_each_image_has_its_old_digest()
    {
        MustBeProven(await RunAsync(null));
        var plain = await _set.FindAsync("two:latest");
        MustBeProven(await RunAsync(AttestationKinds.Sbom));
        Assert.NotEqual(plain!.Digest, (await _set.FindAsync("two:latest"))!.Digest);
        Assert.Contains(await StepsAsync(Both), s => s.StartsWith("Build", StringComparison.Ordinal));
        MustBeProven(await RunAsync(AttestationKinds.None));
        Assert.Equal(plain.Digest, (await _set.FindAsync("two:latest"))!.Digest);
        Assert.DoesNotContain(plain.AsIndex().Manifests, AttestationEntry.Is);
    }

    [Fact]
    public async Task Two_registries_get_the_same_lists()
    {
        await using var other = Filled(await TestSet.StartAsync());
        MustBeProven(await RunAsync(Both));
        MustBeProven(await RunAsync(Both, other));
        foreach (var name in (string[])["one:latest", "two:latest"])
            Assert.Equal((await _set.FindAsync(name))!.Digest, (await other.FindAsync(name))!.Digest);
    }

    [Fact]
    public async Task An_image_of_the_set_is_a_dependency_by_its_name_in_the_Dockerfile()
    {
        MustBeProven(await RunAsync(AttestationKinds.Provenance));
        var list = (await _set.FindAsync("two:latest"))!.AsIndex().Manifests;
        var manifest = (await _set.FindAsync($"two@{list[2].Digest}"))!.AsImage();
        await using var content = await _set.Client.Repository(Reference.Parse($"{_set.Address}/two")).OpenBlobAsync(manifest.Layers[0], default);
        var statement = await new StreamReader(content).ReadToEndAsync();
        var below = (await _set.FindAsync("one-amd64:latest"))!.Digest;
        Assert.Contains($$$"""[{"uri":"pkg:docker/one@latest?platform=linux%2Famd64","digest":{"sha256":"{{{below.Hex}}}"}}]""", statement, StringComparison.Ordinal);
        Assert.DoesNotContain(_set.Address, statement, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("attestations: [provenance, sbom]", Both)]
    [InlineData("attestations: sbom", AttestationKinds.Sbom)]
    [InlineData("attestations: none", AttestationKinds.None)]
    [InlineData("attestations: []", AttestationKinds.None)]
    [InlineData("name: x", AttestationKinds.Provenance)]
    public void The_files_say_what_is_attached(string line, AttestationKinds kinds)
    {
        _set.Folder.With("viaduct.yaml", "defaults:\n  attestations: [provenance]\n").With("images/one/image.yaml", line + "\n");
        var image = ImageSetReader.Read(_set.Folder.Path, new()).Images[0];
        Assert.Equal((kinds, kinds != AttestationKinds.None), (image.Attest, image.HasAttestations));
        Assert.Equal(AttestationKinds.Sbom, ImageSetReader.Read(_set.Folder.Path, new() { Attestations = AttestationKinds.Sbom }).Images[0].Attest);
    }

    [Theory]
    [InlineData("attestations: [provenence]", "VIA2006", "Did you mean 'provenance'?")]
    [InlineData("attestations: [sbom, none]", "VIA2006", "Name provenance, sbom or both, or none alone.")]
    [InlineData("attestations: sbom\nmedia-types: docker", "VIA5070", "Take media-types: oci, or attach nothing to this image.")]
    public void What_cannot_be_is_refused(string lines, string code, string todo)
    {
        _set.Folder.With("images/one/image.yaml", lines + "\n");
        var error = Assert.Throws<ViaductException>(() => ImageSetReader.Read(_set.Folder.Path, new()));
        Assert.Equal((code, todo), (error.Code, error.Todo));
        Assert.StartsWith("images/one/image.yaml:1:", error.Where, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("provenance,sbom", Both)]
    [InlineData("none", AttestationKinds.None)]
    [InlineData(" , ", null)]
    public void The_command_line_says_it_too(string text, AttestationKinds? kinds) => Assert.Equal(kinds, Inputs.Attestations([text], "--attest"));

    [Fact]
    public void A_word_that_is_none_is_named_with_its_option()
    {
        var error = Assert.Throws<ViaductException>(() => Inputs.Attestations(["sbom", "all"], "--attest"));
        Assert.Equal(("VIA9085", "--attest", 2), (error.Code, error.Where, (int)error.Exit));
    }

    private static TestSet Filled(TestSet set)
    {
        set.Folder.With("images/one/Dockerfile", "FROM scratch\nARG ARCH\nCOPY ${ARCH} /file\n")
            .With("images/one/amd64", "a program for amd64").With("images/one/arm64", "a program for arm64")
            .With("images/two/Dockerfile", "FROM one\nCOPY word /word\n").With("images/two/word", "a word");
        return set;
    }

    private async Task<IReadOnlyList<ListReport>> RunAsync(AttestationKinds? kinds, TestSet? set = null)
    {
        await using var job = (set ?? _set).Job(overrides: new() { Attestations = kinds });
        await job.BuildAsync(default);
        await job.PushAsync(default);
        await job.AssembleAsync(default);
        return await job.SimulateAsync(default);
    }

    private async Task<List<string>> StepsAsync(AttestationKinds kinds)
    {
        await using var job = _set.Job(overrides: new() { Attestations = kinds });
        return [.. (await job.PlanAsync(default)).Steps.Select(s => $"{s.GetType().Name} {s.Image}")];
    }

    private static void MustBeProven(IReadOnlyList<ListReport> reports) => Assert.All(reports, r => Assert.Empty(r.Problems));
}
