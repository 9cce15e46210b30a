namespace Viaduct.Simulation;

/// <summary>What kubelet finds for an image of a pod on a node.</summary>
public sealed record CredentialLookup
{
    public static readonly CredentialLookup Nothing = new();

    /// <summary>In the order in which they are tried; none: one pull without any.</summary>
    public IReadOnlyList<OfferedCredential> Offered { get; init; } = [];

    /// <summary>Why no keyring could be made, in kubelet's words: nothing is pulled. Null where it could.</summary>
    public string? Error { get; init; }

    /// <summary>Up to 1.32 a keyring was made inside of PullImage: the error is that of a pull. From 1.33 on nothing is pulled, and the reason of the waiting container is the error itself.</summary>
    public bool FailsInPull { get; init; }

    /// <summary>Names of pull secrets that do not exist: kubelet says so, and goes on.</summary>
    public IReadOnlyList<string> MissingSecrets { get; init; } = [];

    /// <summary>What passed by unnoticed: a secret of a type that is ignored, a key that does not match, a file that hides another, a provider that was not run.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>What could not be known: a provider without a canned answer. Null where all is known.</summary>
    public string? Unknown { get; init; }
}
