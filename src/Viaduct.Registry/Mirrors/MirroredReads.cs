using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Viaduct.Oci;

namespace Viaduct.Registry;

/// <summary>
/// Reads at mirrors first, one after the other, and then at the registry itself. A mirror that has it not, is not reached, fails, refuses or sends
/// something else is as good as none; what it says of lists is believed only where the registry cannot be reached, because it may hold a part.
/// </summary>
internal sealed class MirroredReads(Reference name, RepositoryReads own, RegistryConnection registry, MirrorPool? pool, RegistryOptions options)
{
    private IReadOnlyList<Mirror> Mirrors => pool?.Of(registry.Endpoint) ?? [];

    /// <param name="tagOrDigest">A tag is asked of mirrors that resolve tags only, and of none that was put from here.</param>
    /// <param name="read">Null when it is not there.</param>
    public async Task<T?> FirstAsync<T>(string tagOrDigest, Func<RepositoryReads, Task<T?>> read, CancellationToken cancellationToken)
    {
        var isTag = !Digest.TryParse(tagOrDigest, out _);
        if (!isTag || !registry.Written.Knows(name, tagOrDigest))
            foreach (var mirror in Mirrors)
            {
                if ((isTag && !mirror.Resolves) || mirror.IsPaused(name.Repository)) continue;
                try
                {
                    if (await read(mirror.Reads(name)).ConfigureAwait(false) is { } found) return found;
                }
                catch (ViaductException e) when (!cancellationToken.IsCancellationRequested)
                {
                    Note(mirror, e);
                }
            }
        return await read(own).ConfigureAwait(false);
    }

    public async Task<Stream> OpenBlobAsync(Descriptor blob, CancellationToken cancellationToken)
    {
        if (Mirrors.Count == 0) return await own.Blobs.OpenAsync(blob, cancellationToken).ConfigureAwait(false);
        var content = new MirroredBlob(blob, name, Mirrors, own, Note);
        await content.OpenAsync(cancellationToken).ConfigureAwait(false);
        return new BlamingStream(new VerifyingStream(content, blob), content, name.Registry, Note);
    }

    public async IAsyncEnumerable<T> ListAsync<T>(Func<RepositoryReads, IAsyncEnumerable<T>> list, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (items, any) = await OpenAsync(list, cancellationToken).ConfigureAwait(false);
        await using var open = items.ConfigureAwait(false);
        for (; any; any = await items.MoveNextAsync().ConfigureAwait(false)) yield return items.Current;
    }

    private async Task<(IAsyncEnumerator<T> Items, bool Any)> OpenAsync<T>(Func<RepositoryReads, IAsyncEnumerable<T>> list, CancellationToken cancellationToken)
    {
        try
        {
            return await StartAsync(own).ConfigureAwait(false);
        }
        catch (ViaductException e) when (e.Kind is FailureKind.Unreachable or FailureKind.Failed or FailureKind.Throttled && Mirrors.Count > 0)
        {
            foreach (var mirror in Mirrors.Where(m => m.Resolves && !m.IsPaused(name.Repository)))
                try
                {
                    return await StartAsync(mirror.Reads(name)).ConfigureAwait(false);
                }
                catch (ViaductException other) when (!cancellationToken.IsCancellationRequested)
                {
                    Note(mirror, other);
                }
            ExceptionDispatchInfo.Throw(e);
            throw;
        }

        async Task<(IAsyncEnumerator<T>, bool)> StartAsync(RepositoryReads at)
        {
            var items = list(at).GetAsyncEnumerator(cancellationToken);
            try
            {
                return (items, await items.MoveNextAsync().ConfigureAwait(false));
            }
            catch
            {
                await items.DisposeAsync().ConfigureAwait(false);
                throw;
            }
        }
    }

    private void Note(Mirror mirror, ViaductException e)
    {
        if (mirror.Failed(name.Repository, e))
            options.MirrorPassedOver?.Invoke($"the mirror {mirror.Host} is passed over for {name.Registry}: {e.Message}");
    }
}
