using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Viaduct.Registry;

/// <summary>Runs <c>docker-credential-NAME get</c> (docker-credential-helpers, "Development"): no shell, ten seconds, a bounded answer.</summary>
internal static class CredentialHelper
{
    private const int MaxOutput = 256 << 10;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <returns>null when the helper knows no credentials for the registry.</returns>
    public static async Task<Credential?> GetAsync(string name, string server, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (name.Length > 64 || name.AsSpan().IndexOfAnyExcept("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.") >= 0)
            throw RegistryErrors.Helper("in docker's config.json", "has a name that no program has");
        var program = "docker-credential-" + name;
        var path = Find(program) ?? throw RegistryErrors.Helper(program, "is not in the PATH");
        using var limit = new CancellationTokenSource(Limit, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var (exit, output) = await RunAsync(path, server, both.Token).ConfigureAwait(false);
            if (exit == 0) return Read(output, program);
            // What a helper prints on failure may name anything; only the one known sentence is looked for.
            return Encoding.UTF8.GetString(output).Contains("credentials not found", StringComparison.Ordinal)
                ? null
                : throw RegistryErrors.Helper(program, $"failed with exit code {exit}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw RegistryErrors.Helper(program, $"did not answer within {Limit.TotalSeconds:0} s");
        }
        catch (Exception e) when (e is Win32Exception or IOException)
        {
            throw RegistryErrors.Helper(program, "cannot be run");
        }
    }

    private static async Task<(int Exit, byte[] Output)> RunAsync(string path, string server, CancellationToken cancellationToken)
    {
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(path, ["get"])
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                CreateNoWindow = true,
            },
        };
        process.Start();
        try
        {
            var errors = process.StandardError.BaseStream.CopyToAsync(Stream.Null, cancellationToken);
            try
            {
                await process.StandardInput.WriteAsync(server.AsMemory(), cancellationToken).ConfigureAwait(false);
                process.StandardInput.Close();
            }
            catch (IOException)
            {
                // It did not want to hear; its answer tells.
            }
            var output = new byte[MaxOutput];
            var count = await process.StandardOutput.BaseStream.ReadAtLeastAsync(output, MaxOutput, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            if (count == MaxOutput) throw RegistryErrors.Helper(Path.GetFileName(path), $"answered with more than {MaxOutput} bytes");
            await errors.ConfigureAwait(false);
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            return (process.ExitCode, output[..count]);
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    private static Credential? Read(byte[] output, string program)
    {
        try
        {
            using var document = JsonDocument.Parse(output, new JsonDocumentOptions { MaxDepth = 8 });
            var root = document.RootElement;
            var (user, secret) = (root.GetProperty("Username").GetString(), root.GetProperty("Secret").GetString());
            if (string.IsNullOrEmpty(secret)) return null;
            return user == "<token>" ? new Credential(null, null) { IdentityToken = secret } : new Credential(user, secret);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw RegistryErrors.Helper(program, "did not answer in the helpers' JSON");
        }
    }

    // The PATH alone: Process.Start would also look into the current folder, which may be anyone's.
    private static string? Find(string program)
    {
        if (OperatingSystem.IsWindows()) program += ".exe";
        foreach (var directory in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
            if (Path.IsPathFullyQualified(directory) && Path.Combine(directory, program) is var path && File.Exists(path)) return path;
        return null;
    }
}
