namespace Viaduct.Build;

/// <summary>What only engines know: of an image's configuration, passed on to the builder that runs its RUN lines.</summary>
public sealed record EngineOptions
{
    public static readonly EngineOptions None = new();

    /// <summary>Where build cache is read from: references, or buildx' <c>type=…</c> words.</summary>
    public IReadOnlyList<string> CacheFrom { get; init; } = [];

    /// <summary>Where build cache is written to: buildx' <c>type=…</c> words.</summary>
    public IReadOnlyList<string> CacheTo { get; init; } = [];

    /// <summary><c>id=NAME,src=FILE</c> or <c>id=NAME,env=VARIABLE</c>; the values themselves are never here.</summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];

    /// <summary><c>default</c>, or <c>NAME=SOCKET-OR-KEY</c>.</summary>
    public IReadOnlyList<string> Ssh { get; init; } = [];

    /// <summary><c>min</c> or <c>max</c>; null for none.</summary>
    public string? Provenance { get; init; }

    public bool Sbom { get; init; }

    /// <summary>Docker's builder from before BuildKit.</summary>
    public bool Classic { get; init; }

    /// <summary>What RUN may reach: <c>default</c>, <c>none</c>, <c>host</c>; null for the engine's default.</summary>
    public string? Network { get; init; }

    /// <summary>The same, with these by buildx beside what is there; <c>min</c> where no word says how much.</summary>
    public EngineOptions With(AttestationKinds kinds) => kinds == AttestationKinds.None ? this : this with
    {
        Provenance = Provenance ?? (kinds.HasFlag(AttestationKinds.Provenance) ? "min" : null),
        Sbom = Sbom || kinds.HasFlag(AttestationKinds.Sbom),
    };

    public bool HasAttestations => Provenance is not null || Sbom;

    /// <summary>The plain Engine API has no session, and these need one.</summary>
    public bool NeedsSession => HasAttestations || CacheTo.Count > 0 || Secrets.Count > 0 || Ssh.Count > 0 || CacheFrom.Any(c => c.Contains('='));
}
