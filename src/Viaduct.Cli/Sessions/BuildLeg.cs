using System.CommandLine;
using System.Text;
using Viaduct.Cli.Options;
using Viaduct.Cli.Printing;
using Viaduct.Cli.Terminal;
using Viaduct.Metadata;
using Viaduct.Oci;
using Viaduct.Reports;

namespace Viaduct.Cli.Sessions;

/// <summary>
/// What one of several machines does: it builds what is not there, and pushes it by digest. No tag is set and none is looked at, so that
/// machines cannot meet each other's.
/// </summary>
internal static class BuildLeg
{
    /// <param name="file">Where the record goes; null for none.</param>
    public static async Task<ExitCode> RunAsync(WorkOptions work, ShardOption shard, string? file, ParseResult parse, Caller caller, CancellationToken cancellationToken)
    {
        await using var session = await SetSession.OpenAsync(work.Set, parse, caller, makes: true, cancellationToken).ConfigureAwait(false);
        var options = work.Job(parse, caller, session.Set, session.Prefix, session.IsEmbedded) with { MayMoveTags = true };
        var record = shard.Choose(session.Set, options.Images, parse) is not { } part ? new JobRecord(session.Prefix, [])
            : await Watching.RunAsync(caller, parse, "building", async progress =>
            {
                await using var job = new Job(options with { Set = part.Set, Images = part.Images, Progress = progress }, session.Client);
                await job.BuildAsync(cancellationToken).ConfigureAwait(false);
                await job.PushAsync(cancellationToken).ConfigureAwait(false);
                return await job.RecordLegAsync(cancellationToken).ConfigureAwait(false);
            }).ConfigureAwait(false);
        if (file is not null) await AtomicFile.WriteAsync(file, MetadataJson.Write(record), cancellationToken).ConfigureAwait(false);
        caller.Write(Encoding.UTF8.GetBytes(record.Images.Count == 0 ? "Nothing is left for this machine.\n" : JobReport.Text(record)));
        return ExitCode.Done;
    }
}
