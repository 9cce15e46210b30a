using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Viaduct.Build.Dockerfiles;
using Viaduct.Oci;
using Viaduct.Registry;

namespace Viaduct.Build;

/// <summary>What ADD fetches: each file once for all builds with one spool, known by its checksum.</summary>
internal sealed class FetchedFiles(FileFetcher fetcher)
{
    private readonly ConditionalWeakTable<BlobSpool, ConcurrentDictionary<Digest, Place>> _spools = [];

    /// <exception cref="ViaductException">VIA2151, VIA2152.</exception>
    public async Task<Blob> FindAsync(Word word, RemoteFile file, Digest checksum, BlobSpool spool, CancellationToken cancellationToken)
    {
        var place = _spools.GetOrCreateValue(spool).GetOrAdd(checksum, _ => new Place());
        // Whoever waits fetches it itself when the first one fails or is cancelled.
        await place.Gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return place.Blob ??= await FetchAsync(word, file, checksum, spool, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            place.Gate.Release();
        }
    }

    private async Task<Blob> FetchAsync(Word word, RemoteFile file, Digest checksum, BlobSpool spool, CancellationToken cancellationToken)
    {
        var output = spool.Begin();
        using var hash = SHA256.Create();
        await using (var hashed = new CryptoStream(output, hash, CryptoStreamMode.Write, leaveOpen: true))
        {
            try
            {
                await fetcher.FetchAsync(file.Address, hashed, cancellationToken).ConfigureAwait(false);
            }
            catch (ViaductException e)
            {
                throw BuildErrors.NotFetched(word, file.Shown, e);
            }
            await hashed.FlushFinalBlockAsync(cancellationToken).ConfigureAwait(false);
        }
        await output.FlushAsync(cancellationToken).ConfigureAwait(false);
        var found = Digest.FromSha256(hash.Hash);
        return found == checksum ? output.Seal(new Descriptor(MediaTypes.OciLayer, found, output.Length)) : throw BuildErrors.OtherChecksum(word, file.Shown, checksum, found);
    }

    private sealed class Place
    {
        public SemaphoreSlim Gate { get; } = new(1);

        public Blob? Blob { get; set; }
    }
}
