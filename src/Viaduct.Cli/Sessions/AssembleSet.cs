using System.CommandLine;
using Viaduct.Cli.Errors;
using Viaduct.Cli.Options;
using Viaduct.Cli.Terminal;
using Viaduct.Configuration;
using Viaduct.Lists;
using Viaduct.Metadata;
using Viaduct.Oci;
using Viaduct.Verification;

namespace Viaduct.Cli.Sessions;

/// <summary>The lists and tags of a set whose children are all in the registry: what is left of a job when other machines have built.</summary>
/// <param name="Reports">What a node of every platform gets; none when it was not asked for.</param>
/// <param name="Unsigned">Why something is not signed that should be.</param>
internal sealed record AssembleSet(IReadOnlyList<AssembledList> Lists, JobRecord Record, IReadOnlyList<ListReport> Reports, ViaductException? Unsigned)
{
    /// <param name="legs">The records of the machines; null when the registry alone says what is there.</param>
    public static async Task<AssembleSet> RunAsync(SetOptions set, Legs? legs, bool moveTag, bool simulate, SignOption sign, ParseResult parse, Caller caller, CancellationToken cancellationToken)
    {
        var images = set.Read(parse, caller);
        SaySkipped(images, set.Platforms(parse, caller).From, caller);
        await using var session = await SetSession.OpenAsync(images, set, parse, caller, makes: true, cancellationToken).ConfigureAwait(false);
        var options = new JobOptions
        {
            Set = session.Set,
            Prefix = session.Prefix,
            MayMoveTags = session.IsEmbedded || moveTag,
            Epoch = Inputs.Epoch(caller.Variable("SOURCE_DATE_EPOCH")),
            StateFolder = Path.Combine(session.Set.Root, ".viaduct"),
            Legs = legs ?? Legs.None,
        };
        await using var job = new Job(options, session.Client);
        var plan = await job.PlanAsync(cancellationToken).ConfigureAwait(false);
        legs?.MustBeComplete(plan);
        if (plan.Builds.Any()) throw CliErrors.NotPushed([.. plan.Builds.Select(b => $"{b.Image} {b.Platform}")]);
        await job.BuildAsync(cancellationToken).ConfigureAwait(false);
        await job.PushAsync(cancellationToken).ConfigureAwait(false);
        await job.AssembleAsync(cancellationToken).ConfigureAwait(false);
        IReadOnlyList<ListReport> reports = simulate ? await job.SimulateAsync(cancellationToken).ConfigureAwait(false) : [];
        var unsigned = await sign.SignAsync(job, reports, session.Set, parse, caller, cancellationToken).ConfigureAwait(false);
        return new(await job.ListsAsync(cancellationToken).ConfigureAwait(false), await job.RecordAsync(reports, cancellationToken).ConfigureAwait(false), reports, unsigned);
    }

    /// <summary>A list that is not made must not look like one that was.</summary>
    private static void SaySkipped(ImageSet set, string narrowedBy, Caller caller)
    {
        foreach (var image in set.Images.Where(i => !i.IsWhole))
            caller.Error.WriteLine($"skipped the list of {image.Name}: {narrowedBy} leaves out {string.Join(", ", image.Declared.Where(p => !image.Platforms.Any(p.Same)))}");
        if (!set.Images.Any(i => i.IsWhole))
            throw CliErrors.Usage($"there is no list to make: {narrowedBy} leaves out platforms of every image", $"Make the lists without {narrowedBy}: each has all platforms of its image.");
    }
}
