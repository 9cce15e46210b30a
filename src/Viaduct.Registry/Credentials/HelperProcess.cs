using System.Diagnostics;

namespace Viaduct.Registry;

/// <summary>A helper at work: one word as its argument, everything else through its streams.</summary>
internal static class HelperProcess
{
    public const int MaxOutput = 256 << 10;

    /// <returns>Exit code and standard output; null for more than <see cref="MaxOutput"/>.</returns>
    public static async Task<(int Exit, byte[]? Output)> RunAsync(string file, string verb, byte[] input, CancellationToken cancellationToken)
    {
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(file, [verb])
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                CreateNoWindow = true,
            },
        };
        process.Start();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            // What it says there is for people and may hold anything. Nobody waits for its end: a daemon that the helper left may keep it open.
            _ = process.StandardError.BaseStream.CopyToAsync(Stream.Null, over.Token);
            await TellAsync(process, input, cancellationToken).ConfigureAwait(false);
            var output = new byte[MaxOutput];
            var count = await process.StandardOutput.BaseStream.ReadAtLeastAsync(output, MaxOutput, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            if (count == MaxOutput) return (0, null);
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            return (process.ExitCode, output[..count]);
        }
        finally
        {
            await over.CancelAsync().ConfigureAwait(false);
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    private static async Task TellAsync(Process process, byte[] input, CancellationToken cancellationToken)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(input, cancellationToken).ConfigureAwait(false);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It did not want to hear; its answer tells.
        }
    }
}
