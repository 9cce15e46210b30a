using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Viaduct.Oci;

namespace Viaduct.Preparation;

/// <summary>Runs a command of the set's files: the only place where one is started.</summary>
internal static class CommandProcess
{
    /// <summary>For servers that a command leaves running, which hold its output open (MSBuild, Gradle).</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);

    /// <returns>The end of what it said.</returns>
    /// <exception cref="ViaductException">Of <see cref="CommandCall.Failures"/>.</exception>
    public static async Task<string> RunAsync(CommandCall call, long epoch, TimeProvider time, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var mark = Guid.NewGuid().ToString("N");
        var tail = new OutputTail(call.Secrets);
        using var limit = new CancellationTokenSource(call.Timeout, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        using var process = Start(call, StartOf(call, epoch, mark));
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
        if (stopped) throw call.Failures.TooSlow(call.Timeout, tail.ToString());
        return process.ExitCode == 0 ? tail.ToString() : throw call.Failures.Failed(process.ExitCode, tail.ToString());
    }

    private static async Task EndOfAsync(Task reading, CancellationTokenSource enough)
    {
        await Task.WhenAny(reading, Task.Delay(Farewell)).ConfigureAwait(false);
        await enough.CancelAsync().ConfigureAwait(false);
        // A read that cannot be cancelled ends when its stream is closed.
        await Task.WhenAny(reading, Task.Delay(Farewell)).ConfigureAwait(false);
    }

    private static ProcessStartInfo StartOf(CommandCall call, long epoch, string mark)
    {
        var start = (call.IsShell, OperatingSystem.IsWindows()) switch
        {
            // cmd takes the rest of its command line as it is; quoted as a word, quotes in it would be escaped.
            (true, true) => new ProcessStartInfo("cmd") { Arguments = $"/d /s /c \"{call.Words[0]}\"" },
            (true, false) => new ProcessStartInfo("/bin/sh", ["-c", call.Words[0]]),
            _ => new ProcessStartInfo(Program(call), call.Words.Skip(1)),
        };
        start.WorkingDirectory = call.Folder;
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.Environment["SOURCE_DATE_EPOCH"] = epoch.ToString(CultureInfo.InvariantCulture);
        foreach (var (name, value) in call.Environment) start.Environment[name] = value;
        // Last: without it what leaves the tree is not found again.
        start.Environment[ProcessTree.Variable] = mark;
        return start;
    }

    /// <summary>A name with a folder in it is meant from the command's folder, as a shell would take it; .NET would take it from its own.</summary>
    private static string Program(CommandCall call) =>
        call.Words[0].AsSpan().IndexOfAny('/', Path.DirectorySeparatorChar) >= 0 ? Path.GetFullPath(call.Words[0], call.Folder) : call.Words[0];

    private static Process Start(CommandCall call, ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw call.Failures.NotStarted(e.NativeErrorCode == 2 ? "it is not there" : e.NativeErrorCode == 13 ? "it is not a program that this user may run" : e.Message, e);
        }
    }
}
