namespace Viaduct.Server;

/// <summary>How a registry hands out tokens.</summary>
/// <param name="Path">Of its token service. Real ones may stand on a host of their own; here it is the registry's.</param>
/// <param name="Service">What the challenge calls the service.</param>
internal sealed record TokenScheme(string Path, string Service)
{
    /// <summary>The answer to a POST (distribution, oauth.md); 0 where it is understood.</summary>
    public int PostStatus { get; init; }

    /// <summary>Whether only <c>/v2/</c> says where tokens are to be had.</summary>
    public bool ChallengesAtPingOnly { get; init; }

    /// <summary>Whether a scope with the action <c>delete</c> grants nothing, not even the rest of it.</summary>
    public bool IgnoresDelete { get; init; }

    /// <summary>Whether a mount from what the token does not open is refused instead of becoming an upload.</summary>
    public bool RefusesForeignMounts { get; init; }

    /// <summary>Whether the list of all repositories is granted to anybody.</summary>
    public bool GrantsCatalog { get; init; } = true;

    public bool AnonymousPull { get; init; }

    /// <summary>What the registry makes of a repository's name.</summary>
    public Func<string, string> Rename { get; init; } = name => name;
}
