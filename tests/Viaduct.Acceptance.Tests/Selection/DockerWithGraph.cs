namespace Viaduct.Acceptance.Tests.Selection;

/// <summary>dockerd with a graph driver: the id of an image is its config's digest.</summary>
/// <param name="takesCapitals">False for an engine whose process dies of a list that says Linux (dockerd 20.10, distribution/xfer/download.go).</param>
internal sealed class DockerWithGraph(string runtime, Engine engine, bool takesCapitals) : Docker(runtime, engine)
{
    public override bool Survives(RandomIndex index) => takesCapitals || !index.HasCapitals;

    protected override async Task<IReadOnlyList<IReadOnlyList<string>>> ReadAsync(IReadOnlyList<PushedIndex> indexes)
    {
        var ids = (await TagsAsync(indexes[0])).Select(line => line.Split(' ')).ToDictionary(words => words[0], words => words[1]);
        return [.. indexes.Select(Read)];

        IReadOnlyList<string> Read(PushedIndex index) =>
            !ids.TryGetValue(index.Index.Tag, out var id) ? []
            : index.PlaceOf(id) is { } place ? [place]
            : throw new InvalidOperationException($"{index.Name} is {id}, which is not of {index.Index}");
    }
}
