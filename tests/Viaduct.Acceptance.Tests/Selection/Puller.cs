namespace Viaduct.Acceptance.Tests.Selection;

/// <summary>A real tool that takes an image from a list.</summary>
/// <param name="runtime">What the prediction knows it as.</param>
internal abstract class Puller(string runtime)
{
    public string Runtime => runtime;

    /// <summary>True where it may be asked without a platform, so that it takes its host's.</summary>
    protected virtual bool KnowsItsHost => false;

    /// <summary>True where all that is fetched can be seen, and not what of it is taken.</summary>
    public virtual bool FetchesMore => false;

    /// <summary>Skips the test where the tool is not here.</summary>
    public abstract void Need();

    public virtual bool Survives(RandomIndex index) => true;

    /// <summary>What is taken from each list, in their order.</summary>
    public virtual async Task<IReadOnlyList<Taken>> PullAsync(IReadOnlyList<PushedIndex> indexes)
    {
        var taken = new Taken[indexes.Count];
        await Parallel.ForAsync(0, taken.Length, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (i, _) => taken[i] = await PullAsync(indexes[i]));
        return taken;
    }

    protected abstract Task<Taken> PullAsync(PushedIndex index);

    public bool AsksForNothing(RandomIndex index) => index.AsHost && KnowsItsHost && ThisMachine.Platform is not null;
}
