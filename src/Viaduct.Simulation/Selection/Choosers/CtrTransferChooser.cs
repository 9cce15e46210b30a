namespace Viaduct.Simulation;

/// <summary><c>ctr images pull</c> from 2.0 on: it fetches what is for the very platform, all of it, and is content with nothing.</summary>
internal sealed class CtrTransferChooser(PlatformRequest request) : ContainerdChooser(request, ContainerdWay.CtrLocal)
{
    public override int RankOf(Candidate candidate) => IsFetched(candidate) ? 0 : -1;

    public override string WhyNot(Candidate candidate) => $"only {Shown} itself is fetched";

    protected override bool Accepts(Candidate best) => true;

    public override Outcome Decide(Candidates list, string reference)
    {
        if (!list.IsList) return Follow(list).Taken() with { Fetched = [0] };
        var fetched = Enumerable.Range(0, list.Entries.Count).Where(i => Fetches(list.Entries[i])).ToList();
        if (fetched.Count == 0) return Outcome.Failed(null);
        var first = Best(list) is var best && fetched.Contains(best) ? best : fetched[0];
        return new Outcome { Path = [first], Image = Innermost(list.Entries[first]), Fetched = fetched };
    }

    private Candidate Innermost(Candidate candidate) =>
        candidate.Nested is { } nested ? Innermost(nested.Entries.First(Fetches)) : candidate;

    private bool Fetches(Candidate candidate) =>
        IsFetched(candidate) && (candidate.Nested is null || candidate.Nested.Entries.Any(Fetches));
}
