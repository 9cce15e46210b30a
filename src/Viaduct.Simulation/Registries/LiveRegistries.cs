using Viaduct.Oci;
using Viaduct.Registry;

namespace Viaduct.Simulation;

/// <summary>
/// Real registries. They are asked without a login first; a login of a pod is shown only where that was asked for, and to the registry of its image alone.
/// </summary>
/// <param name="options">Whose credentials are not used: a pod has none of the user's.</param>
/// <param name="verifyCredentials">Show logins, to know whether they are right.</param>
public sealed class LiveRegistries(RegistryOptions options, bool verifyCredentials) : IRegistries, IDisposable
{
    /// <summary>Images asked for at the same time, of all registries.</summary>
    private const int AtOnce = 16;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly RegistryClient _nobody = new(options with { Credentials = NoCredentials.Instance, LooksAtLoopback = true });
    private readonly KeyedTasks<(string Registry, RegistryLogin Login), RegistryClient> _clients = new();
    private readonly KeyedTasks<(string Image, RegistryLogin? Login), ImageAnswer> _answers = new();
    private readonly SemaphoreSlim _gate = new(AtOnce);
    private readonly List<RegistryClient> _owned = [];

    public async ValueTask<ImageAnswer> AskAsync(Reference image, RegistryLogin? login, CancellationToken cancellationToken)
    {
        // Half a login is none: nothing of it is sent.
        if (!SentCredentials.Of(login).Sends) login = null;
        if (login is null) return await OnceAsync(image, null, cancellationToken).ConfigureAwait(false);
        var open = await OnceAsync(image, null, cancellationToken).ConfigureAwait(false);
        // A login is sent to who asks for one.
        if (open.Answer is { Challenge: null } or { Failure: not null } || open.Unknown is not null) return open;
        return verifyCredentials
            ? await OnceAsync(image, login, cancellationToken).ConfigureAwait(false)
            : open with { Answer = null, Unknown = $"whether {image.Registry} takes the login is not known: it was not shown to it (--verify-credentials does)" };
    }

    public void Dispose()
    {
        _nobody.Dispose();
        lock (_owned) _owned.ForEach(c => c.Dispose());
        _gate.Dispose();
    }

    private Task<ImageAnswer> OnceAsync(Reference image, RegistryLogin? login, CancellationToken cancellationToken) =>
        _answers.GetAsync(($"{image.Name}@{image.TagOrDigest}", login), ct => ReadAsync(image, login, ct), cancellationToken);

    private async Task<ImageAnswer> ReadAsync(Reference image, RegistryLogin? login, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            var credential = login is null ? null : new Credential(login.Username, login.Password);
            var trace = await _nobody.TracePullAsync(image, credential, patience.Token).ConfigureAwait(false);
            var answer = TraceReading.Answer(trace);
            if (answer is null) return new ImageAnswer { Unknown = $"what a runtime would meet at {image.Registry} is not known: {trace.Failure?.Message ?? "it was not understood"}" };
            if (trace.Failure is not null || !answer.Serves(SentCredentials.Of(login))) return new ImageAnswer { Answer = answer };
            var client = login is null ? _nobody : await _clients.GetAsync((image.Registry, login), _ => Task.FromResult(Own(image.Registry, credential!)), cancellationToken).ConfigureAwait(false);
            return await ManifestAsync(client, image, answer, patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ImageAnswer { Unknown = $"{image.Registry} did not answer within {Patience.TotalSeconds:0} s" };
        }
        catch (ViaductException e)
        {
            return new ImageAnswer { Unknown = $"what {image.Registry} has was not read: {e.Message}" };
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>The bytes decide; what came is kept by the source for as long as the simulation needs it.</summary>
    private static async Task<ImageAnswer> ManifestAsync(RegistryClient client, Reference image, RegistryAnswer answer, CancellationToken cancellationToken)
    {
        var repository = client.Repository(image);
        try
        {
            var manifest = await repository.FindManifestAsync(image.TagOrDigest, cancellationToken).ConfigureAwait(false);
            return manifest is null
                ? new ImageAnswer { Unknown = $"{image.Registry} shows {image.TagOrDigest} at one time and not at another" }
                : new ImageAnswer { Answer = answer, Source = repository, Manifest = manifest };
        }
        catch (ViaductException e) when (e.IsAboutContent())
        {
            return new ImageAnswer { Unknown = $"its manifest cannot be used: {e.Told()}" };
        }
    }

    private RegistryClient Own(string registry, Credential credential)
    {
        var client = new RegistryClient(options with { Credentials = new OneLogin(registry, credential), LooksAtLoopback = true });
        lock (_owned) _owned.Add(client);
        return client;
    }

    /// <summary>For one registry; every other is asked anonymously.</summary>
    private sealed class OneLogin(string registry, Credential credential) : ICredentialSource
    {
        public ValueTask<Credential?> FindAsync(string asked, CancellationToken cancellationToken) => new(asked == registry ? credential : null);
    }
}
