using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Viaduct.Build.Engines;

/// <summary>containerd's <c>ctr</c>, started as a process: containerd's own API is gRPC, and loading would need half of it.</summary>
internal sealed class Ctr(string program, string address, string ns)
{
    private const int MostText = 1 << 16;

    public string Address => address;

    /// <summary>The words before the verb, as a user would write them.</summary>
    public IReadOnlyList<string> Words => ["ctr", .. Globals];

    private IEnumerable<string> Globals =>
        [.. address == ContainerdEngine.DefaultAddress ? (string[])[] : ["--address", address], .. ns == ContainerdEngine.DefaultNamespace ? (string[])[] : ["--namespace", ns]];

    /// <param name="write">What is sent to its standard input.</param>
    /// <returns>Its exit code and its words; of text without end, the beginning. What <paramref name="write"/> threw, if anything.</returns>
    /// <exception cref="EngineSilence">It cannot be started.</exception>
    public async Task<(int Exit, string Output, string Error, Exception? Written)> RunAsync(
        IReadOnlyList<string> words, Func<Stream, CancellationToken, Task>? write, CancellationToken cancellationToken)
    {
        using var process = Start(["--address", address, "--namespace", ns, .. words]);
        try
        {
            var (output, error) = (ReadAsync(process.StandardOutput, cancellationToken), ReadAsync(process.StandardError, cancellationToken));
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var writing = WriteAsync(process, write, stop.Token);
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            await stop.CancelAsync().ConfigureAwait(false);
            return (process.ExitCode, await output.ConfigureAwait(false), await error.ConfigureAwait(false), await writing.ConfigureAwait(false));
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    private Process Start(IEnumerable<string> words)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(program, words) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        }
        catch (Win32Exception e)
        {
            throw new EngineSilence($"{program} cannot be started: {e.Message}", e);
        }
    }

    private static async Task<Exception?> WriteAsync(Process process, Func<Stream, CancellationToken, Task>? write, CancellationToken cancellationToken)
    {
        try
        {
            var input = process.StandardInput.BaseStream;
            await using (input.ConfigureAwait(false))
                if (write is not null)
                    await write(input, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (Exception e)
        {
            // An archive that ends too early must not be taken for a whole one.
            if (e is not IOException && !process.HasExited) process.Kill(entireProcessTree: true);
            return e;
        }
    }

    private static async Task<string> ReadAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        var buffer = new char[4096];
        while (await reader.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var count)
            text.Append(buffer, 0, Math.Min(count, MostText - text.Length));
        return text.ToString();
    }
}
