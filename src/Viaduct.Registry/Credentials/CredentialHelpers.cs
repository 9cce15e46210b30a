using System.ComponentModel;
using System.Text;
using System.Text.Json;
using Viaduct.Oci;

namespace Viaduct.Registry;

/// <summary>
/// The programs <c>docker-credential-NAME</c> (docker-credential-helpers, "Development"): no shell, a bounded time and a bounded answer; what is
/// secret goes through standard input.
/// </summary>
/// <param name="path">Where the programs are, as in <c>PATH</c>.</param>
internal sealed class CredentialHelpers(string? path, TimeProvider clock)
{
    /// <summary>A key ring may ask a person first.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <returns>null when the helper knows no credentials for the registry.</returns>
    /// <exception cref="ViaductException">VIA3041.</exception>
    public async Task<Credential?> GetAsync(string name, string server, CancellationToken cancellationToken)
    {
        var (program, output, exit) = await RunAsync(name, "get", Encoding.UTF8.GetBytes(server), cancellationToken).ConfigureAwait(false);
        if (exit == 0) return Read(output, program);
        return IsNotFound(output) ? null : throw Failed(program, "get", exit);
    }

    /// <exception cref="ViaductException">VIA3041.</exception>
    public async Task StoreAsync(string name, string server, Credential credential, CancellationToken cancellationToken)
    {
        // An identity token has no name: docker says so with a name that is none (credentials/native_store.go, tokenUsername).
        var (user, secret) = credential.IdentityToken is { } token ? ("<token>", token) : (credential.Username ?? "", credential.Password ?? "");
        var input = new GoJsonWriter().BeginObject().Name("ServerURL").String(server).Name("Username").String(user).Name("Secret").String(secret).EndObject().ToBytes();
        var (program, _, exit) = await RunAsync(name, "store", input, cancellationToken).ConfigureAwait(false);
        if (exit != 0) throw Failed(program, "store", exit);
    }

    /// <summary>What is not there is erased.</summary>
    /// <exception cref="ViaductException">VIA3041.</exception>
    public async Task EraseAsync(string name, string server, CancellationToken cancellationToken)
    {
        var (program, output, exit) = await RunAsync(name, "erase", Encoding.UTF8.GetBytes(server), cancellationToken).ConfigureAwait(false);
        if (exit != 0 && !IsNotFound(output)) throw Failed(program, "erase", exit);
    }

    // What a helper prints on failure may name anything; only the one known sentence is looked for (docker-credential-helpers, credentials/error.go).
    private static bool IsNotFound(byte[] output) => Encoding.UTF8.GetString(output).Contains("credentials not found", StringComparison.Ordinal);

    private static ViaductException Failed(string program, string verb, int exit) =>
        RegistryErrors.Helper(program, $"failed with exit code {exit}", $"It was asked to {verb}; '{program} list' may show why it cannot.");

    private async Task<(string Program, byte[] Output, int Exit)> RunAsync(string name, string verb, byte[] input, CancellationToken cancellationToken)
    {
        if (name.Length > 64 || name.AsSpan().IndexOfAnyExcept("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.") >= 0)
            throw RegistryErrors.Helper("in docker's config.json", "has a name that no program has");
        var program = "docker-credential-" + name;
        var file = Find(program) ?? throw RegistryErrors.Helper(program, "is not in the PATH");
        using var limit = new CancellationTokenSource(Limit, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var (exit, output) = await HelperProcess.RunAsync(file, verb, input, both.Token).ConfigureAwait(false);
            return output is null ? throw RegistryErrors.Helper(program, $"answered with more than {HelperProcess.MaxOutput} bytes") : (program, output, exit);
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
    private string? Find(string program)
    {
        if (OperatingSystem.IsWindows()) program += ".exe";
        foreach (var directory in (path ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
            if (Path.IsPathFullyQualified(directory) && Path.Combine(directory, program) is var file && File.Exists(file) && IsExecutable(file)) return file;
        return null;
    }

    // Go's search goes on behind a file that is none to run (os/exec lp_unix.go, findExecutable).
    private static bool IsExecutable(string file) => OperatingSystem.IsWindows()
        || (File.GetUnixFileMode(file) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0;
}
