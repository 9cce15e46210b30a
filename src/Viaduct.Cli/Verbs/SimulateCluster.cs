using System.CommandLine;
using System.Text;
using Viaduct.Cli.Errors;
using Viaduct.Cli.Options;
using Viaduct.Cli.Printing;
using Viaduct.Cli.Sessions;
using Viaduct.Cli.Terminal;
using Viaduct.Oci;
using Viaduct.Reports;
using Viaduct.Simulation;

namespace Viaduct.Cli.Verbs;

/// <summary><c>viaduct simulate -f</c>: what becomes of pods on nodes.</summary>
internal sealed class SimulateCluster(Option<string[]> nodes, Option<string> output)
{
    private readonly ClusterOptions _cluster = new(nodes);
    private readonly ClusterReportOptions _report = new();

    public void AddTo(Command command)
    {
        _cluster.AddTo(command);
        _report.AddTo(command);
    }

    public bool IsGiven(ParseResult parse) => _cluster.IsGiven(parse);

    /// <exception cref="ViaductException">VIA9001 for options that need pods where none are given.</exception>
    public void CheckAbsent(ParseResult parse)
    {
        _cluster.CheckAbsent(parse, _report.All);
        if (parse.GetValue(output) is "markdown" or "junit")
            throw CliErrors.Usage($"--output {parse.GetValue(output)} is a report about the pods of a cluster, and none are given", "Name files of Kubernetes objects with -f, or take text or json.");
    }

    /// <param name="others">What is said of images by themselves.</param>
    public async Task<ExitCode> RunAsync(RegistryOptionsGroup registries, IEnumerable<Symbol> others, ParseResult parse, Caller caller, CancellationToken cancellationToken)
    {
        foreach (var other in others)
            if (parse.GetResult(other) is { } result && result is not System.CommandLine.Parsing.OptionResult { Implicit: true } && result.Tokens.Count + (other is Option<bool> ? 1 : 0) > 0)
                throw CliErrors.Usage($"{other.Name} is about images by themselves, and -f says which pods to look at", $"Leave out {other.Name}, or -f.");
        var summary = _report.SummaryFile(parse, caller);
        var question = _report.Question(parse);
        if (question is not null && parse.GetValue(output) != "text") throw CliErrors.Usage($"--explain is text, and --output {parse.GetValue(output)} has all of it anyway", "Leave out one of the two.");

        await using var session = await ClusterSession.OpenAsync(_cluster, registries, parse, caller, cancellationToken).ConfigureAwait(false);
        var view = new ClusterView(await session.RunAsync(cancellationToken).ConfigureAwait(false));
        var verdict = question is null ? view.Report.Verdict : Explain(question, view, caller);
        if (question is null) Write(view, parse, caller);
        if (summary is not null) await File.AppendAllTextAsync(summary, ClusterMarkdown.Render(view), new UTF8Encoding(false), cancellationToken).ConfigureAwait(false);
        return verdict == Verdict.Failure || (verdict == Verdict.Unknown && _report.IsStrict(parse)) ? ExitCode.VerificationFailed : ExitCode.Done;
    }

    private void Write(ClusterView view, ParseResult parse, Caller caller)
    {
        switch (parse.GetValue(output))
        {
            case "json":
                caller.Write(ClusterJson.Write(view));
                break;
            case "junit":
                caller.Write(ClusterJUnit.Render(view, _report.IsStrict(parse)));
                break;
            case "markdown":
                caller.Text.Write(ClusterMarkdown.Render(view));
                break;
            default:
                caller.Text.Write(ClusterText.Render(view, ClusterColours.For(caller)));
                break;
        }
    }

    private static Verdict Explain(string text, ClusterView view, Caller caller)
    {
        var question = ClusterQuestion.Parse(text);
        var answers = ClusterAnswer.To(question, view.Report);
        if (answers.Count == 0)
        {
            var pods = view.Report.PodGroups.SelectMany(g => g.Pods).ToList();
            throw pods.Any(question.Asks)
                ? CliErrors.NoSuchNode(question.Node!, [.. view.Report.NodeGroups.SelectMany(g => g.Nodes).Select(n => n.Name)])
                : CliErrors.NoSuchPod(text.Split('@', 2)[0], [.. pods.Select(view.LabelOf).Distinct(StringComparer.Ordinal)]);
        }
        caller.Text.Write(ClusterExplain.Render(answers));
        return Verdicts.Worst(answers.Select(a => ClusterWords.VerdictOf(a.Cell)).OfType<Verdict>());
    }
}
