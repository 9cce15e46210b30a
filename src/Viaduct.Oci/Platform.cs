using System.Diagnostics.CodeAnalysis;

namespace Viaduct.Oci;

/// <summary>
/// What an image runs on (image-spec, image-index.md): GOOS, GOARCH and what narrows them.
/// Values keep the words they were given; <see cref="Normalized"/> brings them to containerd's form for comparison.
/// </summary>
public sealed record Platform
{
    public Platform(string os, string architecture, string? variant = null)
    {
        Os = os;
        Architecture = architecture;
        Variant = string.IsNullOrEmpty(variant) ? null : variant;
    }

    public string Os { get; }

    public string Architecture { get; }

    public string? Variant { get; }

    public string? OsVersion { get; init; }

    public IReadOnlyList<string> OsFeatures { get; init; } = [];

    /// <summary>
    /// The word that <c>$(ARCH)</c> stands for: the GOARCH, and the variant only where it is not the architecture's default
    /// (<c>amd64</c>, <c>arm64</c>, <c>arm</c> for v7, <c>armv6</c>, <c>amd64v3</c>).
    /// </summary>
    public string ArchWord
    {
        get
        {
            var normal = Normalized();
            return normal.Variant is null || normal is { Architecture: "arm", Variant: "v7" }
                ? normal.Architecture
                : normal.Architecture + normal.Variant;
        }
    }

    /// <summary>containerd's normal form (platforms/database.go): aliases resolved, default variants dropped, arm without variant is v7.</summary>
    public Platform Normalized()
    {
        var os = Os.ToLowerInvariant() switch { "macos" => "darwin", var o => o };
        var variant = Variant?.ToLowerInvariant();
        var (architecture, normal) = Architecture.ToLowerInvariant() switch
        {
            "i386" => ("386", null),
            "amd64" or "x86_64" or "x86-64" => ("amd64", variant == "v1" ? null : variant),
            "aarch64" or "arm64" => ("arm64", variant switch { "8" or "v8" or "v8.0" => null, "9" or "9.0" or "v9.0" => "v9", _ => variant }),
            "armhf" => ("arm", "v7"),
            "armel" => ("arm", "v6"),
            "arm" => ("arm", variant switch { null or "7" => "v7", "5" or "6" or "8" => "v" + variant, _ => variant }),
            var other => (other, variant),
        };
        return new Platform(os, architecture, normal) { OsVersion = OsVersion, OsFeatures = OsFeatures };
    }

    /// <summary>True when both name the same platform after normalisation; os.version and os.features count.</summary>
    public bool Same(Platform other)
    {
        var (a, b) = (Normalized(), other.Normalized());
        return a.Os == b.Os && a.Architecture == b.Architecture && a.Variant == b.Variant
            && (OsVersion ?? "") == (other.OsVersion ?? "")
            && OsFeatures.Distinct().Order(StringComparer.Ordinal).SequenceEqual(other.OsFeatures.Distinct().Order(StringComparer.Ordinal));
    }

    /// <summary>Reads <c>os/architecture[/variant]</c>, with <c>os(version)</c> for Windows.</summary>
    /// <exception cref="ViaductException">VIA1003.</exception>
    public static Platform Parse(string text) =>
        TryParse(text, out var platform, out var why) ? platform : throw OciErrors.BadPlatform(text, why);

    public static bool TryParse(string text, [NotNullWhen(true)] out Platform? platform) => TryParse(text, out platform, out _);

    public bool Equals(Platform? other) =>
        other is not null && Os == other.Os && Architecture == other.Architecture && Variant == other.Variant
        && OsVersion == other.OsVersion && OsFeatures.SequenceEqual(other.OsFeatures);

    public override int GetHashCode() => HashCode.Combine(Os, Architecture, Variant, OsVersion);

    public override string ToString() =>
        $"{Os}{(string.IsNullOrEmpty(OsVersion) ? "" : $"({OsVersion})")}/{Architecture}{(Variant is null ? "" : "/" + Variant)}";

    private static bool TryParse(string text, [NotNullWhen(true)] out Platform? platform, out string why)
    {
        platform = null;
        why = "";
        var parts = text.Split('/');
        if (parts.Length is < 2 or > 3) { why = "it has not two or three parts"; return false; }

        string? version = null;
        if (parts[0].IndexOf('(') is > 0 and var open && parts[0].EndsWith(')'))
        {
            version = parts[0][(open + 1)..^1];
            parts[0] = parts[0][..open];
            if (version.Length > 64 || !version.All(IsWord)) { why = $"'{OciErrors.Shorten(version)}' is not an os version"; return false; }
        }
        foreach (var part in parts)
            if (part.Length is 0 or > 32 || !part.All(IsWord))
            {
                why = part.Length == 0 ? "a part of it is empty" : $"'{OciErrors.Shorten(part)}' has characters that a platform cannot have";
                return false;
            }
        platform = new Platform(parts[0], parts[1], parts.Length == 3 ? parts[2] : null) { OsVersion = string.IsNullOrEmpty(version) ? null : version };
        return true;
    }

    private static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.';
}
