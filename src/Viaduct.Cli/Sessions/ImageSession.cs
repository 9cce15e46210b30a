using System.CommandLine;
using Viaduct.Cli.Errors;
using Viaduct.Cli.Options;
using Viaduct.Cli.Terminal;
using Viaduct.Copying;
using Viaduct.Oci;
using Viaduct.Registry;
using Viaduct.Server;

namespace Viaduct.Cli.Sessions;

/// <summary>One image or list that a reference, <c>oci:DIR[:NAME]</c> or <c>oci-archive:FILE[:NAME]</c> names, and the place to read more of it from.</summary>
internal sealed class ImageSession : IAsyncDisposable
{
    private readonly OpenedPlace _place;
    private readonly RegistryClient? _client;
    private readonly EmbeddedRegistry? _embedded;

    private ImageSession(string name, OpenedPlace place, RawManifest manifest, Reference? reference, RegistryClient? client, EmbeddedRegistry? embedded)
    {
        Name = name;
        Manifest = manifest;
        Reference = reference;
        (_place, _client, _embedded) = (place, client, embedded);
    }

    public string Name { get; }

    public IContentSource Source => _place.Content;

    public IReferrerSource Referrers => CopySource.ReferrersOf(_place.Content);

    /// <summary>The same place, for what has to know which kind it is of.</summary>
    public CopySource CopySource => _place.Source;

    public RawManifest Manifest { get; }

    /// <summary>The name that it has in a registry; null when a layout gives it none that is one.</summary>
    public Reference? Reference { get; }

    public static async Task<ImageSession> OpenAsync(string text, RegistryOptionsGroup options, ParseResult parse, Caller caller, CancellationToken cancellationToken)
    {
        var place = ImagePlace.Parse(text, caller);
        var embedded = place.Reference is { } own ? await EmbeddedStore.OpenForAsync([own], options.Root(parse, caller), caller, cancellationToken).ConfigureAwait(false) : null;
        var client = place.Reference is null ? null : options.Client(parse, caller);
        OpenedPlace? opened = null;
        try
        {
            opened = await OpenedPlace.OpenAsync(place, client, caller, cancellationToken).ConfigureAwait(false);
            var (name, manifest) = await opened.ResolveAsync(cancellationToken).ConfigureAwait(false);
            return place.Reference is { } reference
                ? new ImageSession(reference.ToString(), opened, manifest, reference, client, embedded)
                : new ImageSession($"{place.Shown}:{name}", opened, manifest, Whole(name), null, null);
        }
        catch
        {
            if (opened is not null) await opened.DisposeAsync().ConfigureAwait(false);
            client?.Dispose();
            if (embedded is not null) await embedded.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The image of a platform, where this is a list; itself where it is for that platform.</summary>
    /// <exception cref="ViaductException">VIA9009.</exception>
    public Task<RawManifest> ChooseAsync(Platform wanted, CancellationToken cancellationToken) => ChooseAsync(Source, Name, Manifest, wanted, cancellationToken);

    /// <inheritdoc cref="ChooseAsync(Platform, CancellationToken)"/>
    public static async Task<RawManifest> ChooseAsync(IContentSource source, string name, RawManifest manifest, Platform wanted, CancellationToken cancellationToken)
    {
        if (!manifest.IsIndex)
        {
            var found = (await source.ReadConfigAsync(manifest.AsImage(name).Config, cancellationToken).ConfigureAwait(false)).Platform;
            return found.Same(wanted) ? manifest : throw CliErrors.NoPlatform(name, wanted, [found]);
        }
        var entries = manifest.AsIndex(name).Manifests;
        var entry = entries.FirstOrDefault(e => e.Platform is { } p && p.Same(wanted))
            ?? throw CliErrors.NoPlatform(name, wanted, entries.Select(e => e.Platform).OfType<Platform>().Where(KnownPlatforms.Contains));
        return await source.FindManifestAsync(entry.Digest.ToString(), cancellationToken).ConfigureAwait(false) ?? throw CliErrors.NotFound(entry.Digest.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        await _place.DisposeAsync().ConfigureAwait(false);
        _client?.Dispose();
        if (_embedded is not null) await _embedded.DisposeAsync().ConfigureAwait(false);
    }

    private static Reference? Whole(string name) =>
        name.Contains(':') && Reference.TryParse(name, out var reference) && reference.Digest is null ? reference : null;
}
