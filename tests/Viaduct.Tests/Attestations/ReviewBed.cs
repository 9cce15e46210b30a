using System.Text;
using System.Text.Json.Nodes;
using Viaduct.Attestations;
using Viaduct.Copying;
using Viaduct.Oci;
using Viaduct.Oci.Layouts;

namespace Viaduct.Tests.Attestations;

/// <summary>A layout with a list of two images, to which attestations are put as BuildKit and cosign put them.</summary>
internal sealed class ReviewBed : IDisposable
{
    public const string InToto = "application/vnd.in-toto+json";
    public const string Bundle = "application/vnd.dev.sigstore.bundle.v0.3+json";
    public const string SlsaV1 = "https://slsa.dev/provenance/v1";
    public const string SlsaV02 = "https://slsa.dev/provenance/v0.2";
    public const string Spdx = "https://spdx.dev/Document";

    private readonly List<Descriptor> _entries = [];

    private ReviewBed(OciLayout layout) => Layout = layout;

    public OciLayout Layout { get; }

    public Descriptor Amd64 => _entries[0];

    public Descriptor Arm64 => _entries[1];

    public static async Task<ReviewBed> MakeAsync()
    {
        var folder = Directory.CreateTempSubdirectory("viaduct-");
        var bed = new ReviewBed(await OciLayout.OpenOrCreateAsync(Path.Combine(folder.FullName, "layout"), default));
        foreach (var architecture in (string[])["amd64", "arm64"])
        {
            var config = await bed.BlobAsync(MediaTypes.OciConfig, $$$"""{"architecture":"{{{architecture}}}","os":"linux","rootfs":{"type":"layers","diff_ids":[]}}""");
            var image = new ImageManifest(config, []).ToManifest();
            await bed.Layout.PushManifestAsync(image, default);
            bed._entries.Add(image.Descriptor with { Platform = Platform.Parse($"linux/{architecture}") });
        }
        return bed;
    }

    public static string Provenance1(string dependencies = """[{"uri":"pkg:docker/base@1","digest":{"sha256":"00"}}]""") =>
        $$$"""{"buildDefinition":{"buildType":"https://example.test/build","resolvedDependencies":{{{dependencies}}}},"runDetails":{"builder":{"id":"https://example.test/builder"} } }""";

    public static string Provenance02() =>
        """{"builder":{"id":"https://example.test/builder"},"buildType":"https://example.test/build","materials":[{"uri":"pkg:docker/base@1","digest":{"sha256":"00"}},{"uri":"https://example.test/x","digest":{"sha256":"01"}}]}""";

    public static string Sbom() => """{"spdxVersion":"SPDX-2.3","name":"app","packages":[{"name":"a"},{"name":"b"}],"files":[{"fileName":"/x"}]}""";

    public static string Statement(Digest subject, string type, string predicate) =>
        $$$"""{"_type":"https://in-toto.io/Statement/v1","subject":[{"name":"app","digest":{"sha256":"{{{subject.Hex}}}"}}],"predicateType":"{{{type}}}","predicate":{{{predicate}}} }""";

    public static string Dsse(string statement, byte[] signature, string payloadType = InToto) => new JsonObject
    {
        ["payload"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(statement)),
        ["payloadType"] = payloadType,
        ["signatures"] = new JsonArray(new JsonObject { ["sig"] = Convert.ToBase64String(signature) }),
    }.ToJsonString();

    /// <summary>A signature as cosign 3 attaches it.</summary>
    public async Task SignAsync(Descriptor subject, MadeKey key, Func<string, string>? change = null, string? hint = null, string? type = null, string predicate = "{}")
    {
        var statement = Statement(subject.Digest, type ?? "https://sigstore.dev/cosign/sign/v1", predicate);
        var signature = key.Sign(Encoding.UTF8.GetBytes($"DSSEv1 {InToto.Length} {InToto} {Encoding.UTF8.GetByteCount(statement)} {statement}"));
        var envelope = Dsse(change?.Invoke(statement) ?? statement, signature);
        await AttachAsync(subject, Bundle, $$$"""{"mediaType":"{{{Bundle}}}","verificationMaterial":{"publicKey":{"hint":"{{{hint ?? key.Hint}}}"}},"dsseEnvelope":{{{envelope}}}}""");
    }

