using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Viaduct.Yaml;

namespace Viaduct.Simulation;

/// <summary>A provider at work: the request goes in, the response comes out.</summary>
internal static class ProviderProcess
{
    private const int MaxErrors = 4 << 10;

    /// <returns>Exit code, standard output (null for more than is read), and a little of what it said to people, in one line.</returns>
    public static async Task<(int Exit, byte[]? Output, string Errors)> RunAsync(string file, CredentialProvider provider, byte[] input, CancellationToken cancellationToken)
    {
        using var process = new Process { StartInfo = StartOf(file, provider) };
        process.Start();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            var errors = ErrorsAsync(process, over.Token);
            // A provider may answer before it has read everything.
            var told = TellAsync(process, input, over.Token);
            var output = new byte[ProviderResponse.MaxBytes + 1];
            var count = await process.StandardOutput.BaseStream.ReadAtLeastAsync(output, output.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            if (count == output.Length) return (0, null, "");
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            // A child that it left behind may hold that stream open.
            await Task.WhenAny(Task.WhenAll(errors, told), Task.Delay(TimeSpan.FromSeconds(1), cancellationToken)).ConfigureAwait(false);
            return (process.ExitCode, output[..count], errors.IsCompletedSuccessfully ? await errors.ConfigureAwait(false) : "");
        }
        finally
        {
            await over.CancelAsync().ConfigureAwait(false);
            if (!process.HasExited) Kill(process);
        }
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is AggregateException or Win32Exception or InvalidOperationException)
        {
            // It ended by itself, or runs as somebody else.
        }
    }

    private static ProcessStartInfo StartOf(string file, CredentialProvider provider)
    {
        var start = new ProcessStartInfo(file, provider.Args)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            CreateNoWindow = true,
        };
        // kubelet's own environment goes along, the configured one wins (kubernetes#102750).
        foreach (var (name, value) in provider.Env)
            if (name.Length > 0)
                start.Environment[name] = value;
        return start;
    }

    private static async Task<string> ErrorsAsync(Process process, CancellationToken cancellationToken)
    {
        var said = new byte[MaxErrors];
        try
        {
            var count = await process.StandardError.BaseStream.ReadAtLeastAsync(said, MaxErrors, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            // The rest is nobody's, but a full pipe would stop it.
            if (count == MaxErrors) await process.StandardError.BaseStream.CopyToAsync(Stream.Null, cancellationToken).ConfigureAwait(false);
            return YamlErrors.Shown(Encoding.UTF8.GetString(said, 0, count).Trim().ReplaceLineEndings(" "), 200);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            return "";
        }
    }

    private static async Task TellAsync(Process process, byte[] input, CancellationToken cancellationToken)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(input, cancellationToken).ConfigureAwait(false);
            process.StandardInput.Close();
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // It did not want to hear; its answer tells.
        }
    }
}
