using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Viaduct.Acceptance.Tests.DockerManifest;

/// <summary>A manifest and the blobs that it needs, as a registry stores them.</summary>
/// <param name="Name">Repository and tag.</param>
internal sealed record SeedImage(string Name, string MediaType, byte[] Manifest, IReadOnlyList<byte[]> Blobs)
{
    private const string DockerImage = "application/vnd.docker.distribution.manifest.v2+json";
    private const string OciImage = "application/vnd.oci.image.manifest.v1+json";

    public string Digest { get; } = DigestOf(Manifest);

    public string Repository => Name.Split(':')[0];

    public string Tag => Name.Split(':')[1];

    /// <summary>An image as dockerd pushes it.</summary>
    /// <param name="config">The platform's members of the config, without braces.</param>
    /// <param name="indent">Spaces; docker's own are three, jib writes none.</param>
    public static SeedImage Docker(string name, string config, int indent = 3, int layers = 2) =>
        Of(name, DockerImage, "application/vnd.docker.container.image.v1+json", "application/vnd.docker.image.rootfs.diff.tar.gzip", config, indent, layers, null);

    /// <param name="annotations">Of the manifest, with characters that Go escapes, for example.</param>
    public static SeedImage Oci(string name, string config, int indent = 0, JsonObject? annotations = null) =>
        Of(name, OciImage, "application/vnd.oci.image.config.v1+json", "application/vnd.oci.image.layer.v1.tar+gzip", config, indent, 2, annotations);

    /// <summary>A thing that is no image: its config says no platform.</summary>
    public static SeedImage Artifact(string name) =>
        Of(name, OciImage, "application/vnd.example.thing.config.v1+json", "application/vnd.example.thing", "", 0, 1, null);

    /// <summary>An attestation as buildx pushes it.</summary>
    public static SeedImage Attestation(string name) => Of(name, OciImage, "application/vnd.oci.image.config.v1+json", "application/vnd.in-toto+json",
        "\"architecture\":\"unknown\",\"os\":\"unknown\"", 2, 1, null);

    public static SeedImage Index(string name, bool isDocker, params IReadOnlyList<JsonObject> entries) => new(name,
        isDocker ? "application/vnd.docker.distribution.manifest.list.v2+json" : "application/vnd.oci.image.index.v1+json",
        Write(new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = isDocker ? "application/vnd.docker.distribution.manifest.list.v2+json" : "application/vnd.oci.image.index.v1+json",
            ["manifests"] = new JsonArray([.. entries.Select(e => e.DeepClone())]),
        }, 2), []);

    /// <summary>As it stands in an index.</summary>
    /// <param name="platform">A JSON object; null for none.</param>
    public JsonObject Entry(string? platform, JsonObject? annotations = null)
    {
        var entry = Descriptor(MediaType, Manifest);
        if (annotations is not null) entry["annotations"] = annotations.DeepClone();
        if (platform is not null) entry["platform"] = JsonNode.Parse(platform);
        return entry;
    }

    public static string DigestOf(byte[] bytes) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(bytes))}";

    private static SeedImage Of(string name, string type, string configType, string layerType, string config, int indent, int layers, JsonObject? annotations)
    {
        // What is in a layer nobody here looks at.
        byte[][] blobs = [.. Enumerable.Range(0, layers).Select(i => Encoding.UTF8.GetBytes($"layer {i} of {name}"))];
        var diffs = string.Join(',', blobs.Select(b => $"\"{DigestOf(b)}\""));
        var configBytes = Encoding.UTF8.GetBytes(config.Length == 0 ? "{}" : $$$"""{{{{config}}},"config":{},"rootfs":{"type":"layers","diff_ids":[{{{diffs}}}]}}""");
        var manifest = new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = type,
            ["config"] = Descriptor(configType, configBytes),
            ["layers"] = new JsonArray([.. blobs.Select(b => Descriptor(layerType, b))]),
        };
        if (annotations is not null) manifest["annotations"] = annotations.DeepClone();
        return new SeedImage(name, type, Write(manifest, indent), [configBytes, .. blobs]);
    }

    private static JsonObject Descriptor(string type, byte[] bytes) => new() { ["mediaType"] = type, ["size"] = bytes.Length, ["digest"] = DigestOf(bytes) };

    private static byte[] Write(JsonNode node, int indent) => Encoding.UTF8.GetBytes(node.ToJsonString(new JsonSerializerOptions
    {
        WriteIndented = indent > 0,
        IndentSize = Math.Max(indent, 1),
        NewLine = "\n",
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    }));
}
