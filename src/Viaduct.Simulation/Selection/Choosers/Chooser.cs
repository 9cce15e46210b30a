namespace Viaduct.Simulation;

/// <summary>One runtime's choice for one platform, made ready once and asked for many lists.</summary>
internal abstract class Chooser
{
    /// <summary>The rank of entries that name no platform, where a runtime takes them when nothing else is there.</summary>
    protected const int LastResort = int.MaxValue;

    /// <summary>Lower is better, -1 is never taken. What no list entry decides, as a single image, is not asked.</summary>
    public abstract int RankOf(Candidate candidate);

    /// <summary>Why an entry is not taken, as a clause.</summary>
    public abstract string WhyNot(Candidate candidate);

    /// <summary>What comes of it all: what is taken, or the error that the user reads.</summary>
    public abstract Outcome Decide(Candidates list, string reference);

    /// <summary>Decides between two entries of one rank; by default the first in the list stands.</summary>
    protected virtual bool IsBetter(Candidates list, Candidate one, Candidate other) => false;

    /// <summary>Whether entries of this list that name no platform are looked at.</summary>
    protected virtual bool TakesUnnamed(Candidates list) => true;

    /// <summary>Whether the best entry is taken in the end, as far as its list tells.</summary>
    protected virtual bool Accepts(Candidate best) => true;

    /// <summary>The position of the entry that is taken; -1 for none. Allocates nothing.</summary>
    public int Choose(Candidates list)
    {
        if (!list.IsList) return 0;
        var best = Best(list);
        return best >= 0 && Accepts(list.Entries[best]) ? best : -1;
    }

    /// <summary>The best entry; the second best when the best is left out.</summary>
    public int Best(Candidates list, int except = -1)
    {
        var entries = list.Entries;
        var (best, bestRank) = (-1, -1);
        for (var i = 0; i < entries.Count; i++)
        {
            if (i == except || (entries[i].Entry.Platform is null && !TakesUnnamed(list))) continue;
            var rank = RankOf(entries[i]);
            if (rank < 0 || (best >= 0 && rank > bestRank)) continue;
            if (best >= 0 && rank == bestRank && !IsBetter(list, entries[i], entries[best])) continue;
            (best, bestRank) = (i, rank);
        }
        return best;
    }

    /// <summary>The best entry, and in it, where it is a list itself, the best again.</summary>
    protected Trail Follow(Candidates list)
    {
        if (!list.IsList) return new Trail([], list.Entries[0], null);
        var steps = new List<Step>();
        while (true)
        {
            var best = Best(list);
            if (best < 0) return new Trail(steps, null, list);
            steps.Add(new Step(list, best));
            if (list.Entries[best].Nested is not { } nested) return new Trail(steps, list.Entries[best], null);
            list = nested;
        }
    }
}
