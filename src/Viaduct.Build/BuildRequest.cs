using Viaduct.Oci;

namespace Viaduct.Build;

/// <summary>What one build of one platform is asked for.</summary>
public sealed record BuildRequest
{
    /// <summary>The image's name in the set, for messages.</summary>
    public required string Name { get; init; }

    public required string Context { get; init; }

    /// <summary>The Dockerfile's path; it may lie outside the context.</summary>
    public required string Dockerfile { get; init; }

    public required Platform Platform { get; init; }

    public required IBaseImages Bases { get; init; }

    /// <summary>Build arguments by name; ARCH, BASE and those of viaduct.yaml are in it, BuildKit's TARGET… the builder adds.</summary>
    public IReadOnlyDictionary<string, string> Args { get; init; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>What was made for the image before; null when nothing is.</summary>
    public PreparedOutputs? Prepared { get; init; }

    /// <summary>The stage to stop at; the last one when null.</summary>
    public string? Target { get; init; }

    public BuilderName Builder { get; init; } = BuilderName.Auto;

    /// <summary>The engine that <see cref="BuilderName.Auto"/> takes for what the embedded builder cannot do; null for the one that fits.</summary>
    public BuilderName? RunsOn { get; init; }

    public EngineOptions Engine { get; init; } = EngineOptions.None;

    /// <summary>What is attached beside the image. The embedded builder and docker's have it made here; buildx makes its own.</summary>
    public AttestationKinds Attest { get; init; }

    public ImageForm Form { get; init; } = ImageForm.Default;

    /// <summary>Hears what is being done now, a line at a time: <c>[2/4] RUN make</c>. Of embedded builds, which take no time, nothing.</summary>
    public IProgress<string>? Progress { get; init; }

    /// <summary>SOURCE_DATE_EPOCH in seconds: the mtime of every entry and the image's created time.</summary>
    public long Epoch { get; init; }

    /// <summary>Compressor threads; the bytes are the same for any number.</summary>
    public int Threads { get; init; } = 1;
}
