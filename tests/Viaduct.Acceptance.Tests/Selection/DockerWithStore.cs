namespace Viaduct.Acceptance.Tests.Selection;

/// <summary>dockerd with containerd's store, where what it fetched can be seen.</summary>
internal sealed class DockerWithStore(string runtime) : Docker(runtime, Engine.Store)
{
    private static readonly Containerd Its = new("moby");

    protected override async Task<IReadOnlyList<IReadOnlyList<string>>> ReadAsync(IReadOnlyList<PushedIndex> indexes)
    {
        var stored = (await Its.RunAsync("content", "ls")).MustSucceed().Text.Split('\n');
        return [.. indexes.Select(index => StoredContent.Places(index, stored))];
    }

    /// <summary>dockerd collects garbage after each image that it removes, containerd once.</summary>
    protected override async Task ForgetAsync(IReadOnlyList<PushedIndex> indexes)
    {
        var all = (await Its.RunAsync("images", "ls", "-q")).MustSucceed().Text.Split('\n');
        var names = all.Where(name => name.StartsWith(indexes[0].Name.Name + ":", StringComparison.Ordinal)).ToArray();
        if (names.Length > 0) (await Its.RunAsync(["images", "rm", "--sync", .. names])).MustSucceed();
    }
}
