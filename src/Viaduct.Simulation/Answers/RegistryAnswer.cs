namespace Viaduct.Simulation;

/// <summary>How a registry answers who wants one manifest: all that decides what a failed pull says.</summary>
public sealed record RegistryAnswer
{
    /// <summary>Why it cannot be asked; null where it answers.</summary>
    public ConnectionFailure? Failure { get; init; }

    /// <summary>False where it speaks plain HTTP. Runtimes put up with that on loopback addresses only, unless they are set to.</summary>
    public bool Secure { get; init; } = true;

    /// <summary>What <c>GET /v2/</c> is challenged with; null where it is let in. Only dockerd without the containerd store asks.</summary>
    public AuthChallenge? Ping { get; init; }

    /// <summary>What the manifest request is challenged with; null where it is let in.</summary>
    public AuthChallenge? Challenge { get; init; }

    /// <summary>What is said to a request that was let in.</summary>
    public HttpAnswer Manifest { get; init; } = new(200);

    /// <summary>The manifest is of schema 1, and its signatures are missing or wrong.</summary>
    public bool UnsignedSchema1 { get; init; }

    /// <summary>Whether the answer has <c>Docker-Content-Digest</c>; without it containerd reads a tag's manifest while it resolves it.</summary>
    public bool NamesDigest { get; init; } = true;

    /// <summary>Whether who sends this gets the manifest, as far as that is the registry's to say.</summary>
    internal bool Serves(SentCredentials credentials) => Failure is null && !Manifest.IsRefusal
        && (Challenge is null || (Challenge is { Accepts: true, TokenRefusal: null } && (Challenge.Scheme == ChallengeScheme.Bearer || credentials.Sends)));
}
