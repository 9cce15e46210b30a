using System.Collections.Concurrent;
using System.Text.Json;
using Docker.DotNet;
using Docker.DotNet.Models;
using Viaduct.Build.Engines.Connections;
using Viaduct.Oci;
using Viaduct.Oci.Layouts;
using Viaduct.Registry;

namespace Viaduct.Build.Engines;

/// <summary>
/// Makes bases known to an engine under temporary names: one that it has by digest is only named, one that it can pull is pulled, all others are
/// loaded into it. Nothing that a user has named is touched.
/// </summary>
internal sealed class EngineBases(DockerConnection connection, ICredentialSource credentials, TemporaryNames names)
{
    private readonly ConcurrentDictionary<Digest, Lazy<Task<Reference>>> _given = new();
    // Before the engine hears them: it may have taken one whose giving failed or was cancelled.
    private readonly ConcurrentDictionary<string, Reference> _named = new(StringComparer.Ordinal);
    // What an engine cannot pull from once, it is not asked for again.
    private readonly ConcurrentDictionary<string, bool> _unreachable = new(StringComparer.Ordinal);

    /// <exception cref="ViaductException">VIA2167.</exception>
    public async Task<Reference> GiveAsync(NamedBase wanted, CancellationToken cancellationToken)
    {
        var digest = wanted.Image.Manifest.Digest;
        while (true)
        {
            var mine = new Lazy<Task<Reference>>(() => GiveOnceAsync(wanted, cancellationToken));
            var giving = _given.GetOrAdd(digest, mine);
            try
            {
                return await giving.Value.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // Whoever began it gave up.
                _given.TryRemove(new(digest, giving));
            }
            catch
            {
                _given.TryRemove(new(digest, giving));
                throw;
            }
        }
    }

    /// <summary>Takes the names away; what was pulled stays by its digest.</summary>
    public async Task RemoveNamesAsync(CancellationToken cancellationToken)
    {
        foreach (var (_, name) in _named) await RemoveAsync(connection, name, cancellationToken).ConfigureAwait(false);
        _named.Clear();
        _given.Clear();
    }

    /// <summary>Takes one name away, and no error is worth to be told: the name does no harm.</summary>
    public static async Task RemoveAsync(DockerConnection connection, Reference name, CancellationToken cancellationToken)
    {
        try
        {
            await connection.Client.Images.DeleteImageAsync(name.ToString(), new ImageDeleteParameters { NoPrune = true }, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is DockerApiException or HttpRequestException or IOException or JsonException or OperationCanceledException)
        {
            // It may be gone already.
        }
    }

    private async Task<Reference> GiveOnceAsync(NamedBase wanted, CancellationToken cancellationToken)
    {
        var (name, image) = (wanted.Name, wanted.Image);
        var given = names.Base(image.Manifest.Digest);
        _named[given.ToString()] = given;
        try
        {
            // An image of the set need not be in its registry yet.
            if (!wanted.IsForeign || image.Repository is not { } at || !await NameAsync($"{at.Name}@{image.Manifest.Digest}", at.Registry, image, given, cancellationToken).ConfigureAwait(false))
                await LoadAsync(name, image, given, cancellationToken).ConfigureAwait(false);
            return given;
        }
        catch (Exception e) when (e is DockerApiException or HttpRequestException or IOException or JsonException)
        {
            throw DockerBuildErrors.NoBase(connection.Info, name, EngineWords.Of(e), e);
        }
    }

    private async Task<bool> NameAsync(string pinned, string registry, BaseImage image, Reference given, CancellationToken cancellationToken)
    {
        if (!await HasAsync(pinned, cancellationToken).ConfigureAwait(false))
        {
            if (_unreachable.ContainsKey(registry)) return false;
            if (!await PullAsync(pinned, registry, image, cancellationToken).ConfigureAwait(false) || !await HasAsync(pinned, cancellationToken).ConfigureAwait(false))
            {
                _unreachable[registry] = true;
                return false;
            }
        }
        await connection.Client.Images.TagImageAsync(pinned, new ImageTagParameters { RepositoryName = given.Name, Tag = given.Tag }, cancellationToken).ConfigureAwait(false);
        return true;
    }

    private async Task<bool> HasAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            await connection.Client.Images.InspectImageAsync(name, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (DockerApiException e) when (e.StatusCode == System.Net.HttpStatusCode.NotFound)
        {
            return false;
        }
    }

    private async Task<bool> PullAsync(string pinned, string registry, BaseImage image, CancellationToken cancellationToken)
    {
        var said = new FirstError();
        try
        {
            var parameters = new ImagesCreateParameters { FromImage = pinned, Platform = image.Config.Platform.ToString() };
            await connection.Client.Images.CreateImageAsync(parameters, await AuthAsync(registry, cancellationToken).ConfigureAwait(false), said, cancellationToken).ConfigureAwait(false);
            return said.Text is null;
        }
        catch (Exception e) when (e is DockerApiException or HttpRequestException or IOException or JsonException)
        {
            // Viaduct has read its manifest: it will be loaded.
            return false;
        }
    }

    /// <summary>
    /// For the registry of the base alone: the engine passes it on to no other (Engine API, X-Registry-Auth). Over a network in clear text nothing
    /// is sent: what the engine may not pull then is read here and loaded.
    /// </summary>
    private async Task<AuthConfig> AuthAsync(string registry, CancellationToken cancellationToken) =>
        connection.IsPrivate && await credentials.FindAsync(registry, cancellationToken).ConfigureAwait(false) is { } found
            ? new AuthConfig { Username = found.Username ?? "", Password = found.Password ?? "", IdentityToken = found.IdentityToken ?? "", RegistryToken = found.RegistryToken ?? "", ServerAddress = registry }
            : new AuthConfig();

    private async Task LoadAsync(string name, BaseImage image, Reference given, CancellationToken cancellationToken)
    {
        var said = new FirstError();
        await Sending.AsStreamAsync(
            (output, token) => DockerArchive.ExportAsync(image.Content, image.Manifest, [given], output, token),
            async body =>
            {
                await connection.Client.Images.LoadImageAsync(new ImageLoadParameters { Quiet = true }, body, said, cancellationToken).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
        if (said.Text is { } words) throw DockerBuildErrors.NoBase(connection.Info, name, words);
        if (!await HasAsync(given.ToString(), cancellationToken).ConfigureAwait(false)) throw DockerBuildErrors.NoBase(connection.Info, name, "it was taken and is not there");
    }
}
