using System.Globalization;
using Viaduct.Configuration;
using Viaduct.Oci;
using Viaduct.Planning;

namespace Viaduct.Spreading;

/// <summary>
/// Splits what is to be built over machines: first by platform, then by groups of images that FROM joins. It depends on its input alone, so
/// that machines which each work it out agree.
/// </summary>
public static class Spread
{
    /// <param name="children">What is to be built, of the images of <paramref name="set"/>.</param>
    /// <param name="jobs">As many machines at the most, and no more than there is work for; null for one a platform.</param>
    /// <param name="runnerOf">The kind of machine that builds for a platform.</param>
    /// <exception cref="ViaductException">VIA5050 when there are more kinds of machines than machines.</exception>
    public static IReadOnlyList<Leg> Over(ImageSet set, IEnumerable<ChildId> children, int? jobs, Func<Platform, string> runnerOf)
    {
        var groups = ImageGraph.Groups(set.Images);
        var rows = children.GroupBy(c => c.Platform).OrderBy(p => p.Key.ToString(), StringComparer.Ordinal)
            .Select(p => new Row(p.Key, runnerOf(p.Key), Units(groups, [.. p.Select(c => c.Image)]))).ToList();
        if (rows.Count == 0) return [];
        if (jobs is { } few && few < rows.Count) return Join(rows, few);
        return [.. rows.Zip(Share([.. rows.Select(r => (r.Weight, r.Units.Count))], jobs ?? rows.Count), Split).SelectMany(legs => legs)];
    }

    private static List<List<string>> Units(IReadOnlyList<IReadOnlyList<ImageDefinition>> groups, HashSet<string> wanted) =>
        [.. groups.Select(g => g.Select(i => i.Name).Where(wanted.Contains).ToList()).Where(u => u.Count > 0)];

    /// <summary>How many machines each gets: one, and then one more where a machine has most to do.</summary>
    /// <param name="work">What there is to do, and into how many parts it can be split.</param>
    private static int[] Share(IReadOnlyList<(int Weight, int Most)> work, int jobs)
    {
        var shares = work.Select(_ => 1).ToArray();
        for (var left = jobs - shares.Length; left > 0; left--)
        {
            var next = Enumerable.Range(0, shares.Length).Where(i => shares[i] < work[i].Most).OrderByDescending(i => (double)work[i].Weight / shares[i]).ThenBy(i => i).Take(1).ToList();
            if (next.Count == 0) break;
            shares[next[0]]++;
        }
        return shares;
    }

    /// <summary>A platform over several machines.</summary>
    private static IEnumerable<Leg> Split(Row row, int count) =>
        Balance(row.Units, u => u.Count, count).Select((units, i) => new Leg(
            count == 1 ? NameOf(row.Platform) : string.Create(CultureInfo.InvariantCulture, $"{NameOf(row.Platform)}-{i + 1}"),
            [row.Platform], [.. units.SelectMany(u => u)], row.Runner));

    /// <summary>Several platforms on one machine: whole ones, since a machine builds each of its images for each of its platforms.</summary>
    private static List<Leg> Join(IReadOnlyList<Row> rows, int jobs)
    {
        var kinds = rows.GroupBy(r => r.Runner).OrderBy(k => k.Key, StringComparer.Ordinal).ToList();
        if (kinds.Count > jobs) throw SpreadErrors.TooFew(jobs, [.. kinds.Select(k => k.Key)]);
        var shares = Share([.. kinds.Select(k => (k.Sum(r => r.Weight), k.Count()))], jobs);
        return [.. kinds.SelectMany((kind, i) => Balance([.. kind], r => r.Weight, shares[i])).Select(part => new Leg(
            NameOf(part[0].Platform) + (part.Count == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"-and-{part.Count - 1}-more")), [.. part.Select(r => r.Platform)],
            [.. part.SelectMany(r => r.Units).SelectMany(u => u).Distinct()], part[0].Runner))];
    }

    /// <summary>The heaviest first, each to who has least; in their own order within a part.</summary>
    private static List<List<T>> Balance<T>(IReadOnlyList<T> all, Func<T, int> weight, int count)
    {
        var parts = Enumerable.Range(0, count).Select(_ => new List<int>()).ToList();
        foreach (var i in Enumerable.Range(0, all.Count).OrderByDescending(i => weight(all[i])).ThenBy(i => i))
            parts.MinBy(p => p.Sum(j => weight(all[j])))!.Add(i);
        return [.. parts.Select(p => p.Order().Select(i => all[i]).ToList())];
    }

    private static string NameOf(Platform platform) => platform.ToString().Replace('/', '-');

    private sealed record Row(Platform Platform, string Runner, IReadOnlyList<List<string>> Units)
    {
        public int Weight => Units.Sum(u => u.Count);
    }
}
