using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace Viaduct.Acceptance.Tests.DockerManifest;

/// <summary>The images that lie in the registries before anything is run.</summary>
internal static class Seeds
{
    private const string Linux = "\"os\":\"linux\"";

    private static readonly SeedImage Amd64 = SeedImage.Docker("amd64:1", $"\"architecture\":\"amd64\",{Linux}");
    private static readonly SeedImage Arm64 = SeedImage.Docker("arm64:1", $"\"architecture\":\"arm64\",{Linux},\"variant\":\"v8\"");
    private static readonly SeedImage OciAmd64 = SeedImage.Oci("oci-amd64:1", $"\"architecture\":\"amd64\",{Linux}");
    private static readonly SeedImage OciArm64 = SeedImage.Oci("oci-arm64:1", $"\"architecture\":\"arm64\",{Linux}");
    private static readonly SeedImage Attestation = SeedImage.Attestation("attested:statement");

    private static readonly SeedImage[] Plain =
    [
        Amd64, Arm64, OciAmd64, OciArm64, Attestation,
        SeedImage.Docker("amd64:2", $"\"architecture\":\"amd64\",{Linux}"),
        SeedImage.Docker("amd64:latest", $"\"architecture\":\"amd64\",{Linux}"),
        SeedImage.Docker("arm:1", $"\"architecture\":\"arm\",{Linux},\"variant\":\"v7\""),
        SeedImage.Docker("arm:plain", $"\"architecture\":\"arm\",{Linux}"),
        SeedImage.Docker("ppc64le:1", $"\"architecture\":\"ppc64le\",{Linux}"),
        SeedImage.Docker("s390x:1", $"\"architecture\":\"s390x\",{Linux}"),
        SeedImage.Docker("loong64:1", $"\"architecture\":\"loong64\",{Linux}"),
        SeedImage.Docker("mips:1", $"\"architecture\":\"mips\",{Linux}"),
        SeedImage.Docker("windows:ltsc2019", "\"architecture\":\"amd64\",\"os\":\"windows\",\"os.version\":\"10.0.17763.6414\"", layers: 3),
        SeedImage.Docker("windows:ltsc2022", "\"architecture\":\"amd64\",\"os\":\"windows\",\"os.version\":\"10.0.20348.2700\",\"os.features\":[\"win32k\"]"),
        SeedImage.Docker("windows:plain", "\"architecture\":\"amd64\",\"os\":\"windows\""),
        SeedImage.Docker("app:1-amd64", $"\"architecture\":\"amd64\",{Linux}"),
        SeedImage.Docker("app-1:amd64", $"\"architecture\":\"386\",{Linux}"),
        SeedImage.Docker("pause-amd64:3.9", $"\"architecture\":\"amd64\",{Linux}"),
        SeedImage.Docker("pause-arm64:3.9", $"\"architecture\":\"amd64\",{Linux}"),
        SeedImage.Docker("pause-arm:3.9", $"\"architecture\":\"amd64\",{Linux}"),
        SeedImage.Docker("pause-s390x:3.9", $"\"architecture\":\"amd64\",{Linux}"),
        SeedImage.Docker("pause:3.9-linux-amd64", $"\"architecture\":\"amd64\",{Linux}"),
        SeedImage.Docker("pause:3.9-linux-arm64", $"\"architecture\":\"amd64\",{Linux}"),
        SeedImage.Docker("pause:3.9-windows-amd64-ltsc2019", "\"architecture\":\"amd64\",\"os\":\"windows\""),
        SeedImage.Docker("pause:3.9-windows-amd64-ltsc2022", "\"architecture\":\"amd64\",\"os\":\"windows\""),
        SeedImage.Docker("compact:1", $"\"architecture\":\"amd64\",{Linux}", indent: 0),
        SeedImage.Docker("two-spaces:1", $"\"architecture\":\"arm64\",{Linux}", indent: 2),
        SeedImage.Oci("indented:1", $"\"architecture\":\"s390x\",{Linux}", indent: 2),
        SeedImage.Oci("annotated:1", $"\"architecture\":\"amd64\",{Linux}", annotations: new JsonObject { ["text"] = "a <b> & c\u2028d é \u0001" }),
        SeedImage.Artifact("artifact:1"),
    ];

    private static readonly SeedImage Attested = SeedImage.Index("attested:1", isDocker: false,
        OciAmd64.Entry("""{"architecture":"amd64","os":"linux"}"""),
        Attestation.Entry("""{"architecture":"unknown","os":"unknown"}""", new JsonObject
        {
            ["vnd.docker.reference.digest"] = OciAmd64.Digest,
            ["vnd.docker.reference.type"] = "attestation-manifest",
        }));

    private static readonly SeedImage Index = SeedImage.Index("index:1", isDocker: false,
        OciAmd64.Entry("""{"architecture":"amd64","os":"linux"}""", new JsonObject { ["note"] = "lost" }), OciArm64.Entry("""{"architecture":"arm64","os":"linux"}"""));

    /// <summary>What a list names comes before it: registries look.</summary>
    public static IReadOnlyList<SeedImage> All { get; } =
    [
        .. Plain, Attested, Index,
        SeedImage.Index("dockerlist:1", isDocker: true, Amd64.Entry("""{"architecture":"amd64","os":"linux"}"""), Arm64.Entry("""{"architecture":"arm64","os":"linux","variant":"v8"}""")),
        SeedImage.Index("single:1", isDocker: false, OciAmd64.Entry(null)),
        SeedImage.Index("nested:1", isDocker: false, Index.Entry(null)),
    ];

    public static SeedImage Find(string name) => All.Single(s => s.Name == name);

    /// <summary>Puts all of them into a registry; a list brings what it names into its own repository.</summary>
    public static async Task PushAsync(string address, string? password = null)
    {
        using var client = new HttpClient { BaseAddress = new Uri($"http://{address}/v2/") };
        if (password is not null) client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(password)));
        foreach (var seed in All)
        {
            foreach (var inner in Plain.Append(Index).Where(i => seed.Blobs.Count == 0 && System.Text.Encoding.UTF8.GetString(seed.Manifest).Contains(i.Digest, StringComparison.Ordinal)))
            {
                // One level down is all there is here.
                foreach (var deep in inner == Index ? [OciAmd64, OciArm64] : Array.Empty<SeedImage>()) await PutAsync(client, seed.Repository, deep.Digest, deep);
                await PutAsync(client, seed.Repository, inner.Digest, inner);
            }
            await PutAsync(client, seed.Repository, seed.Tag, seed);
        }
    }

    public static async Task PutAsync(HttpClient client, string repository, string tag, SeedImage seed)
    {
        foreach (var blob in seed.Blobs)
        {
            using var begun = (await client.PostAsync($"{repository}/blobs/uploads/", null)).EnsureSuccessStatusCode();
            var place = new Uri(client.BaseAddress!, begun.Headers.Location!);
            (await client.PutAsync(new Uri($"{place}{(place.Query.Length > 0 ? "&" : "?")}digest={SeedImage.DigestOf(blob)}"), new ByteArrayContent(blob))).EnsureSuccessStatusCode().Dispose();
        }
        using var content = new ByteArrayContent(seed.Manifest);
        content.Headers.ContentType = new MediaTypeHeaderValue(seed.MediaType);
        (await client.PutAsync($"{repository}/manifests/{tag}", content)).EnsureSuccessStatusCode().Dispose();
    }
}
