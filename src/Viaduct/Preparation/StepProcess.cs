using Viaduct.Oci;

namespace Viaduct.Preparation;

/// <summary>Runs the command of a step.</summary>
internal static class StepProcess
{
    /// <returns>The end of what it said.</returns>
    /// <exception cref="ViaductException">VIA2211, VIA2212, VIA2213.</exception>
    public static Task<string> RunAsync(PlatformStep step, long epoch, TimeProvider time, CancellationToken cancellationToken) =>
        CommandProcess.RunAsync(new CommandCall(step.Command, step.Declared.IsShell, step.Folder)
        {
            Environment = step.Environment,
            Secrets = [.. step.Environment.Select(e => e.Value)],
            Timeout = step.Declared.Timeout,
            Failures = new Told(step),
        }, epoch, time, cancellationToken);

    private sealed class Told(PlatformStep step) : ICommandFailures
    {
        public ViaductException NotStarted(string why, Exception inner) => PrepareErrors.NotStarted(step, why, inner);

        public ViaductException Failed(int exit, string output) => PrepareErrors.Failed(step, exit, output);

        public ViaductException TooSlow(TimeSpan limit, string output) => PrepareErrors.TooSlow(step, limit, output);
    }
}
