using Viaduct.Build;
using Viaduct.Oci;
using Viaduct.Yaml;

namespace Viaduct.Configuration;

/// <summary>What viaduct.yaml and image.yaml say for engines, and in which form an image is written; what is null was not said.</summary>
internal sealed record EngineSettings
{
    public static readonly IReadOnlyList<string> Keys = ["cache-from", "cache-to", "secrets", "ssh", "attestations", "provenance", "sbom", "classic", "network", "layers", "media-types"];

    private static readonly string[] ProvenanceWords = ["min", "max", "true", "false"];
    private static readonly string[] TruthWords = ["true", "false"];

    public IReadOnlyList<string>? CacheFrom { get; init; }
    public IReadOnlyList<string>? CacheTo { get; init; }
    public IReadOnlyList<string>? Secrets { get; init; }
    public IReadOnlyList<string>? Ssh { get; init; }
    public AttestationKinds? Attestations { get; init; }
    public string? Provenance { get; init; }
    public bool? Sbom { get; init; }
    public bool? Classic { get; init; }
    public string? Network { get; init; }
    public Compressor? Layers { get; init; }
    public ManifestKind? MediaTypes { get; init; }

    public static EngineSettings Read(YamlMap yaml)
    {
        var settings = new EngineSettings
        {
            CacheFrom = Texts(yaml, "cache-from"),
            CacheTo = Texts(yaml, "cache-to"),
            Secrets = yaml.Texts("secrets")?.Select(s => CheckSecret(s.Text, s.Where)).ToList(),
            Ssh = Texts(yaml, "ssh"),
            Attestations = yaml.Texts(AttestationWords.Key) is { } words ? AttestationWords.Read(words.Select(w => (w.Text, w.Where))) : null,
            Provenance = OneOf(yaml, "provenance", ProvenanceWords),
            Sbom = OneOf(yaml, "sbom", TruthWords) is { } sbom ? sbom == "true" : null,
            Classic = OneOf(yaml, "classic", TruthWords) is { } classic ? classic == "true" : null,
            Network = OneOf(yaml, "network", ["default", "none", "host"]),
            Layers = OneOf(yaml, "layers", ["gzip", "zstd"]) is { } layers ? layers == "zstd" ? Compressor.Zstd : Compressor.Gzip : null,
            MediaTypes = OneOf(yaml, "media-types", ["oci", "docker"]) is { } kind ? kind == "docker" ? ManifestKind.Docker : ManifestKind.Oci : null,
        };
        return settings;
    }

    public EngineSettings Over(EngineSettings others) => new()
    {
        CacheFrom = CacheFrom ?? others.CacheFrom,
        CacheTo = CacheTo ?? others.CacheTo,
        Secrets = Secrets ?? others.Secrets,
        Ssh = Ssh ?? others.Ssh,
        Attestations = Attestations ?? others.Attestations,
        Provenance = Provenance ?? others.Provenance,
        Sbom = Sbom ?? others.Sbom,
        Classic = Classic ?? others.Classic,
        Network = Network ?? others.Network,
        Layers = Layers ?? others.Layers,
        MediaTypes = MediaTypes ?? others.MediaTypes,
    };

    /// <param name="directory">The image's folder: files of secrets and caches are named from there.</param>
    public EngineOptions ToOptions(string directory) => new()
    {
        CacheFrom = [.. (CacheFrom ?? []).Select(c => Cache(directory, c))],
        CacheTo = [.. (CacheTo ?? []).Select(c => Cache(directory, c))],
        Secrets = [.. (Secrets ?? []).Select(s => CommaWord.From(directory, s, "src", "source"))],
        Ssh = Ssh ?? [],
        Provenance = Provenance switch { "true" => "min", "false" => null, var mode => mode },
        Sbom = Sbom ?? false,
        Classic = Classic ?? false,
        Network = Network,
    };

    /// <exception cref="ViaductException">VIA2006: Docker has no type for layers in zstd (image manifest v2, schema 2).</exception>
    public ImageForm ToForm(string where) => (Layers, MediaTypes) is (Compressor.Zstd, ManifestKind.Docker)
        ? throw ConfigErrors.BadValue(where, "layers", "cannot be zstd with media-types: docker, which has no type for it", "Take media-types: oci.")
        : new ImageForm(Layers ?? Compressor.Gzip, MediaTypes ?? ManifestKind.Oci);

    /// <summary>What a key says, for <c>plan --explain</c>.</summary>
    public string Shown(string key) => key switch
    {
        "cache-from" => string.Join(' ', CacheFrom ?? []),
        "cache-to" => string.Join(' ', CacheTo ?? []),
        "secrets" => string.Join(' ', (Secrets ?? []).Select(s => "id=" + CommaWord.Split(s).First(p => p.Key == "id").Value)),
        "ssh" => string.Join(' ', Ssh ?? []),
        AttestationWords.Key => AttestationWords.Text(Attestations ?? AttestationKinds.None),
        "provenance" => Provenance!,
        "sbom" => Sbom == true ? "true" : "false",
        "classic" => Classic == true ? "true" : "false",
        "network" => Network!,
        "layers" => Layers.ToString()!.ToLowerInvariant(),
        _ => MediaTypes.ToString()!.ToLowerInvariant(),
    };

    private static string Cache(string directory, string text) =>
        CommaWord.Split(text).Contains(("type", "local")) ? CommaWord.From(directory, text, "src", "dest") : text;

    /// <summary>A secret is named, as buildx names it; its value is never read here.</summary>
    private static string CheckSecret(string text, string where)
    {
        var parts = CommaWord.Split(text);
        return parts.Any(p => p.Key == "id" && p.Value.Length > 0) && parts.All(p => p.Key is "id" or "src" or "source" or "env" or "type" && p.Value.Length > 0)
            ? text
            : throw ConfigErrors.BadValue(where, "secrets", "holds what names no secret", "Write id=NAME,src=FILE or id=NAME,env=VARIABLE; the value itself never stands here.");
    }

    private static List<string>? Texts(YamlMap yaml, string key) => yaml.Texts(key)?.Select(t => t.Text).ToList();

    private static string? OneOf(YamlMap yaml, string key, IReadOnlyList<string> words) => yaml.Text(key) switch
    {
        null => null,
        var text when words.Contains(text) => text,
        var text => throw ConfigErrors.BadValue(yaml.Where(key), key, $"cannot be '{YamlErrors.Shown(text)}'", $"It is {string.Join(", ", words.SkipLast(1))} or {words[^1]}."),
    };
}
