namespace Viaduct.Acceptance.Tests.Selection;

/// <summary><c>ctr images pull</c>. What was taken is read from containerd's store, where all of these lists are strangers before.</summary>
/// <param name="local">True where ctr itself fetches, by containerd's client; false where containerd's transfer service does.</param>
internal sealed class Ctr(string runtime, Containerd containerd, bool local, params string[] options) : Puller(runtime)
{
    public override bool FetchesMore => !local;

    public override void Need() => containerd.Need();

    public override async Task<IReadOnlyList<Taken>> PullAsync(IReadOnlyList<PushedIndex> indexes)
    {
        await ForgetAsync();
        try
        {
            var ends = await base.PullAsync(indexes);
            var stored = (await containerd.RunAsync("content", "ls")).MustSucceed().Text.Split('\n');
            return [.. ends.Zip(indexes, (end, index) => end.Error is null ? new Taken(Places(index, stored), null) : end)];
        }
        finally
        {
            await ForgetAsync();
        }
    }

    protected override async Task<Taken> PullAsync(PushedIndex index)
    {
        var outcome = await containerd.RunAsync(["images", "pull", "--plain-http", .. options, "--platform", index.Index.Request, index.Name.ToString()]);
        return outcome.Exit == 0 ? new Taken([], null) : Taken.Nothing(outcome.Error);
    }

    private List<string> Places(PushedIndex index, string[] stored) => local ? Unpacked(index, stored) : Fetched(index, stored);

    /// <summary>The config of an image that was unpacked holds on to its snapshot (containerd image.go, Unpack).</summary>
    private static List<string> Unpacked(PushedIndex index, string[] stored) =>
        StoredContent.Places(index, stored.Where(line => line.Contains("containerd.io/gc.ref.snapshot.", StringComparison.Ordinal)));

    /// <summary>The transfer service fetches all that is for the platform; of a list in the list it matters only that something of it is.</summary>
    private static List<string> Fetched(PushedIndex index, string[] stored) =>
        [.. StoredContent.Places(index, stored).Select(place => place.Split('/')[0]).Distinct().Order(StringComparer.Ordinal)];

    private async Task ForgetAsync()
    {
        var names = (await containerd.RunAsync("images", "ls", "-q")).MustSucceed().Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (names.Length > 0) (await containerd.RunAsync(["images", "rm", "--sync", .. names])).MustSucceed();
    }
}
