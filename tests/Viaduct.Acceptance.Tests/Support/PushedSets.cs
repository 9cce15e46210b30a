namespace Viaduct.Acceptance.Tests;

/// <summary>The pushed images in each kind of registry: made when a test first asks, shared by all tests.</summary>
public sealed class PushedSets : IAsyncLifetime
{
    private readonly Dictionary<RegistryKind, Task<PushedSet>> _sets = [];

    public static readonly string[] Images = ["pause", "pause-named"];

    public static readonly string[] Platforms =
        ["linux/amd64", "linux/arm64", "linux/arm/v7", "linux/ppc64le", "linux/s390x", "linux/riscv64", "linux/386"];

    internal Task<PushedSet> InAsync(RegistryKind kind)
    {
        if (kind == RegistryKind.Distribution) RealParts.NeedDistribution();
        if (!_sets.TryGetValue(kind, out var set)) _sets[kind] = set = PushedSet.PushAsync(kind);
        return set;
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var set in _sets.Values.Where(s => s.IsCompletedSuccessfully)) await (await set).DisposeAsync();
    }
}
