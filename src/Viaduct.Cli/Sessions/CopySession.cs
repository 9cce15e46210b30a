using System.CommandLine;
using Viaduct.Cli.Errors;
using Viaduct.Cli.Options;
using Viaduct.Cli.Terminal;
using Viaduct.Copying;
using Viaduct.Oci;
using Viaduct.Oci.Layouts;
using Viaduct.Registry;
using Viaduct.Server;

namespace Viaduct.Cli.Sessions;

/// <summary>Where a copy comes from and goes to, with one client for all registries among them.</summary>
internal sealed class CopySession : IAsyncDisposable
{
    private readonly RegistryClient _client;
    private readonly EmbeddedRegistry? _embedded;
    private readonly Caller _caller;

    private CopySession(RegistryClient client, EmbeddedRegistry? embedded, Caller caller) => (_client, _embedded, _caller) = (client, embedded, caller);

    public OpenedPlace From { get; private set; } = null!;

    public static async Task<CopySession> OpenAsync(
        ImagePlace from, IReadOnlyList<ImagePlace> to, RegistryOptionsGroup options, ParseResult parse, Caller caller, CancellationToken cancellationToken)
    {
        var names = to.Prepend(from).Select(p => p.Reference).OfType<Reference>().ToList();
        var embedded = names.Count == 0 ? null : await EmbeddedStore.OpenForAsync(names, options.Root(parse, caller), caller, cancellationToken).ConfigureAwait(false);
        var session = new CopySession(options.Client(parse, caller), embedded, caller);
        try
        {
            // Announced before the first request, so that one token is enough for the registry.
            foreach (var place in to)
                if (place.Reference is { } name) session._client.Repository(name, push: true);
            session.From = await OpenedPlace.OpenAsync(from, session._client, caller, cancellationToken).ConfigureAwait(false);
            return session;
        }
        catch
        {
            await session.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Places of the same repository, folder or file are one: an archive is written once, and a repository asked once.</summary>
    public (ImagePlaceKind Kind, string Where) KeyOf(ImagePlace place) => (place.Kind, place.Reference?.Name ?? place.FullPath(_caller));

    /// <param name="moves">Tags may be moved; those of the embedded registry always may.</param>
    /// <param name="isDry">Nothing is written: a layout that is not there is not made.</param>
    /// <param name="names">For a layout, those that are more than their text.</param>
    public async Task<CopyTarget> TargetAsync(
        ImagePlace place, bool moves, bool isDry, IReadOnlyDictionary<string, LayoutName>? names, CancellationToken cancellationToken) => place.Kind switch
    {
        ImagePlaceKind.Registry => CopyTarget.Of(_client.Repository(place.Reference!, push: true), moves || EmbeddedStore.IsAt(place.Reference!, _caller)),
        ImagePlaceKind.Layout when !isDry || Directory.Exists(place.FullPath(_caller)) => CopyTarget.Of(await OciLayout.OpenOrCreateAsync(place.FullPath(_caller), cancellationToken).ConfigureAwait(false), place.Shown, names),
        ImagePlaceKind.Archive when !isDry => CopyTarget.OfArchive(Writable(place), place.Shown),
        _ => CopyTarget.OfArchive(place.FullPath(_caller), place.Shown),
    };

    public async ValueTask DisposeAsync()
    {
        if (From is not null) await From.DisposeAsync().ConfigureAwait(false);
        _client.Dispose();
        if (_embedded is not null) await _embedded.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>The file is written at the end of all; that it cannot be is found out before.</summary>
    private string Writable(ImagePlace place)
    {
        var path = place.FullPath(_caller);
        if (Directory.Exists(path)) throw CliErrors.Usage($"'{place.Shown}' is a folder", "Name a file, or write oci: for a layout.");
        try
        {
            AtomicFile.Prepare(path);
            return path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CliErrors.Usage($"'{place.Shown}' cannot be written: {e.Message}", "Name a file in a folder that can be written to.");
        }
    }
}
