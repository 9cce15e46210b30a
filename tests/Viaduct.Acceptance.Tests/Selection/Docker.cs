namespace Viaduct.Acceptance.Tests.Selection;

/// <summary><c>docker pull</c>. Every list has a tag of its own, so what a tag is afterwards was taken now.</summary>
internal abstract class Docker(string runtime, Engine engine) : Puller(runtime)
{
    protected override bool KnowsItsHost => true;

    public override void Need() => engine.Need();

    public override async Task<IReadOnlyList<Taken>> PullAsync(IReadOnlyList<PushedIndex> indexes)
    {
        try
        {
            var ends = await base.PullAsync(indexes);
            var read = await ReadAsync(indexes);
            return [.. ends.Zip(read, (end, places) => end.Error is null ? new Taken(places, null) : end)];
        }
        finally
        {
            await ForgetAsync(indexes);
        }
    }

    protected override async Task<Taken> PullAsync(PushedIndex index)
    {
        string[] platform = AsksForNothing(index.Index) ? [] : ["--platform", index.Index.Request];
        var outcome = await engine.RunAsync(["pull", .. platform, index.Name.ToString()]);
        return outcome.Exit == 0 ? new Taken([], null) : Taken.Nothing(outcome.Error);
    }

    /// <summary>The places that the engine has of each list.</summary>
    protected abstract Task<IReadOnlyList<IReadOnlyList<string>>> ReadAsync(IReadOnlyList<PushedIndex> indexes);

    /// <summary>Tag and id, a line each, of what was pulled.</summary>
    protected async Task<string[]> TagsAsync(PushedIndex any) =>
        (await engine.RunAsync("image", "ls", "--no-trunc", "--format", "{{.Tag}} {{.ID}}", any.Name.Name)).MustSucceed().Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    protected virtual async Task ForgetAsync(IReadOnlyList<PushedIndex> indexes)
    {
        var tags = (await TagsAsync(indexes[0])).Select(line => $"{indexes[0].Name.Name}:{line.Split(' ')[0]}").ToArray();
        if (tags.Length > 0) (await engine.RunAsync(["image", "rm", .. tags])).MustSucceed();
    }
}
