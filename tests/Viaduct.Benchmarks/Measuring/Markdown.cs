using System.Globalization;
using System.Text;

namespace Viaduct.Benchmarks.Measuring;

/// <summary>A contest's results as they stand in the documentation.</summary>
internal static class Markdown
{
    private const double Mebi = 1 << 20;

    public static string Of(Contest contest, IReadOnlyList<Result> results, int rounds)
    {
        var reference = results.Single(r => r.Contestant.Name == contest.Reference);
        var columns = Columns(contest, results, reference);
        var text = new StringBuilder().AppendLine($"## {contest.Title}").AppendLine().AppendLine(contest.Note).AppendLine()
            .AppendLine(Invariant($"{rounds} interleaved rounds; ratio = wall / wall of `{contest.Reference}`, median of the rounds' ratios.")).AppendLine()
            .AppendLine($"| | {string.Join(" | ", columns.Select(c => c.Title))} |")
            .AppendLine($"| --- | --- | {string.Join(" | ", columns.Skip(1).Select(_ => "---:"))} |");
        foreach (var result in results) text.AppendLine(Row(result, columns));
        if (results.Any(r => r.Traffic is not null))
        {
            text.AppendLine().AppendLine("| | what was asked |").AppendLine("| --- | --- |");
            foreach (var result in results.Where(r => r.Traffic is not null)) text.AppendLine($"| {result.Contestant.Name} | {result.Traffic!.Kinds} |");
        }
        if (contest.Goals.Count + contest.Requests.Count + contest.Limits.Count > 0) text.AppendLine();
        foreach (var goal in contest.Goals) text.AppendLine(Line(goal, results, reference));
        foreach (var limit in contest.Limits) text.AppendLine(Line(limit, results));
        foreach (var (name, requests) in contest.Requests) text.AppendLine(Line(results.Single(r => r.Contestant.Name == name), requests));
        return text.ToString();
    }

    /// <summary>What is not measured in a contest has no column.</summary>
    private static List<(string Title, Func<Result, string> Value)> Columns(Contest contest, IReadOnlyList<Result> results, Result reference)
    {
        List<(string, Func<Result, string>)> columns =
        [
            ("wall ms (min / **med** / max)", r => Invariant($"{r.Wall.Min():0.0} / **{Result.Median(r.Wall):0.0}** / {r.Wall.Max():0.0}")),
            ("cpu ms", r => Invariant($"{Result.Median(r.Cpu):0.0}")),
        ];
        if (results.Any(r => r.DaemonCpu.Count > 0)) columns.Add(("daemons' cpu ms", r => r.DaemonCpu.Count == 0 ? "" : Invariant($"{Result.Median(r.DaemonCpu):0}")));
        columns.Add(("peak MiB", r => Invariant($"{r.PeakBytes / Mebi:0.0}")));
        if (contest.InputBytes > 0) columns.Add(("MB/s", r => Invariant($"{contest.InputBytes / Result.Median(r.Wall) / 1000:0.0}")));
        if (results.Any(r => r.OutputBytes is not null)) columns.Add(("output MiB", r => Invariant($"{r.OutputBytes / Mebi:0.0}")));
        columns.Add(("ratio", r => Invariant($"{r.RatioTo(reference):0.00}")));
        columns.Add(("cpu ratio", r => Invariant($"{r.CpuRatioTo(reference):0.00}")));
        if (results.All(r => r.Traffic is null)) return columns;
        columns.Add(("requests", r => Invariant($"{r.Traffic?.Requests}")));
        columns.Add(("connections", r => Invariant($"{r.Traffic?.Connections}")));
        return columns;
    }

    private static string Row(Result result, List<(string Title, Func<Result, string> Value)> columns) =>
        result.Contestant.Missing is { } why
            ? $"| {result.Contestant.Name} | missing: {why} |{string.Concat(columns.Skip(1).Select(_ => " |"))}"
            : $"| {result.Contestant.Name} | {string.Join(" | ", columns.Select(c => c.Value(result)))} |";

    private static string Line(Goal goal, IReadOnlyList<Result> results, Result reference)
    {
        var peer = results.Single(r => r.Contestant.Name == goal.Contestant);
        var ratio = goal.OfCpu ? peer.CpuRatioTo(reference) : peer.RatioTo(reference);
        var verdict = peer.Contestant.Missing is not null ? "not measured" : Invariant($"{ratio:0.00}, {(ratio >= goal.AtLeast ? "met" : "**not met**")}");
        var takes = goal.OfCpu && peer.Contestant.Daemons is not null ? "and its daemons take" : "takes";
        return Invariant($"- Goal: `{goal.Contestant}` {takes} at least {goal.AtLeast:0.##} times as {(goal.OfCpu ? "much CPU" : "long")} as `{reference.Contestant.Name}`: {verdict}.");
    }

    private static string Line(Limit limit, IReadOnlyList<Result> results)
    {
        var value = limit.Of(name => results.Single(r => r.Contestant.Name == name));
        var verdict = double.IsNaN(value) ? "not measured" : Invariant($"{value:0.00}, {(value <= limit.AtMost ? "met" : "**not met**")}");
        return Invariant($"- Goal: {limit.What}, at most {limit.AtMost:0.##}: {verdict}.");
    }

    private static string Line(Result result, int requests) =>
        Invariant($"- Goal: `{result.Contestant.Name}` asks {requests} times: {result.Traffic?.Requests}, {(result.Traffic?.Requests == requests ? "met" : "**not met**")}.");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
