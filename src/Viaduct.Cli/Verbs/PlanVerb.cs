using System.CommandLine;
using Viaduct.Cli.Options;
using Viaduct.Cli.Sessions;
using Viaduct.Cli.Terminal;
using Viaduct.Configuration;
using Viaduct.Metadata;
using Viaduct.Oci;
using Viaduct.Reports;

namespace Viaduct.Cli.Verbs;

/// <summary><c>viaduct plan</c>: what a push would do and why.</summary>
internal static class PlanVerb
{
    public static Command Make(Caller caller)
    {
        var work = new WorkOptions();
        var check = new Option<bool>("--check") { Description = "Exit with 3 when there is something to do." };
        var bases = new Option<bool>("--bases") { Description = "Look only at images whose base, which is not of the set, has moved; --check then means these." };
        var explain = new Option<bool>("--explain") { Description = "Show every value of the configuration and where it came from." };
        var output = CommonOptions.Output();
        var verb = new Verb("plan", "Show what a push would do, and why. Changes nothing.",
            "viaduct plan", "viaduct plan --check --registry registry.example/team", "viaduct plan --check --bases", "viaduct plan pause --explain") { check, bases, explain, output };
        work.AddTo(verb);
        return verb.Does(caller, async (parse, token) =>
        {
            await using var session = await SetSession.OpenAsync(work.Set, parse, caller, makes: false, token).ConfigureAwait(false);
            var options = work.Job(parse, caller, session.Set, session.Prefix, session.IsEmbedded) with { IgnoreRegistry = session.IsNew };
            await using var job = new Job(options, session.Client);
            var plan = await job.PlanAsync(token).ConfigureAwait(false);
            var explained = parse.GetValue(explain) ? Explained(session.Set, options, caller) : null;
            if (CommonOptions.IsJson(parse, output))
                caller.Write(MetadataJson.Write(plan, explained));
            else
            {
                if (explained is not null) caller.Text.WriteLine(Table(explained));
                caller.Text.Write(parse.GetValue(bases) ? PlanText.Bases(plan) : PlanText.Render(plan));
            }
            var isThere = parse.GetValue(bases) ? plan.Builds.Any(b => b.MovedBase is not null) : !plan.IsEmpty;
            return parse.GetValue(check) && isThere ? ExitCode.CheckFound : ExitCode.Done;
        });
    }

    private static List<ExplainedValue> Explained(ImageSet set, JobOptions options, Caller caller) =>
    [
        .. set.Explained.Where(v => v.Image is null),
        new(null, "prefix", options.Prefix, set.Registry is not null ? "registry" : string.IsNullOrEmpty(caller.Variable(EmbeddedStore.PortVariable)) ? ExplainedValue.Default : EmbeddedStore.PortVariable),
        new(null, "epoch", options.Epoch.ToString(System.Globalization.CultureInfo.InvariantCulture), string.IsNullOrEmpty(caller.Variable("SOURCE_DATE_EPOCH")) ? ExplainedValue.Default : "SOURCE_DATE_EPOCH"),
        .. set.Explained.Where(v => v.Image is not null && (options.Images.Count == 0 || options.Images.Contains(v.Image))),
    ];

    private static string Table(IEnumerable<ExplainedValue> values)
    {
        var table = new TextTable("IMAGE", "KEY", "VALUE", "FROM");
        foreach (var value in values) table.Add(value.Image ?? "-", value.Key, value.Value, value.From);
        return table.Render();
    }
}
