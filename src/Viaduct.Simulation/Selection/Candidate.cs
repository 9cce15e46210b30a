using Viaduct.Oci;

namespace Viaduct.Simulation;

/// <summary>One entry of a list, with what runtimes look at besides the entry itself.</summary>
public sealed class Candidate
{
    public Candidate(Descriptor entry, Platform? config = null, Candidates? nested = null)
    {
        (Entry, Config, Nested) = (entry, config, nested);
        // containerd 1.x looks at no variant of a config (images/image.go, Manifest).
        if (config is not null)
            Configured = new Candidate(entry with { Platform = config }) { OldVariant = new Platform(config.Os, config.Architecture).Normalized().Variant };
        if (entry.Platform is not { } platform) return;
        var normal = platform.Normalized();
        (Os, Architecture, Variant) = (normal.Os, normal.Architecture, normal.Variant);
        OldVariant = PlatformWords.OldVariant(platform, normal);
    }

    public Descriptor Entry { get; }

    /// <summary>The platform that the image's config names; null when it was not read.</summary>
    public Platform? Config { get; }

    /// <summary>The digest of the image's config; null when the image's manifest was not read.</summary>
    public Digest? ConfigDigest { get; init; }

    /// <summary>What the entry holds when it is a list itself and was read.</summary>
    public Candidates? Nested { get; }

    public bool IsAttestation => Entry.Platform is { Os: "unknown", Architecture: "unknown" };

    /// <summary>The entry as if it named the config's platform.</summary>
    internal Candidate? Configured { get; }

    /// <summary>In containerd's normal form, as are the others; null without a platform.</summary>
    internal string? Os { get; }

    internal string? Architecture { get; }

    internal string? Variant { get; }

    /// <summary>The variant in the normal form of containerd 1.x.</summary>
    internal string? OldVariant { get; private init; }

    /// <summary>Image tools of the containers project prefer such an entry among equals (containers/image, internal/manifest/oci_index.go).</summary>
    internal bool IsZstd => Entry.Annotations.GetValueOrDefault("io.github.containers.compression.zstd") == "true";
}
