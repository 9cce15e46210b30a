using System.Text.RegularExpressions;
using Viaduct.Oci;
using Viaduct.Yaml;

namespace Viaduct.Simulation;

/// <summary>An image that a node has: a name, or a mapping that says more of it.</summary>
internal static partial class ImageEntry
{
    internal static readonly IReadOnlyList<string> Keys = ["name", "names", "digest", "id", "pulledWith"];

    private const string Origins = "Write preloaded, node, 'secret NAMESPACE/NAME' or 'serviceaccount NAMESPACE/NAME'.";

    public static IReadOnlyList<PresentImage> All(YamlValue? said) =>
        said is null or { IsNull: true } ? [] : [.. (said.Items ?? throw YamlErrors.WrongKind(said.Where, "images", "a list of images")).Select(Of)];

    /// <summary>A name as a runtime keeps it: in full, and without the tag where there is a digest (containerd internal/cri, ParseDockerRef).</summary>
    public static string NameOf(string text, string key, string where) =>
        Normalized(text) ?? throw NodeErrors.BadValue(where, key, $"names no image: '{YamlErrors.Shown(text)}'");

    /// <returns>Null where it is no name.</returns>
    public static string? Normalized(string text) =>
        !Reference.TryParse(text, out var name) ? null : name.Digest is { } digest ? $"{name.Name}@{digest}" : $"{name.Name}:{name.TagOrDigest}";

    private static PresentImage Of(YamlValue said)
    {
        if (said.Text is { } name) return new PresentImage([NameOf(name, "images", said.Where)]);
        var map = (said.Map ?? throw YamlErrors.WrongKind(said.Where, "an image", "a name or a mapping")).Only(Keys);
        var names = (map.Texts("name") ?? []).Concat(map.Texts("names") ?? []).Select(n => NameOf(n.Text, "images", n.Where)).ToList();
        if (names.Count == 0) throw NodeErrors.BadValue(said.Where, "images", "has one without a name");
        if (map.Text("digest") is { } digest)
        {
            var parsed = Digest.TryParse(digest, out var value) ? value : throw NodeErrors.BadValue(map.Where("digest"), "digest", $"is no digest: '{YamlErrors.Shown(digest)}'");
            names.AddRange([.. names.Select(n => $"{PresentImage.RepositoryOf(n)}@{parsed}")]);
        }
        var (origin, with) = OriginOf(map);
        return new PresentImage([.. names.Distinct()]) { Id = map.Text("id") is { } id ? IdOf(id, map.Where("id")) : null, Origin = origin, PulledWith = with };
    }

    private static (ImageOrigin, string?) OriginOf(YamlMap map)
    {
        if (map.Text("pulledWith") is not { } text || text == "preloaded") return (ImageOrigin.Preloaded, null);
        if (text == "node") return (ImageOrigin.Node, null);
        var match = Credential().Match(text);
        return match.Success
            ? (match.Groups["kind"].Value == "secret" ? ImageOrigin.Secret : ImageOrigin.ServiceAccount, match.Groups["name"].Value)
            : throw NodeErrors.BadValue(map.Where("pulledWith"), "pulledWith", $"is not known: '{YamlErrors.Shown(text)}'", Origins);
    }

    private static string IdOf(string text, string where) =>
        Digest.TryParse(text.Contains(':', StringComparison.Ordinal) ? text : $"sha256:{text}", out var digest)
            ? digest.ToString()! : throw NodeErrors.BadValue(where, "id", $"is no image ID: '{YamlErrors.Shown(text)}'", "It is the digest of the image's config: sha256:….");

    [GeneratedRegex(@"^(?<kind>secret|serviceaccount) +(?<name>[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?/[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?)\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Credential();
}
