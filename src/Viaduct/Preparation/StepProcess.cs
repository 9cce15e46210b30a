using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Viaduct.Oci;

namespace Viaduct.Preparation;

/// <summary>Runs the command of a step: the only place where one is started.</summary>
internal static class StepProcess
{
    /// <summary>For servers that a command leaves running, which hold its output open (MSBuild, Gradle).</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);

    /// <returns>The end of what it said.</returns>
    /// <exception cref="ViaductException">VIA2211, VIA2212, VIA2213.</exception>
    public static async Task<string> RunAsync(PlatformStep step, long epoch, TimeProvider time, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var mark = Guid.NewGuid().ToString("N");
        var tail = new OutputTail(step.Environment.Select(e => e.Value));
        using var limit = new CancellationTokenSource(step.Declared.Timeout, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        using var process = Start(step, StartOf(step, epoch, mark));
        // A Process leaves open what others read from.
        using var output = process.StandardOutput;
        using var error = process.StandardError;
        using var enough = new CancellationTokenSource();
        var reading = Task.WhenAll(tail.ReadAsync(output, enough.Token), tail.ReadAsync(error, enough.Token));
        var stopped = false;
        try
        {
            process.StandardInput.Close();
            await process.WaitForExitAsync(stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            ProcessTree.Kill(process, mark);
            stopped = true;
        }
        await EndOfAsync(reading, enough).ConfigureAwait(false);
        if (stopped) cancellationToken.ThrowIfCancellationRequested();
        if (stopped) throw PrepareErrors.TooSlow(step, step.Declared.Timeout, tail.ToString());
        return process.ExitCode == 0 ? tail.ToString() : throw PrepareErrors.Failed(step, process.ExitCode, tail.ToString());
    }

    private static async Task EndOfAsync(Task reading, CancellationTokenSource enough)
    {
        await Task.WhenAny(reading, Task.Delay(Farewell)).ConfigureAwait(false);
        await enough.CancelAsync().ConfigureAwait(false);
        // A read that cannot be cancelled ends when its stream is closed.
        await Task.WhenAny(reading, Task.Delay(Farewell)).ConfigureAwait(false);
    }

    private static ProcessStartInfo StartOf(PlatformStep step, long epoch, string mark)
    {
        var start = (step.Declared.IsShell, OperatingSystem.IsWindows()) switch
        {
            // cmd takes the rest of its command line as it is; quoted as a word, quotes in it would be escaped.
            (true, true) => new ProcessStartInfo("cmd") { Arguments = $"/d /s /c \"{step.Command[0]}\"" },
            (true, false) => new ProcessStartInfo("/bin/sh", ["-c", step.Command[0]]),
            _ => new ProcessStartInfo(Program(step), step.Command.Skip(1)),
        };
        start.WorkingDirectory = step.Folder;
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.Environment["SOURCE_DATE_EPOCH"] = epoch.ToString(CultureInfo.InvariantCulture);
        foreach (var (name, value) in step.Environment) start.Environment[name] = value;
        // Last: without it what leaves the tree is not found again.
        start.Environment[ProcessTree.Variable] = mark;
        return start;
    }

    /// <summary>A name with a folder in it is meant from the image's folder, as a shell would take it; .NET would take it from its own.</summary>
    private static string Program(PlatformStep step) =>
        step.Command[0].AsSpan().IndexOfAny('/', Path.DirectorySeparatorChar) >= 0 ? Path.GetFullPath(step.Command[0], step.Folder) : step.Command[0];

    private static Process Start(PlatformStep step, ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw PrepareErrors.NotStarted(step, e.NativeErrorCode == 2 ? "it is not there" : e.NativeErrorCode == 13 ? "it is not a program that this user may run" : e.Message, e);
        }
    }
}
