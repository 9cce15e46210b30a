using System.CommandLine;
using System.Text;
using Viaduct.Cli.Errors;
using Viaduct.Cli.Options;
using Viaduct.Cli.Printing;
using Viaduct.Cli.Sessions;
using Viaduct.Cli.Terminal;
using Viaduct.Configuration;
using Viaduct.Oci;
using Viaduct.Planning;
using Viaduct.Spreading;

namespace Viaduct.Cli.Verbs;

/// <summary><c>viaduct matrix</c>: the jobs of a pipeline that build a set on several machines.</summary>
internal static class MatrixVerb
{
    /// <summary>GitHub runs no more jobs of one matrix.</summary>
    private const int MostJobs = 256;

    public static Verb Make(Caller caller)
    {
        var work = new WorkOptions();
        var format = new Option<string>("--format") { Description = "github, gitlab, azure or json.", HelpName = "SERVICE", DefaultValueFactory = _ => "json" };
        format.AcceptOnlyFromAmong("github", "gitlab", "azure", "json");
        var jobs = new Option<int?>("--jobs") { Description = "Split the work over so many machines at the most; one a platform by default.", HelpName = "N" };
        var all = new Option<bool>("--all") { Description = "Everything, and not only what changed; no registry is asked." };
        var runner = new RunnerOption();
        var verb = new Verb("matrix", "Split what a push would build over several machines, as jobs of GitHub Actions, GitLab or Azure Pipelines.",
            "viaduct matrix --format github --registry ghcr.io/me", "viaduct matrix --format gitlab --jobs 6", "viaduct matrix --all --runner '*=my-machines'") { format, jobs, all, runner.Option };
        work.AddTo(verb);
        return verb.Does(caller, async (parse, token) =>
        {
            if (parse.GetValue(jobs) is < 1 or > MostJobs) throw CliErrors.Usage($"--jobs is a number from 1 to {MostJobs}", "GitHub runs no more jobs of one matrix.");
            var service = parse.GetValue(format)!;
            var set = work.Set.Read(parse, caller);
            var legs = Spread.Over(set, parse.GetValue(all) ? Everything(work, set, parse, caller) : await StaleAsync(work, set, parse, caller, token).ConfigureAwait(false),
                parse.GetValue(jobs), runner.Read(parse, service));
            if (legs.Count > MostJobs) throw CliErrors.Usage($"there are {legs.Count} platforms to build for, and a matrix has {MostJobs} jobs at the most", "Say --jobs.");
            caller.Write(service == "json" ? MatrixText.Json(legs) : Encoding.UTF8.GetBytes(service switch { "github" => MatrixText.GitHub(legs), "azure" => MatrixText.Azure(legs), _ => MatrixText.GitLab(legs) }));
            if (service == "github") Tell(legs, caller);
            return ExitCode.Done;
        });
    }

    private static IEnumerable<ChildId> Everything(WorkOptions work, ImageSet set, ParseResult parse, Caller caller) =>
        ImageGraph.Choose(set.Images, work.Job(parse, caller, set, "", isEmbedded: true).Images).SelectMany(i => i.Platforms.Select(p => new ChildId(i.Name, p)));

    private static async Task<IEnumerable<ChildId>> StaleAsync(WorkOptions work, ImageSet set, ParseResult parse, Caller caller, CancellationToken cancellationToken)
    {
        await using var session = await SetSession.OpenAsync(set, work.Set, parse, caller, makes: false, cancellationToken).ConfigureAwait(false);
        await using var job = new Job(work.Job(parse, caller, set, session.Prefix, session.IsEmbedded) with { IgnoreRegistry = session.IsNew }, session.Client);
        return (await job.PlanAsync(cancellationToken).ConfigureAwait(false)).Builds.Select(b => b.Child).ToList();
    }

    /// <summary>Output variables of the step; an empty matrix fails a workflow, so <c>any</c> says whether there is one.</summary>
    private static void Tell(IReadOnlyList<Leg> legs, Caller caller)
    {
        if (caller.Variable("GITHUB_OUTPUT") is { Length: > 0 } file)
            File.AppendAllText(file, $"matrix={MatrixText.GitHub(legs)}any={(legs.Count > 0 ? "true" : "false")}\n");
    }
}
