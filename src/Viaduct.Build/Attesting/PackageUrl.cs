using Viaduct.Oci;

namespace Viaduct.Build.Attesting;

/// <summary>Names of packages and images as package-url/purl-spec has them.</summary>
internal static class PackageUrl
{
    /// <summary>
    /// An image as BuildKit names one (util/purl/image.go): by its familiar name, tag or digest, and platform. An image of the set stands
    /// by the name that the Dockerfile has for it, and not by the registry that it is pushed to.
    /// </summary>
    public static string OfImage(string name, Platform platform) => Reference.TryParse(name, out var reference)
        ? Docker(FamiliarName(reference), reference.Tag ?? (reference.Digest is null ? "latest" : null), reference.Digest, platform)
        : Docker(name, null, null, platform);

    /// <summary>An image of the set, whatever tags and registry it gets.</summary>
    public static string OfOwn(string name, Platform platform) => Docker(name, null, null, platform);

    /// <param name="type"><c>deb</c> or <c>apk</c>.</param>
    /// <param name="qualifiers">In the order of their keys; those without a value are left out.</param>
    public static string Of(string type, string space, string name, string version, params IEnumerable<(string Key, string? Value)> qualifiers)
    {
        var words = qualifiers.Where(q => !string.IsNullOrEmpty(q.Value)).Select(q => $"{q.Key}={Escape(q.Value!)}").ToList();
        return $"pkg:{type}/{(space.Length == 0 ? "" : string.Join('/', space.Split('/').Select(Escape)) + "/")}{Escape(name)}"
            + (version.Length == 0 ? "" : "@" + Escape(version)) + (words.Count == 0 ? "" : "?" + string.Join('&', words));
    }

    private static string Docker(string name, string? tag, Digest? digest, Platform platform)
    {
        var end = name.LastIndexOf('/');
        return Of("docker", end < 0 ? "" : name[..end], name[(end + 1)..], tag ?? "", ("digest", digest?.ToString()), ("platform", platform.Normalized().ToString()));
    }

    private static string FamiliarName(Reference reference)
    {
        var name = reference.Name;
        const string hub = Reference.DockerHub + "/";
        if (!name.StartsWith(hub, StringComparison.Ordinal)) return name;
        name = name[hub.Length..];
        return name.StartsWith("library/", StringComparison.Ordinal) && name.LastIndexOf('/') == 7 ? name[8..] : name;
    }

    /// <summary>A colon is never escaped there.</summary>
    private static string Escape(string text) => Uri.EscapeDataString(text).Replace("%3A", ":", StringComparison.Ordinal);
}
