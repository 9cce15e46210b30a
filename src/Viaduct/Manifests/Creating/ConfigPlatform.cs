using System.Text.Json;
using Viaduct.Oci;

namespace Viaduct.Manifests;

/// <summary>
/// The platform that a config names, as docker reads it: five members and nothing else of it, none of them demanded, nothing normalised
/// (docker/cli internal/registryclient/fetcher.go). An artifact's config yields a platform without words.
/// </summary>
internal static class ConfigPlatform
{
    public static async Task<Platform> ReadAsync(IContentSource source, RawManifest image, Reference name, CancellationToken cancellationToken)
    {
        var config = image.AsImage(name.ToString()).Config;
        return Parse(await source.ReadSmallBlobAsync(config, ContentSourceExtensions.MaxConfigSize, cancellationToken).ConfigureAwait(false), name);
    }

    public static Platform Parse(ReadOnlyMemory<byte> config, Reference name)
    {
        try
        {
            using var document = JsonDocument.Parse(config);
            var (os, architecture, variant, version) = ("", "", "", "");
            IReadOnlyList<string> features = [];
            foreach (var member in document.RootElement.EnumerateObject())
                // encoding/json takes names in any case, and the last of several.
                switch (member.Name.ToLowerInvariant())
                {
                    case "os": os = Text(member); break;
                    case "architecture": architecture = Text(member); break;
                    case "variant": variant = Text(member); break;
                    case "os.version": version = Text(member); break;
                    case "os.features": features = member.Value.ValueKind == JsonValueKind.Null ? [] : [.. member.Value.EnumerateArray().Select(f => f.GetString() ?? "")]; break;
                }
            return new Platform(os, architecture, variant) { OsVersion = version.Length == 0 ? null : version, OsFeatures = features };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw ListErrors.BadConfig(name, e is JsonException ? "it is not JSON" : "it is not an object, or a member is not the text that it has to be");
        }

        static string Text(JsonProperty member) => member.Value.GetString() ?? "";
    }

    /// <summary>The image, for the platform that is declared for it.</summary>
    public static StoredManifest Complete(Platform declared, StoredManifest image) =>
        image with { Descriptor = image.Descriptor with { Platform = Complete(declared, image.Descriptor.Platform ?? new Platform("", "")) } };

    /// <summary>What a file says of a platform, completed from the config (manifest-tool v2/pkg/registry/push.go, resolvePlatform).</summary>
    public static Platform Complete(Platform declared, Platform config)
    {
        var nameless = declared.Os.Length == 0 && declared.Architecture.Length == 0;
        return new Platform(nameless ? config.Os : declared.Os, nameless ? config.Architecture : declared.Architecture, declared.Variant ?? config.Variant)
        {
            OsVersion = declared.OsVersion ?? config.OsVersion,
            OsFeatures = declared.OsFeatures.Count > 0 ? declared.OsFeatures : config.OsFeatures,
        };
    }
}
