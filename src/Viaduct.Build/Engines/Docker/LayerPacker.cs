using System.IO.Compression;
using System.Security.Cryptography;
using Viaduct.Oci;
using Viaduct.Oci.Compression;
using Viaduct.Oci.Layouts;
using ZstdSharp;
using Compressor = Viaduct.Oci.Compressor;

namespace Viaduct.Build.Engines;

/// <summary>Packs layers as is wanted; those that are so already keep their bytes.</summary>
internal sealed class LayerPacker(Compressor compressor, int threads, BlobSpool spool, Func<string, ViaductException> bad)
{
    private static readonly long MostBytes = new ImageArchiveLimits().Bytes;

    public async Task<Blob> PackAsync(Blob layer, Digest diffId, CancellationToken cancellationToken)
    {
        var zstd = compressor == Compressor.Zstd;
        var wanted = zstd ? MediaTypes.OciLayerZstd : MediaTypes.OciLayerGzip;
        var type = await TypeAsync(layer, cancellationToken).ConfigureAwait(false);
        var source = await layer.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (source.ConfigureAwait(false))
        {
            var plain = type == MediaTypes.OciLayerGzip ? new GZipStream(source, CompressionMode.Decompress) : type == MediaTypes.OciLayerZstd ? new DecompressionStream(source) : source;
            await using (plain.ConfigureAwait(false))
                try
                {
                    if (type != wanted) return await PackAsync(plain, diffId, wanted, cancellationToken).ConfigureAwait(false);
                    // Its bytes stay, and a node would unpack them: they have to be what the config says.
                    await CopyAsync(plain, Stream.Null, diffId, cancellationToken).ConfigureAwait(false);
                    return layer with { Descriptor = layer.Descriptor with { MediaType = wanted } };
                }
                catch (Exception e) when (e is InvalidDataException or ZstdException)
                {
                    throw bad("a layer cannot be unpacked");
                }
        }
    }

    private async Task<Blob> PackAsync(Stream plain, Digest diffId, string wanted, CancellationToken cancellationToken)
    {
        var output = spool.Begin();
        using var hash = SHA256.Create();
        await using (var hashing = new CryptoStream(output, hash, CryptoStreamMode.Write, leaveOpen: true))
        {
            Stream packing = wanted == MediaTypes.OciLayerZstd ? PinnedZstd.Compress(hashing) : new PinnedGzipStream(hashing, threads, leaveOpen: true);
            await using (packing.ConfigureAwait(false))
            {
                await CopyAsync(plain, packing, diffId, cancellationToken).ConfigureAwait(false);
                if (packing is PinnedGzipStream gzip) await gzip.CompleteAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        return output.Seal(new Descriptor(wanted, Digest.FromSha256(hash.Hash!), output.Length));
    }

    private async Task CopyAsync(Stream plain, Stream packing, Digest diffId, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 17];
        for (var total = 0L; await plain.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var count;)
        {
            if ((total += count) > MostBytes) throw bad($"a layer has more than {MostBytes} bytes");
            hash.AppendData(buffer, 0, count);
            await packing.WriteAsync(buffer.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
        }
        if (Digest.FromSha256(hash.GetHashAndReset()) is var found && found != diffId) throw bad($"a layer is {found}, and its config says {diffId}");
    }

    /// <summary>By the first bytes: archives do not always say it.</summary>
    private static async Task<string> TypeAsync(Blob layer, CancellationToken cancellationToken)
    {
        var first = new byte[4];
        var stream = await layer.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false)) await stream.ReadAtLeastAsync(first, 4, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        return first switch
        {
            [0x1f, 0x8b, ..] => MediaTypes.OciLayerGzip,
            [0x28, 0xb5, 0x2f, 0xfd] => MediaTypes.OciLayerZstd,
            _ => MediaTypes.OciLayer,
        };
    }
}
