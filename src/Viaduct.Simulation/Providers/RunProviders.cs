using System.Collections.Concurrent;
using System.ComponentModel;
using System.Text;
using System.Text.Json;
using Viaduct.Yaml;

namespace Viaduct.Simulation;

/// <summary>Runs providers as kubelet does (pkg/credentialprovider/plugin/plugin.go, ExecPlugin): only where the caller asked for it. Canned answers go before.</summary>
/// <param name="folder">Where they are, as in <c>--image-credential-provider-bin-dir</c>.</param>
public sealed class RunProviders(string folder, TimeProvider? clock = null) : IProviderAnswers
{
    private readonly ConcurrentDictionary<string, bool> _silent = new(StringComparer.Ordinal);

    /// <summary>kubelet's own.</summary>
    internal TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(1);

    public async ValueTask<ProviderAnswer> AskAsync(CredentialProvider provider, string request, CancellationToken cancellationToken)
    {
        if (provider.CannedAnswer is { } answer) return new(answer);
        var name = YamlErrors.Shown(provider.Name, 60);
        if (NeedsToken(request)) return new(null, Unknown: $"provider {name} wants a token of the pod's ServiceAccount, which only an API server gives; give its answer as kubelet.providerAnswers");
        var file = provider.Name.Length > 0 && Path.GetFileName(provider.Name) == provider.Name ? Path.Combine(folder, provider.Name) : "";
        if (!File.Exists(file)) return new(null, Unknown: $"there is no provider {name} in the folder of --exec-providers");
        // Thousands of images would each wait for it.
        if (_silent.ContainsKey(provider.Name)) return new(null, Unknown: $"provider {name} did not answer in time before and is not run again");
        return await RunAsync(provider, file, request, cancellationToken).ConfigureAwait(false);
    }

    private async Task<ProviderAnswer> RunAsync(CredentialProvider provider, string file, string request, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, clock ?? TimeProvider.System);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            var run = await ProviderProcess.RunAsync(file, provider, Encoding.UTF8.GetBytes(request), both.Token).ConfigureAwait(false);
            if (run.Output is null) return new(null, Failure: $"it printed more than {ProviderResponse.MaxBytes} bytes");
            if (run.Exit == 0) return new(Encoding.UTF8.GetString(run.Output));
            var said = run.Errors.Length == 0 ? "" : $": {run.Errors}";
            return new(null, Failure: $"exit status {run.Exit}{said}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            _silent.TryAdd(provider.Name, true);
            return new(null, Failure: "context deadline exceeded");
        }
        catch (Exception e) when (e is Win32Exception or IOException or ArgumentException or InvalidOperationException)
        {
            // One for another machine, or not executable here: the node's own may well be.
            return new(null, Unknown: $"provider {YamlErrors.Shown(provider.Name, 60)} cannot be started on this machine");
        }
    }

    private static bool NeedsToken(string request)
    {
        using var json = JsonDocument.Parse(request);
        return json.RootElement.TryGetProperty("serviceAccountToken", out _);
    }
}
