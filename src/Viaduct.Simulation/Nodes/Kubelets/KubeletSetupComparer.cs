using System.Runtime.CompilerServices;

namespace Viaduct.Simulation;

/// <summary>Compares setups by what they say. Readers share equal parts, so that most comparisons end at a reference.</summary>
internal sealed class KubeletSetupComparer : IEqualityComparer<KubeletSetup>
{
    /// <summary>A setup never changes, is shared by many nodes, and may hold hundreds of names.</summary>
    private readonly ConditionalWeakTable<KubeletSetup, object> _hashes = [];

    public bool Equals(KubeletSetup? x, KubeletSetup? y)
    {
        if (ReferenceEquals(x, y)) return true;
        return x is not null && y is not null && Plain(x) == Plain(y) && Pulls(x) == Pulls(y)
            && Same(x.Files, y.Files, SameFile) && Same(x.FeatureGates, y.FeatureGates) && Same(x.InTreeAnswers, y.InTreeAnswers)
            && Same(x.Allowlist, y.Allowlist) && SameProviders(x.Providers, y.Providers) && Same(x.Images, y.Images, SameImage);
    }

    public int GetHashCode(KubeletSetup setup) => (int)_hashes.GetValue(setup, s => HashOf(s));

    private static object HashOf(KubeletSetup setup)
    {
        var hash = new HashCode();
        hash.Add(Plain(setup));
        hash.Add(Pulls(setup));
        foreach (var file in setup.Files.OrderBy(f => f.Key, StringComparer.Ordinal))
        {
            hash.Add(file.Key);
            hash.Add(file.Value.Text);
        }
        foreach (var provider in setup.Providers?.Providers ?? []) hash.Add(provider.Name);
        foreach (var image in setup.Images)
            foreach (var name in image.Names) hash.Add(name);
        return hash.ToHashCode();
    }

    private static (string, string, string?, string?, string?, string?, bool) Plain(KubeletSetup setup) =>
        (setup.RootDir, setup.WorkingDirectory, setup.Home, setup.Cloud, setup.VerificationPolicy, setup.SandboxImage, setup.KnowsAllImages);

    private static (bool?, int?, int, int) Pulls(KubeletSetup setup) =>
        (setup.SerializeImagePulls, setup.MaxParallelImagePulls, setup.RegistryPullQps, setup.RegistryBurst);

    // Where something is written decides nothing.
    private static bool SameFile(NodeFileText x, NodeFileText y) => x.Text == y.Text;

    private static bool SameImage(PresentImage x, PresentImage y) =>
        ReferenceEquals(x, y) || (x.Id == y.Id && x.Origin == y.Origin && x.PulledWith == y.PulledWith && Same(x.Names, y.Names));

    private static bool SameProviders(ProviderSetup? x, ProviderSetup? y) =>
        ReferenceEquals(x, y) || (x is not null && y is not null && x.Refusal == y.Refusal && Same(x.Providers, y.Providers, SameProvider));

    private static bool SameProvider(CredentialProvider x, CredentialProvider y) =>
        ReferenceEquals(x, y) || ((x.Name, x.DefaultCacheDuration, x.ApiVersion, x.CannedAnswer) == (y.Name, y.DefaultCacheDuration, y.ApiVersion, y.CannedAnswer)
            && Same(x.MatchImages, y.MatchImages) && Same(x.Args, y.Args) && Same(x.Env, y.Env) && SameTokens(x.Tokens, y.Tokens));

    private static bool SameTokens(TokenAttributes? x, TokenAttributes? y) =>
        ReferenceEquals(x, y) || (x is not null && y is not null
            && (x.Audience, x.CacheType, x.RequiresServiceAccount) == (y.Audience, y.CacheType, y.RequiresServiceAccount)
            && Same(x.RequiredAnnotations, y.RequiredAnnotations) && Same(x.OptionalAnnotations, y.OptionalAnnotations));

    private static bool Same<T>(IReadOnlyList<T> x, IReadOnlyList<T> y, Func<T, T, bool>? same = null)
    {
        if (ReferenceEquals(x, y)) return true;
        if (x.Count != y.Count) return false;
        for (var i = 0; i < x.Count; i++)
            if (!(same is null ? EqualityComparer<T>.Default.Equals(x[i], y[i]) : same(x[i], y[i]))) return false;
        return true;
    }

    private static bool Same<T>(IReadOnlyDictionary<string, T> x, IReadOnlyDictionary<string, T> y, Func<T, T, bool>? same = null) =>
        ReferenceEquals(x, y) || (x.Count == y.Count && x.All(p => y.TryGetValue(p.Key, out var other) && (same is null ? EqualityComparer<T>.Default.Equals(p.Value, other) : same(p.Value, other))));
}
