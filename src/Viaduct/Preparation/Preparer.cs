using System.Collections.Concurrent;
using Viaduct.Build;
using Viaduct.Execution;
using Viaduct.Oci;

namespace Viaduct.Preparation;

/// <summary>
/// Runs the commands that images name under <c>prepare:</c>, where their outputs are not those of their inputs yet. Nothing that looks or
/// plans calls <see cref="PrepareAsync"/>.
/// </summary>
/// <param name="stateFolder">What was made from what is remembered below it.</param>
/// <param name="epoch">SOURCE_DATE_EPOCH in seconds, which the commands get.</param>
public sealed class Preparer(string stateFolder, long epoch, IProgress<JobEvent>? progress, TimeProvider? time = null)
{
    /// <summary>Of an image that only must not see what is prepared for others.</summary>
    private static readonly Digest NoSteps = Digest.Sha256("no steps"u8);

    private readonly StepRunner _runner = new(stateFolder, epoch, progress, time ?? TimeProvider.System);
    private readonly ConcurrentDictionary<(string Image, Digest Key), Lazy<Task>> _running = new();

    /// <summary>What the image's input key has to know; runs nothing and writes nothing. Null when nothing is to be prepared.</summary>
    /// <exception cref="ViaductException">VIA2210 for an input that is not there, VIA2216, VIA212x.</exception>
    public Task<PreparedOutputs?> KeyAsync(ImageDefinition image, Platform platform, CancellationToken cancellationToken) =>
        EachAsync(image, platform, (_, _, _, _) => Task.CompletedTask, cancellationToken);

    /// <summary>Runs what has to be run, in order; for several platforms at once it may be called. Null when nothing is to be prepared.</summary>
    /// <exception cref="ViaductException">VIA2210 to VIA2219, VIA212x.</exception>
    public Task<PreparedOutputs?> PrepareAsync(ImageDefinition image, Platform platform, CancellationToken cancellationToken) =>
        // What several platforms have in common has one key, and is run once.
        EachAsync(image, platform, (step, key, inputs, before) => _running.GetOrAdd((image.Name, key), _ => new(() =>
            _runner.RunAsync(step, key, inputs, before, StepOutputs.From(step.Folder, image), cancellationToken))).Value, cancellationToken);

    private async Task<PreparedOutputs?> EachAsync(
        ImageDefinition image, Platform platform, Func<PlatformStep, Digest, SortedDictionary<string, string>, IReadOnlyList<PlatformStep>, Task> work, CancellationToken cancellationToken)
    {
        var steps = PlatformStep.Of(image, platform);
        var (own, others) = StepOutputs.InContext(image, steps);
        if (steps.Count == 0) return others.Count == 0 ? null : new PreparedOutputs(NoSteps, []) { Others = others };
        var outputs = StepOutputs.From(steps[0].Folder, image);
        Digest? last = null;
        for (var i = 0; i < steps.Count; i++)
        {
            var before = steps.Take(i).ToList();
            var (key, inputs) = await _runner.Keys.OfAsync(steps[i], last, before, outputs, cancellationToken).ConfigureAwait(false);
            await work(steps[i], key, inputs, before).ConfigureAwait(false);
            last = key;
        }
        return new PreparedOutputs(last!.Value, own) { Others = others };
    }
}
