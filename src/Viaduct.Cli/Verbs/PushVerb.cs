using System.CommandLine;
using System.Text;
using Viaduct.Cli.Options;
using Viaduct.Cli.Printing;
using Viaduct.Cli.Sessions;
using Viaduct.Cli.Terminal;
using Viaduct.Metadata;
using Viaduct.Oci;
using Viaduct.Reports;
using Viaduct.Verification;

namespace Viaduct.Cli.Verbs;

/// <summary><c>viaduct push</c>: the whole job, from contexts to tags.</summary>
internal static class PushVerb
{
    public static Command Make(Caller caller)
    {
        var work = new WorkOptions();
        var simulate = new Option<bool>("--simulate") { Description = "Read every list back and pull it, in simulation, on a node of each platform." };
        var deep = new Option<bool>("--deep") { Description = "With --simulate: download and hash every blob." };
        var sign = new SignOption();
        var metadata = CommonOptions.Metadata();
        var output = CommonOptions.Output();
        var verb = new Verb("push", "Build what changed, push it, assemble the lists and set the tags.",
            "viaduct push", "viaduct push --registry registry.example/team --simulate", "viaduct push pause --tag 3.11 --output json")
            { simulate, deep, sign.Option, metadata, output };
        work.AddTo(verb);
        return verb.Does(caller, async (parse, token) =>
        {
            var file = CommonOptions.FileToWrite(parse, caller, metadata);
            await using var session = await SetSession.OpenAsync(work.Set, parse, caller, makes: true, token).ConfigureAwait(false);
            var options = work.Job(parse, caller, session.Set, session.Prefix, session.IsEmbedded) with { Deep = parse.GetValue(deep) };
            var (record, reports, unsigned) = await Watching.RunAsync(caller, parse, "pushing", async progress =>
            {
                await using var job = new Job(options with { Progress = progress }, session.Client);
                await job.BuildAsync(token).ConfigureAwait(false);
                await job.PushAsync(token).ConfigureAwait(false);
                await job.AssembleAsync(token).ConfigureAwait(false);
                IReadOnlyList<ListReport> reports = parse.GetValue(simulate) || parse.GetValue(deep) ? await job.SimulateAsync(token).ConfigureAwait(false) : [];
                var unsigned = await sign.SignAsync(job, reports, session.Set, parse, caller, token).ConfigureAwait(false);
                return (await job.RecordAsync(reports, token).ConfigureAwait(false), reports, unsigned);
            }).ConfigureAwait(false);
            var json = MetadataJson.Write(record);
            caller.Write(CommonOptions.IsJson(parse, output) ? json : Encoding.UTF8.GetBytes(JobReport.Text(record)));
            if (file is not null) await AtomicFile.WriteAsync(file, json, token).ConfigureAwait(false);
            CiWords.Done(caller, record);
            return unsigned is null ? ListReport.ExitOf(reports) : throw unsigned;
        });
    }
}
