using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Viaduct.Build.Engines;

/// <summary>A program that is started, fed and heard; it and all that it started end with the cancellation.</summary>
/// <param name="words">The program's path, and what stands before every verb.</param>
internal sealed class Tool(IReadOnlyList<string> words)
{
    private const int MostText = 1 << 18;
    // A line of rawjson holds what all steps said in a moment (as BuildOutput).
    private const int MostLine = 32 << 20;

    public IReadOnlyList<string> Words => words;

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>What is sent to its standard input.</summary>
    public Func<Stream, CancellationToken, Task>? Input { get; init; }

    /// <summary>Hears each line of standard error; of a line without end, the beginning.</summary>
    public Action<string>? Line { get; init; }

    /// <exception cref="EngineSilence">It cannot be started.</exception>
    public async Task<ToolResult> RunAsync(IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        using var process = Start(arguments);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var (text, error) = (new StringBuilder(), new StringBuilder());
        var all = Task.WhenAll(
            process.WaitForExitAsync(stop.Token), OrEndAsync(process, ReadAsync(process.StandardOutput, text, null, stop.Token)),
            OrEndAsync(process, ReadAsync(process.StandardError, error, Line, stop.Token)), OrEndAsync(process, WriteAsync(process.StandardInput.BaseStream, stop.Token)));
        try
        {
            await all.WaitAsync(cancellationToken).ConfigureAwait(false);
            return new ToolResult(process.ExitCode, text.ToString(), error.ToString());
        }
        finally
        {
            End(process);
            await stop.CancelAsync().ConfigureAwait(false);
            await Quietly(all).ConfigureAwait(false);
        }
    }

    /// <summary>A context that cannot be read, a disk that is full: the program would wait for ever for the other end.</summary>
    private static async Task OrEndAsync(Process process, Task task)
    {
        try
        {
            await task.ConfigureAwait(false);
        }
        catch (Exception)
        {
            End(process);
            throw;
        }
    }

    private static void End(Process process)
    {
        try
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended in between.
        }
    }

    private Process Start(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(words[0], words.Skip(1).Concat(arguments)) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["NO_COLOR"] = "1";
        start.Environment["DOCKER_CLI_HINTS"] = "false";
        foreach (var (name, value) in Environment) start.Environment[name] = value;
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new EngineSilence($"{words[0]} cannot be started: {e.Message}", e);
        }
    }

    private async Task WriteAsync(Stream input, CancellationToken cancellationToken)
    {
        try
        {
            await using (input.ConfigureAwait(false))
                if (Input is { } write) await write(input, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // It ended before it had read all, and says why itself.
        }
    }

    private static async Task ReadAsync(StreamReader reader, StringBuilder text, Action<string>? hear, CancellationToken cancellationToken)
    {
        var buffer = new char[4096];
        var line = new StringBuilder();
        while (await reader.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var count)
        {
            text.Append(buffer, 0, Math.Min(count, MostText - text.Length));
            if (hear is null) continue;
            foreach (var c in buffer.AsMemory(0, count).Span)
                if (c == '\n') Tell(line, hear);
                else if (c != '\r' && line.Length < MostLine) line.Append(c);
        }
        if (line.Length > 0) Tell(line, hear!);
    }

    private static void Tell(StringBuilder line, Action<string> hear)
    {
        hear(line.ToString());
        line.Clear();
    }

    private static async Task Quietly(Task task)
    {
        try
        {
            await task.WaitAsync(TimeSpan.FromSeconds(5)).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // Whatever it was has been said, or is the consequence of the end.
        }
    }
}
