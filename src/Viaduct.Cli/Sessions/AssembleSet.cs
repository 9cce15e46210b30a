using System.CommandLine;
using Viaduct.Cli.Errors;
using Viaduct.Cli.Options;
using Viaduct.Cli.Terminal;
using Viaduct.Configuration;
using Viaduct.Lists;

namespace Viaduct.Cli.Sessions;

/// <summary>The lists and tags of a set whose children are all in the registry: what is left of a job when other machines have built.</summary>
internal static class AssembleSet
{
    public static async Task<IReadOnlyList<AssembledList>> RunAsync(SetOptions set, ParseResult parse, Caller caller, bool moveTag, CancellationToken cancellationToken)
    {
        await using var session = await SetSession.OpenAsync(set, parse, caller, makes: true, cancellationToken).ConfigureAwait(false);
        var options = new JobOptions
        {
            Set = session.Set,
            Prefix = session.Prefix,
            MayMoveTags = session.IsEmbedded || moveTag,
            Epoch = Inputs.Epoch(caller.Variable("SOURCE_DATE_EPOCH")),
            StateFolder = Path.Combine(session.Set.Root, ".viaduct"),
        };
        await using var job = new Job(options, session.Client);
        var plan = await job.PlanAsync(cancellationToken).ConfigureAwait(false);
        if (plan.Builds.Any()) throw CliErrors.NotPushed([.. plan.Builds.Select(b => $"{b.Image} {b.Platform}")]);
        await job.BuildAsync(cancellationToken).ConfigureAwait(false);
        await job.PushAsync(cancellationToken).ConfigureAwait(false);
        await job.AssembleAsync(cancellationToken).ConfigureAwait(false);
        return await job.ListsAsync(cancellationToken).ConfigureAwait(false);
    }
}
