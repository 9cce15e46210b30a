using Viaduct.Oci;

namespace Viaduct.Simulation;

/// <summary>A registry, and what it says to whom.</summary>
internal sealed record DescribedRegistry
{
    public DescribedAuth Auth { get; init; }
    public bool Secure { get; init; } = true;
    public ConnectionFailure? Failure { get; init; }

    /// <summary>The token service; null for <c>https://auth.HOST/token</c>.</summary>
    public string? Realm { get; init; }

    /// <summary>Null for the host.</summary>
    public string? Service { get; init; }

    /// <summary>What the token service says to everybody; null where it works.</summary>
    public int? TokenStatus { get; init; }

    /// <summary>What the registry says to all that are let in; null for what is right.</summary>
    public int? Status { get; init; }

    public IReadOnlyList<DescribedUser> Users { get; init; } = [];
    public IReadOnlyDictionary<string, DescribedRepository> Repositories { get; init; } = new Dictionary<string, DescribedRepository>();

    /// <param name="repository">Null where there is none of the name.</param>
    /// <param name="isThere">Whether it has what the image names.</param>
    public RegistryAnswer Answer(DescribedRepository? repository, bool isThere, Reference image, RegistryLogin? login)
    {
        if (Failure is not null) return new RegistryAnswer { Failure = Failure, Secure = Secure };
        var said = new RegistryAnswer { Secure = Secure, Manifest = Manifest(repository, isThere) };
        if (Auth == DescribedAuth.None) return said;

        // Half a login is not shown: SentCredentials.
        var shown = SentCredentials.Of(login).Sends ? login : null;
        var user = shown is null ? null : Users.FirstOrDefault(u => u.Is(shown));
        var isWrong = shown is not null && user is null;
        return Auth == DescribedAuth.Basic ? Basic(said, repository, user, image) : Bearer(said, repository, user, isWrong, image);
    }

    private HttpAnswer Manifest(DescribedRepository? repository, bool isThere) =>
        (repository?.Status ?? Status) is { } status ? DescribedWords.Of(status)
        : repository is null ? DescribedWords.NameUnknown
        : isThere ? new HttpAnswer(200) : DescribedWords.ManifestUnknown;

    /// <summary>What is public is let in without a word; whoever has logged in is told what there is, and what is not for them.</summary>
    private RegistryAnswer Basic(RegistryAnswer said, DescribedRepository? repository, DescribedUser? user, Reference image)
    {
        var challenge = new AuthChallenge(ChallengeScheme.Basic) { Accepts = user is not null, Service = Service ?? image.Registry, Answer = DescribedWords.Unauthorized };
        said = said with { Ping = challenge };
        if (repository?.IsPublic == true) return said;
        if (user is not null && repository?.Allows(user) == false) said = said with { Manifest = DescribedWords.Denied };
        return said with { Challenge = challenge };
    }

    /// <summary>
    /// Every request is challenged, also of what is public. A wrong login gets no token, so that it fails where none at all would do; a right one
    /// for what it may not see gets a token without that scope, and what is not there looks the same (Docker Hub, ghcr.io).
    /// </summary>
    private RegistryAnswer Bearer(RegistryAnswer said, DescribedRepository? repository, DescribedUser? user, bool isWrong, Reference image)
    {
        var allows = repository?.Allows(user) == true;
        var challenge = new AuthChallenge(ChallengeScheme.Bearer)
        {
            Realm = Realm ?? $"https://auth.{RegistryAddress.HostOf(image.Registry)}/token",
            Service = Service ?? image.Registry,
            TokenRefusal = TokenStatus is { } status ? DescribedWords.Of(status) : isWrong ? DescribedWords.WrongLogin : null,
            Accepts = true,
            Answer = DescribedWords.Unauthorized,
        };
        var own = challenge with { Scope = $"repository:{image.Repository}:pull", Accepts = allows, Error = allows ? null : "insufficient_scope" };
        return said with { Ping = challenge, Challenge = own };
    }
}