    /// <summary>A signature as cosign 2 keeps it in a tag.</summary>
    public async Task SignInTagAsync(Descriptor subject, MadeKey key, Digest? claimed = null, Func<string, string>? change = null, string? certificate = null)
    {
        var payload = $$$"""{"critical":{"identity":{"docker-reference":"registry.example/app"},"image":{"docker-manifest-digest":"{{{claimed ?? subject.Digest}}}"},"type":"cosign container image signature"},"optional":null}""";
        var signature = Convert.ToBase64String(key.Sign(Encoding.UTF8.GetBytes(payload)));
        await TagAsync(subject, "sig", await BlobAsync("application/vnd.dev.cosign.simplesigning.v1+json", change?.Invoke(payload) ?? payload) with
        {
            Annotations = new Dictionary<string, string> { ["dev.cosignproject.cosign/signature"] = signature, ["dev.sigstore.cosign/certificate"] = certificate ?? "" },
        });
    }

    public async Task TagAsync(Descriptor subject, string suffix, Descriptor layer)
    {
        var config = await BlobAsync(MediaTypes.OciConfig, "{}");
        await Layout.TagAsync($"sha256-{subject.Digest.Hex}.{suffix}", new ImageManifest(config, [layer]).ToManifest(), default);
    }

    /// <summary>Something that names a manifest as its subject; cosign's config is of the empty type.</summary>
    public async Task AttachAsync(Descriptor subject, string mediaType, string content, Descriptor? named = null)
    {
        var config = await BlobAsync("application/vnd.oci.empty.v1+json", "{}");
        var manifest = new ImageManifest(config, [await BlobAsync(mediaType, content)]) { Subject = (named ?? subject) with { Platform = null } }.ToManifest();
        await Layout.PushReferrerAsync(manifest, default);
    }

    /// <summary>An entry of the list with statements about an image, as BuildKit makes it.</summary>
    public async Task<Descriptor> AttestAsync(Descriptor image, params (string Type, string Statement)[] statements)
    {
        var layers = new List<Descriptor>();
        foreach (var (type, statement) in statements)
            layers.Add(await BlobAsync(InToto, statement) with { Annotations = new Dictionary<string, string> { ["in-toto.io/predicate-type"] = type } });
        var manifest = new ImageManifest(await BlobAsync(MediaTypes.OciConfig, $$"""{"about":"{{image.Digest}}"}"""), layers).ToManifest();
        await Layout.PushManifestAsync(manifest, default);
        var entry = AttestationEntry.Make(manifest.Descriptor, image.Digest);
        _entries.Add(entry);
        return entry;
    }

    public Task<Descriptor> AttestAsync(Descriptor image, string type, string predicate) => AttestAsync(image, (type, Statement(image.Digest, type, predicate)));

    public void Change(Descriptor entry, Func<Descriptor, Descriptor> how) => _entries[_entries.IndexOf(entry)] = how(entry);

    public void Lose(Digest blob) => File.Delete(Path.Combine(Layout.Folder, "blobs", "sha256", blob.Hex));

    public async Task<RawManifest> ListAsync()
    {
        var list = ManifestList.WriteInOrder(_entries);
        await Layout.TagAsync("1", list, default);
        return list;
    }

    public async Task<Review> ReviewAsync(ReviewOptions? options = null) => await new Reviewer(CopySource.Of(Layout), options ?? new()).ReviewAsync(await ListAsync(), default);

    public async Task<Descriptor> BlobAsync(string mediaType, string content)
    {
        var blob = Blob.FromBytes(mediaType, Encoding.UTF8.GetBytes(content));
        await Layout.PushBlobAsync(blob, default);
        return blob.Descriptor;
    }

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(Layout.Folder)!, recursive: true);
}
