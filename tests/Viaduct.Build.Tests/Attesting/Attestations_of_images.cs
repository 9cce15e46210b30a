using System.Text.Json;
using Viaduct.Oci;

namespace Viaduct.Build.Tests;

public sealed class Attestations_of_images : IDisposable
{
    private const string Dockerfile = "FROM base:12@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\nARG WORD\nCOPY a.txt dir /srv/\nLABEL word=$WORD\n";
    private const string Base = "base:12@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    private const AttestationKinds Both = AttestationKinds.Provenance | AttestationKinds.Sbom;

    private readonly Workspace _workspace = new();

    public Attestations_of_images()
    {
        _workspace.File("a.txt", "a\n").File("dir/b", "b\n");
        _workspace.Args["WORD"] = "hello";
        _workspace.Args["NPM_TOKEN"] = "very secret";
        _workspace.Attest = Both;
        _workspace.Bases.Add(Base, Layered.Image(Layered.Layer(
            ("usr/lib/os-release", "ID=debian\nVERSION_ID=\"12\"\n"), ("etc/os-release", "-> ../usr/lib/os-release"),
            ("var/lib/dpkg/status", "Package: libc6\nStatus: install ok installed\nArchitecture: amd64\nSource: glibc (2.36-9)\nVersion: 2.36-9+deb12u4\nMaintainer: GNU Libc <libc@example.org>\n"))));
    }

    public void Dispose() => _workspace.Dispose();

