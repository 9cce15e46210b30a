using Viaduct.Cli.Errors;
using Viaduct.Cli.Terminal;
using Viaduct.Copying;
using Viaduct.Oci;
using Viaduct.Oci.Layouts;
using Viaduct.Registry;

namespace Viaduct.Cli.Sessions;

/// <summary>A place that is read from.</summary>
internal sealed class OpenedPlace : IAsyncDisposable
{
    private readonly ImagePlace _place;
    private BlobSpool? _spool;
    private DirectoryInfo? _folder;

    private OpenedPlace(ImagePlace place) => _place = place;

    public IContentSource Content { get; private set; } = null!;

    public string Shown => _place.ToString();

    public CopySource Source => Content switch
    {
        RepositoryClient repository => CopySource.Of(repository),
        OciLayout layout => CopySource.Of(layout),
        _ => CopySource.Of((ImageArchive)Content),
    };

    /// <param name="client">For a registry; null where the place is none.</param>
    public static async Task<OpenedPlace> OpenAsync(ImagePlace place, RegistryClient? client, Caller caller, CancellationToken cancellationToken)
    {
        var opened = new OpenedPlace(place);
        try
        {
            opened.Content = place.Kind switch
            {
                ImagePlaceKind.Registry => client!.Repository(place.Reference!),
                ImagePlaceKind.Layout => await OciLayout.OpenAsync(place.FullPath(caller), cancellationToken).ConfigureAwait(false),
                _ => await opened.UnpackAsync(place.FullPath(caller), cancellationToken).ConfigureAwait(false),
            };
            return opened;
        }
        catch
        {
            await opened.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The image or list that the place names, and that name: a layout or archive of one image need not be told it.</summary>
    /// <exception cref="ViaductException">VIA9008 when there is none, VIA9011 when there are several and none was named.</exception>
    public async Task<(string Name, RawManifest Manifest)> ResolveAsync(CancellationToken cancellationToken)
    {
        var name = _place.Reference?.TagOrDigest ?? _place.Name;
        if (name is null)
        {
            var entries = await EntriesAsync(cancellationToken).ConfigureAwait(false);
            // What is about another manifest has an entry without a name, and is not what is meant.
            var meant = entries.Any(e => e.Name is not null) ? [.. entries.Where(e => e.Name is not null)] : entries;
            name = meant.DistinctBy(e => e.Digest).Count() == 1
                ? meant[0].Name ?? meant[0].Digest.ToString()
                : throw CliErrors.NameOne(_place.Shown, [.. meant.Select(e => e.Name ?? e.Digest.ToString())]);
        }
        var manifest = await Content.FindManifestAsync(name, cancellationToken).ConfigureAwait(false)
            ?? throw CliErrors.NotFound(_place.Reference is null ? $"{_place.Shown}:{name}" : _place.ToString());
        return (name, manifest);
    }

    /// <summary>The tag by which it is called here, also where it was found by the digest behind it.</summary>
    public string TagOr(string name) => _place.Reference?.Tag ?? name;

    /// <summary>What a layout or archive holds, by name.</summary>
    public async Task<IReadOnlyList<(string? Name, Digest Digest)>> EntriesAsync(CancellationToken cancellationToken) => Content switch
    {
        OciLayout layout => [.. (await layout.ListAsync(cancellationToken).ConfigureAwait(false)).Select(e => (e.Annotations.GetValueOrDefault(Annotations.RefName), e.Digest))],
        ImageArchive archive => [.. archive.Images.SelectMany(i => i.Names.Count == 0 ? [(null, i.Manifest.Digest)] : i.Names.Select(n => ((string?)n, i.Manifest.Digest)))],
        _ => [],
    };

    public async ValueTask DisposeAsync()
    {
        if (_spool is not null) await _spool.DisposeAsync().ConfigureAwait(false);
        _folder?.Delete(recursive: true);
    }

    private async Task<ImageArchive> UnpackAsync(string file, CancellationToken cancellationToken)
    {
        var input = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.Asynchronous | FileOptions.SequentialScan);
        await using (input.ConfigureAwait(false))
        {
            _folder = Directory.CreateTempSubdirectory("viaduct-");
            _spool = new BlobSpool(_folder.FullName);
            return await ImageArchive.OpenAsync(input, _spool, new ImageArchiveLimits(), cancellationToken).ConfigureAwait(false);
        }
    }
}
