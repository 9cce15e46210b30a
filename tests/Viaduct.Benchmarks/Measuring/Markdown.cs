using System.Globalization;
using System.Text;

namespace Viaduct.Benchmarks.Measuring;

/// <summary>A contest's results as they stand in the documentation.</summary>
internal static class Markdown
{
    public static string Of(Contest contest, IReadOnlyList<Result> results, int rounds)
    {
        var reference = results.Single(r => r.Contestant.Name == contest.Reference);
        var text = new StringBuilder().AppendLine($"## {contest.Title}").AppendLine().AppendLine(contest.Note).AppendLine()
            .AppendLine(Invariant($"{rounds} interleaved rounds; ratio = wall / wall of `{contest.Reference}`, median of the rounds' ratios.")).AppendLine();
        var counted = results.Any(r => r.Traffic is not null);
        text.AppendLine($"| | wall ms (min / **med** / max) | cpu ms | peak MiB | ratio |{(counted ? " requests | connections |" : "")}")
            .AppendLine($"| --- | --- | ---: | ---: | ---: |{(counted ? " ---: | ---: |" : "")}");
        foreach (var result in results) text.AppendLine(Row(result, reference, counted));
        if (counted)
        {
            text.AppendLine().AppendLine("| | what was asked |").AppendLine("| --- | --- |");
            foreach (var result in results.Where(r => r.Traffic is not null)) text.AppendLine($"| {result.Contestant.Name} | {result.Traffic!.Kinds} |");
        }
        if (contest.Goals.Count + contest.Requests.Count > 0) text.AppendLine();
        foreach (var goal in contest.Goals) text.AppendLine(Line(goal, results, reference));
        foreach (var (name, requests) in contest.Requests) text.AppendLine(Line(results.Single(r => r.Contestant.Name == name), requests));
        return text.ToString();
    }

    private static string Row(Result result, Result reference, bool counted)
    {
        if (result.Contestant.Missing is { } why) return $"| {result.Contestant.Name} | missing: {why} | | | |{(counted ? " | |" : "")}";
        var row = Invariant($"| {result.Contestant.Name} | {result.Wall.Min():0.0} / **{Result.Median(result.Wall):0.0}** / {result.Wall.Max():0.0} | {Result.Median(result.Cpu):0.0} | {result.PeakBytes / 1048576.0:0.0} | {result.RatioTo(reference):0.00} |");
        return counted ? row + $" {result.Traffic?.Requests} | {result.Traffic?.Connections} |" : row;
    }

    private static string Line(Goal goal, IReadOnlyList<Result> results, Result reference)
    {
        var peer = results.Single(r => r.Contestant.Name == goal.Contestant);
        var verdict = peer.Contestant.Missing is not null ? "not measured"
            : Invariant($"{peer.RatioTo(reference):0.00}, {(peer.RatioTo(reference) >= goal.AtLeast ? "met" : "**not met**")}");
        return Invariant($"- Goal: `{goal.Contestant}` takes at least {goal.AtLeast:0.##} times as long as `{reference.Contestant.Name}`: {verdict}.");
    }

    private static string Line(Result result, int requests) =>
        Invariant($"- Goal: `{result.Contestant.Name}` asks {requests} times: {result.Traffic?.Requests}, {(result.Traffic?.Requests == requests ? "met" : "**not met**")}.");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
