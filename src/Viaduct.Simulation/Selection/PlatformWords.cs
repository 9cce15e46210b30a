using System.Text.RegularExpressions;
using Viaduct.Oci;

namespace Viaduct.Simulation;

/// <summary>How versions of containerd's platforms package read words.</summary>
internal static partial class PlatformWords
{
    /// <summary>Before 1.0 v8.0 and 9 stayed as they were (containerd/platforms v0.2.1 database.go, normalizeArch).</summary>
    public static string? OldVariant(Platform said, Platform normal) =>
        normal.Architecture != "arm64" ? normal.Variant
        : said.Variant?.ToLowerInvariant() is { } variant and not ("8" or "v8") ? variant
        : null;

    /// <summary>What Parse refuses in 1.x and docker 20.10, where a word may hold no point and no bracket; null when it is understood.</summary>
    public static string? OldSyntaxError(Platform platform)
    {
        var text = platform.ToString();
        return text.Split('/').FirstOrDefault(word => !OldWord().IsMatch(word)) is { } word
            ? $"\"{word}\" is an invalid component of \"{text}\": platform specifier component must match \"^[A-Za-z0-9_-]+$\": invalid argument"
            : null;
    }

    /// <summary>
    /// A platform as Parse and Format leave it: aliases resolved, v7 and v1 dropped where they are the default, and v8 kept where it was asked for
    /// (containerd/platforms platforms.go).
    /// </summary>
    public static Platform Parsed(Platform platform)
    {
        var normal = platform.Normalized();
        var variant = normal.Architecture switch
        {
            "arm" when normal.Variant == "v7" && platform.Variant is null => null,
            "arm64" when normal.Variant is null && platform.Variant is not null => "v8",
            _ => normal.Variant,
        };
        return new Platform(normal.Os, normal.Architecture, variant) { OsVersion = platform.OsVersion };
    }

    /// <summary>What a host finds itself to be, in full (containerd/platforms defaults.go, DefaultSpec).</summary>
    public static Platform OfHost(Platform node)
    {
        var normal = HostPlatform.Of(node).Normalized();
        return new Platform(normal.Os, normal.Architecture, normal is { Architecture: "arm64", Variant: null } ? "v8" : normal.Variant) { OsVersion = node.OsVersion };
    }

    [GeneratedRegex("^[A-Za-z0-9_-]+$", RegexOptions.CultureInvariant)]
    private static partial Regex OldWord();
}
