using Viaduct.Execution;
using Viaduct.Oci;
using Viaduct.Registry;

namespace Viaduct.Manifests;

/// <summary>
/// Brings the images of a list into its repository: mounted where the registry can, sent where it cannot, their bytes untouched.
/// All handles are made before the first request, so that one token covers them.
/// </summary>
internal sealed class PushMover(ManifestContext context, RepositoryClient target, IReadOnlyList<PlannedImage> images) : IAsyncDisposable
{
    private readonly (PlannedImage Image, RepositoryClient? Source)[] _images = [.. images.Select(i => (i, i.Local is null ? context.Registry.Repository(i.Repository) : null))];
    private readonly Dictionary<string, LocalSource> _local = [];

    public async Task MoveAsync(CancellationToken cancellationToken)
    {
        await OpenAsync(cancellationToken).ConfigureAwait(false);
        var moved = _images.Where(i => i.Image.IsMovedTo(target.Name)).DistinctBy(i => i.Image.Entry.Digest).ToList();
        // docker's first request, whose failure it tells whatever else fails beside it. The client sends no blob twice.
        var first = moved.Count > 0 ? MoveAsync(moved[0], ahead: true, cancellationToken) : Task.CompletedTask;
        try
        {
            await FailFast.AllAsync(moved, (item, token) => MoveAsync(item, ahead: false, token), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await first.ConfigureAwait(false);
        }
    }

    /// <summary>Whether all that would be moved, and all that is said to be there, is where the list says; by reading alone.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        await OpenAsync(cancellationToken).ConfigureAwait(false);
        await FailFast.AllAsync(_images, async (item, token) =>
        {
            if (item.Image.Local is { } local) await ReadAsync(local, item.Image.Entry.Digest, token).ConfigureAwait(false);
            else if (await HeadAsync(item.Source!, item.Image, token).ConfigureAwait(false) is null) throw DockerWords.NoSuchManifest(NameOf(item.Image));
        }, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var source in _local.Values) await source.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>One after the other: several images may be of one layout, and docker's export of an image is one stream.</summary>
    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        foreach (var name in _images.Select(i => i.Image.Local).OfType<string>().Distinct())
            _local.Add(name, await LocalSource.OpenAsync(name, context.Variable, cancellationToken).ConfigureAwait(false));
    }

    /// <param name="ahead">The config alone.</param>
    private async Task MoveAsync((PlannedImage Image, RepositoryClient? Source) item, bool ahead, CancellationToken cancellationToken)
    {
        var (image, repository) = item;
        var manifest = image.Local is { } local ? await ReadAsync(local, image.Entry.Digest, cancellationToken).ConfigureAwait(false) : image.Manifest!;
        var source = repository ?? _local[image.Local!].Content;
        var place = repository?.Name.Repository ?? target.Name.Repository;
        await FailFast.AllAsync(manifest.AsImage(image.From).Blobs.DistinctBy(b => b.Digest).Take(ahead ? 1 : int.MaxValue), (blob, token) =>
            MoveAsync(source, blob, $"{place}@{blob.Digest}", token), cancellationToken).ConfigureAwait(false);
        if (ahead) return;
        await PutAsync(target, manifest, BareName(manifest.Digest), cancellationToken).ConfigureAwait(false);
    }

    private async Task MoveAsync(IContentSource source, Descriptor blob, string from, CancellationToken cancellationToken)
    {
        try
        {
            await target.PushBlobAsync(ChildMover.Movable(source, blob, target), cancellationToken).ConfigureAwait(false);
        }
        catch (ViaductException e) when (blob.Urls.Count > 0 && e.Kind == FailureKind.Absent)
        {
            // Layers of Windows that no registry has to hold: whether this one wants them it says when the manifest is put.
        }
        catch (ViaductException e)
        {
            throw DockerWords.OfMount(e, from, target.Name);
        }
    }

    private async Task<RawManifest> ReadAsync(string local, Digest digest, CancellationToken cancellationToken) =>
        await _local[local].Content.FindManifestAsync(digest.ToString(), cancellationToken).ConfigureAwait(false) ?? throw PushErrors.SourceChanged(local, digest);

    private static async Task<Descriptor?> HeadAsync(RepositoryClient source, PlannedImage image, CancellationToken cancellationToken)
    {
        try
        {
            return await source.HeadManifestAsync(image.Entry.Digest.ToString(), cancellationToken).ConfigureAwait(false);
        }
        catch (ViaductException e)
        {
            throw DockerWords.OfRead(e, NameOf(image));
        }
    }

    /// <summary>Puts a manifest under a tag or, where the name has none, under its digest.</summary>
    public static async Task PutAsync(RepositoryClient target, RawManifest manifest, Reference name, CancellationToken cancellationToken)
    {
        try
        {
            await (name.Tag is { } tag ? target.TagAsync(tag, manifest, cancellationToken) : target.PushManifestAsync(manifest, cancellationToken)).ConfigureAwait(false);
        }
        catch (ViaductException e)
        {
            throw DockerWords.OfPut(e, name);
        }
    }

    private static Reference NameOf(PlannedImage image) => image.Repository.WithDigest(image.Entry.Digest);

    private Reference BareName(Digest digest) => Reference.Parse($"{target.Name.Name}@{digest}");
}
