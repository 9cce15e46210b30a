using Viaduct.Execution;
using Viaduct.Oci;

namespace Viaduct.Preparation;

/// <summary>Two viaducts in one folder would write the same outputs at the same time: one of them waits, and then finds what the other has made.</summary>
internal static class StepLock
{
    /// <exception cref="ViaductException">VIA2219 when the other takes longer than a step may.</exception>
    public static async Task<IDisposable> TakeAsync(string file, PlatformStep step, IProgress<JobEvent>? progress, TimeProvider time, CancellationToken cancellationToken)
    {
        var waiting = () => progress?.Report(new("waiting", $"{step.Image} {step.Platform}", step.Line) { IsPassing = true });
        return await FileLock.TakeAsync(file, step.Declared.Timeout, waiting, time, cancellationToken).ConfigureAwait(false)
            ?? throw PrepareErrors.Busy(step, step.Declared.Timeout);
    }
}