    [Theory]
    [InlineData("https://slsa.dev/provenance/v1", "provenance.json")]
    [InlineData("https://spdx.dev/Document", "sbom.json")]
    public async Task The_statements_are_these_until_the_format_changes(string type, string golden)
    {
        var image = await _workspace.BuildAsync(Dockerfile, epoch: 1_700_000_000);
        var found = Indented(await Layered.StatementAsync(image, type));
        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "golden", golden)), found);
    }

    [Fact]
    public async Task They_stand_in_a_manifest_of_buildxs_form()
    {
        var image = await _workspace.BuildAsync(Dockerfile);
        var attestation = Assert.Single(image.Attestations);
        Assert.Equal("unknown/unknown", attestation.Entry.Platform!.ToString());
        Assert.Equal(new Dictionary<string, string> { ["vnd.docker.reference.digest"] = image.Manifest.Digest.ToString(), ["vnd.docker.reference.type"] = "attestation-manifest" }, attestation.Entry.Annotations);
        Assert.Equal(attestation.Manifest.Digest, attestation.Entry.Digest);

        var manifest = attestation.Manifest.AsImage();
        Assert.Equal((MediaTypes.OciManifest, MediaTypes.OciConfig), (attestation.Manifest.MediaType, manifest.Config.MediaType));
        Assert.Equal(image.Manifest.Digest, manifest.Subject!.Digest);
        Assert.Equal(["https://slsa.dev/provenance/v1", "https://spdx.dev/Document"], manifest.Layers.Select(l => l.Annotations["in-toto.io/predicate-type"]));
        Assert.All(manifest.Layers, l => Assert.Equal("application/vnd.in-toto+json", l.MediaType));
        Assert.Equal(manifest.Blobs.Select(b => b.Digest), attestation.Blobs.Select(b => b.Descriptor.Digest));
        await using var stream = await attestation.Blobs[0].OpenAsync(default);
        var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes);
        var config = ImageConfig.Parse(bytes.ToArray());
        Assert.Equal("unknown/unknown", config.Platform.ToString());
        Assert.Equal(manifest.Layers.Select(l => l.Digest), config.DiffIds);

        var statement = await Layered.StatementAsync(image, "https://slsa.dev/provenance/v1");
        Assert.Equal(image.Manifest.Digest.Hex, statement.GetProperty("subject")[0].GetProperty("digest").GetProperty("sha256").GetString());
    }

    [Fact]
    public async Task The_same_inputs_in_another_folder_have_the_same_attestation()
    {
        using var other = new Workspace();
        other.File("dir/b", "b\n").File("a.txt", "a\n");
        foreach (var (name, value) in _workspace.Args.Reverse()) other.Args[name] = value;
        other.Attest = Both;
        var image = await _workspace.BuildAsync(Dockerfile);
        foreach (var name in (string[])[Base]) other.Bases.Add(name, Layered.Image([.. await TarsAsync(name)]));
        Assert.Equal(image.Attestations[0].Manifest.Digest, (await other.BuildAsync(Dockerfile)).Attestations[0].Manifest.Digest);
        Assert.Equal(image.Attestations[0].Manifest.Digest, (await _workspace.BuildAsync(Dockerfile, threads: 3)).Attestations[0].Manifest.Digest);
    }

    [Fact]
    public async Task No_value_that_sounds_secret_and_no_path_is_in_it()
    {
        var image = await _workspace.BuildAsync(Dockerfile);
        foreach (var type in (string[])["https://slsa.dev/provenance/v1", "https://spdx.dev/Document"])
        {
            var text = (await Layered.StatementAsync(image, type)).GetRawText();
            Assert.DoesNotContain("very secret", text, StringComparison.Ordinal);
            Assert.DoesNotContain(_workspace.Root, text, StringComparison.Ordinal);
        }
        var parameters = (await Layered.ProvenanceAsync(image)).GetProperty("buildDefinition").GetProperty("externalParameters");
        Assert.Equal("""["NPM_TOKEN"]""", parameters.GetProperty("withheldArgs").GetRawText());
        Assert.Equal("""{"WORD":"hello"}""", parameters.GetProperty("args").GetRawText());
    }

    [Fact]
    public async Task Without_a_wish_the_key_is_what_it_was_and_each_wish_has_another()
    {
        var keys = new HashSet<Digest>();
        foreach (var kinds in (AttestationKinds[])[AttestationKinds.None, AttestationKinds.Provenance, AttestationKinds.Sbom, Both])
        {
            _workspace.Attest = kinds;
            Assert.True(keys.Add(await _workspace.KeyAsync(Dockerfile)));
            var image = await _workspace.BuildAsync(Dockerfile);
            Assert.Equal(kinds == AttestationKinds.None ? 0 : 1, image.Attestations.Count);
            Assert.Equal(image.Key, await _workspace.KeyAsync(Dockerfile));
        }
        _workspace.Attest = AttestationKinds.None;
        // An argument that no instruction uses decides no byte of the image; what provenance says it does decide.
        var key = await _workspace.KeyAsync(Dockerfile);
        _workspace.Args["UNUSED"] = "x";
        Assert.Equal(key, await _workspace.KeyAsync(Dockerfile));
        _workspace.Attest = AttestationKinds.Provenance;
        Assert.True(keys.Add(await _workspace.KeyAsync(Dockerfile)));
    }

    [Fact]
    public async Task Times_are_those_of_the_epoch_or_none()
    {
        Assert.False((await Layered.ProvenanceAsync(await _workspace.BuildAsync(Dockerfile))).GetProperty("runDetails").TryGetProperty("metadata", out _));
        Assert.Equal("1970-01-01T00:00:00Z", (await Layered.SbomAsync(await _workspace.BuildAsync(Dockerfile))).GetProperty("creationInfo").GetProperty("created").GetString());
        var later = await _workspace.BuildAsync(Dockerfile, epoch: 86_400);
        Assert.Equal("1970-01-02T00:00:00Z", (await Layered.ProvenanceAsync(later)).GetProperty("runDetails").GetProperty("metadata").GetProperty("finishedOn").GetString());
    }

    [Fact]
    public async Task What_ADD_fetched_is_a_dependency_without_the_query()
    {
        using var server = new FileServer();
        var add = server.Add("/file.bin", "content") + "?signature=secret";
        var image = await _workspace.BuildAsync($"FROM scratch\nADD {add} /\n");
        var dependency = Assert.Single((await Layered.ProvenanceAsync(image)).GetProperty("buildDefinition").GetProperty("resolvedDependencies").EnumerateArray());
        Assert.Equal($"{server.Address}/file.bin", dependency.GetProperty("uri").GetString());
        Assert.Equal(Digest.Sha256("content"u8).Hex, dependency.GetProperty("digest").GetProperty("sha256").GetString());
    }

    private async Task<List<byte[]>> TarsAsync(string name)
    {
        var opened = await _workspace.Bases.OpenAsync(name, new Platform("linux", "amd64"), default);
        var tars = new List<byte[]>();
        foreach (var layer in opened.Manifest.AsImage().Layers)
        {
            var bytes = new MemoryStream();
            await using (var stream = await opened.Content.OpenBlobAsync(layer, default)) await stream.CopyToAsync(bytes);
            tars.Add(bytes.ToArray());
        }
        return tars;
    }

    private static string Indented(JsonElement json)
    {
        var output = new MemoryStream();
        using (var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping })) json.WriteTo(writer);
        return System.Text.Encoding.UTF8.GetString(output.ToArray()) + "\n";
    }
}
