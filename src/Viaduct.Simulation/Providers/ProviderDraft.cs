namespace Viaduct.Simulation;

/// <summary>A provider as its configuration has it, before kubelet looks whether it can be.</summary>
internal sealed class ProviderDraft
{
    public string Name { get; set; } = "";
    public string ApiVersion { get; set; } = "";
    public IReadOnlyList<string> MatchImages { get; set; } = [];

    /// <summary>In nanoseconds; null where it is not written.</summary>
    public long? DefaultCacheDuration { get; set; }

    public IReadOnlyList<string> Args { get; set; } = [];
    public Dictionary<string, string> Env { get; } = new(StringComparer.Ordinal);
    public TokenDraft? Tokens { get; set; }
    public string Where { get; set; } = "";

    public CredentialProvider ToProvider() => new(Name, MatchImages)
    {
        DefaultCacheDuration = TimeSpan.FromTicks((DefaultCacheDuration ?? 0) / TimeSpan.NanosecondsPerTick),
        ApiVersion = ApiVersion,
        Args = Args,
        Env = Env,
        Where = Where,
        Tokens = Tokens is not { Audience.Length: > 0 } ? null : new(Tokens.Audience, Tokens.CacheType, Tokens.RequireServiceAccount ?? false)
        {
            RequiredAnnotations = Tokens.Required,
            OptionalAnnotations = Tokens.Optional,
        },
    };
}
