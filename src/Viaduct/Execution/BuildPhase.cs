using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Viaduct.Build;
using Viaduct.Oci;
using Viaduct.Planning;
using Viaduct.Preparation;

namespace Viaduct.Execution;

/// <summary>
/// Builds what a plan says, in parallel; an image waits for those of the set that it is built from. When one build fails, those that do not
/// need it are still finished: an engine may have worked on them for an hour.
/// </summary>
internal sealed class BuildPhase(IReadOnlyList<ImageDefinition> images, IImageBuilder builder, Preparer preparer, SetBases bases, BlobSpool spool, long epoch, IProgress<JobEvent>? progress)
{
    /// <summary>Builds under way in engines, which may be other machines.</summary>
    private const int MostOnEngines = 8;

    private readonly ConcurrentDictionary<ChildId, BuiltImage> _built = new();

    /// <summary>What was built in this run.</summary>
    public IReadOnlyDictionary<ChildId, BuiltImage> Built => _built;

    /// <exception cref="ViaductException">Of the first build that failed, the others named, after all have ended.</exception>
    public async Task RunAsync(Plan plan, Action<ObservedChild> provideUnchanged, CancellationToken cancellationToken)
    {
        var waiting = plan.Builds.ToDictionary(b => b.Child, _ => new TaskCompletionSource<BaseImage>(TaskCreationOptions.RunContinuationsAsynchronously));
        foreach (var child in plan.Observed.Children)
            if (waiting.TryGetValue(child.Id, out var building)) bases.Provide(child.Id, new(() => building.Task));
            else provideUnchanged(child);

        var threads = Math.Max(1, Environment.ProcessorCount / Math.Max(1, waiting.Count));
        await builder.CheckAsync([.. plan.Builds.Select(step => RequestOf(step, threads))], cancellationToken).ConfigureAwait(false);

        // Bases come before what is built from them, and places are given in order, so whoever waits for one waits for a build that has begun.
        using var here = new SemaphoreSlim(Environment.ProcessorCount);
        using var elsewhere = new SemaphoreSlim(Math.Max(MostOnEngines, Environment.ProcessorCount));
        var failures = new List<(ChildId Child, Exception Failure)>();
        await Task.WhenAll(plan.Builds.ToList().Select(step =>
        {
            var places = step.Builder.Kind == BuilderKind.Embedded ? here : elsewhere;
            // Asked for in this order; all else may run as it comes.
            var place = places.WaitAsync(cancellationToken);
            return Task.Run(() => BuildAsync(step, places, place), CancellationToken.None);
        })).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        Throw(failures);

        async Task BuildAsync(Step.Build step, SemaphoreSlim places, Task place)
        {
            await place.ConfigureAwait(false);
            try
            {
                var built = await OneAsync(step, threads, cancellationToken).ConfigureAwait(false);
                waiting[step.Child].SetResult(new BaseImage(built.Manifest, built.Config, new BuiltContent(built), step.Names[0]));
            }
            catch (Exception e)
            {
                waiting[step.Child].TrySetException(e);
                // Nobody may be waiting; then nobody would see it.
                _ = waiting[step.Child].Task.Exception;
                if (!cancellationToken.IsCancellationRequested) Note(failures, step.Child, e);
            }
            finally
            {
                places.Release();
            }
        }
    }

    private async Task<BuiltImage> OneAsync(Step.Build step, int threads, CancellationToken cancellationToken)
    {
        var prepared = await preparer.PrepareAsync(ImageOf(step), step.Platform, cancellationToken).ConfigureAwait(false);
        var built = await builder.BuildAsync(RequestOf(step, threads) with { Prepared = prepared }, spool, cancellationToken).ConfigureAwait(false);
        _built[step.Child] = built;
        progress?.Report(new("built", step.Child.ToString(), built.Manifest.Digest.ToString()));
        return built;
    }

    private void Note(List<(ChildId Child, Exception Failure)> failures, ChildId child, Exception failure)
    {
        lock (failures)
        {
            // Whoever waited for it fails with the same.
            if (failures.Any(f => ReferenceEquals(f.Failure, failure))) return;
            failures.Add((child, failure));
        }
        progress?.Report(new("failed", child.ToString(), CodeOf(failure)));
    }

    private static void Throw(List<(ChildId Child, Exception Failure)> failures)
    {
        if (failures is not [var first, .. var others]) return;
        if (others.Count > 0 && first.Failure is ViaductException told) throw told.And([.. others.Select(o => $"{o.Child} ({CodeOf(o.Failure)}: {o.Failure.Message.Split('\n')[0]})")]);
        ExceptionDispatchInfo.Throw(first.Failure);
    }

    private static string CodeOf(Exception failure) => failure is ViaductException { Code: var code } ? code : failure.GetType().Name;

    private BuildRequest RequestOf(Step.Build step, int threads) =>
        // The plan has chosen, once.
        Requests.For(ImageOf(step), step.Platform, bases, epoch, threads) with { Builder = step.Builder, Progress = progress is null ? null : new Steps(step.Child, progress) };

    private ImageDefinition ImageOf(Step.Build step) => images.First(i => i.Name == step.Image);

    private sealed class Steps(ChildId child, IProgress<JobEvent> progress) : IProgress<string>
    {
        public void Report(string value) => progress.Report(new("building", child.ToString(), value) { IsPassing = true });
    }
}
