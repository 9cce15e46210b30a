using System.Security.Cryptography;
using Viaduct.Oci;

namespace Viaduct.Server;

/// <summary><c>/v2/NAME/blobs/uploads/</c> and <c>/v2/NAME/blobs/uploads/ID</c>.</summary>
internal sealed class UploadEndpoint(BlobStore blobs, UploadStore uploads, TimeSpan stall)
{
    public Task StartAsync(Exchange exchange) =>
        exchange.Method != "POST" ? throw RegistryFault.NotAllowed(exchange.Method)
        : exchange.Query("mount") is { } mount ? MountAsync(exchange, Exchange.ParseDigest(mount))
        : exchange.Query("digest") is { } digest ? PostAsync(exchange, Exchange.ParseDigest(digest))
        : Begin(exchange);

    public Task AnswerAsync(Exchange exchange) => exchange.Method switch
    {
        "GET" or "HEAD" => Status(exchange),
        "PATCH" => PatchAsync(exchange),
        "PUT" => PutAsync(exchange),
        "DELETE" => CancelAsync(exchange),
        _ => throw RegistryFault.NotAllowed(exchange.Method),
    };

    private Task Begin(Exchange exchange)
    {
        Progress(exchange, uploads.Begin(exchange.Repository), 0);
        exchange.Empty(202);
        return Task.CompletedTask;
    }

    /// <summary>
    /// A mount needs to name no source that has the blob: here every repository can be read by whoever may write to one.
    /// With a source that has it not, the upload begins, as the spec wants.
    /// </summary>
    private async Task MountAsync(Exchange exchange, Digest digest)
    {
        var repository = exchange.Repository;
        var from = exchange.Query("from");
        var mayMount = string.IsNullOrEmpty(from) || (RepositoryName.TryParse(from, out var source) && blobs.Has(source, digest));
        if (mayMount && await blobs.LinkAsync(repository, digest).ConfigureAwait(false)) Created(exchange, repository, digest);
        else await Begin(exchange).ConfigureAwait(false);
    }

    /// <summary>The whole blob with the POST. Without a body the client means to send it afterwards.</summary>
    private async Task PostAsync(Exchange exchange, Digest digest)
    {
        var repository = exchange.Repository;
        if (exchange.Http.Request.ContentLength is 0 && digest != EmptyDigest(digest.Algorithm))
        {
            await Begin(exchange).ConfigureAwait(false);
            return;
        }
        using var upload = await uploads.TakeAsync(repository, uploads.Begin(repository), exchange.Aborted).ConfigureAwait(false) ?? throw RegistryFault.UnknownUpload();
        try
        {
            await upload.AppendAsync(exchange.Body, digest.HashAlgorithm(), stall, exchange.Aborted).ConfigureAwait(false);
            await FinishAsync(exchange, upload, repository, digest).ConfigureAwait(false);
        }
        catch
        {
            upload.Cancel();
            throw;
        }
    }

    private Task Status(Exchange exchange)
    {
        var length = uploads.Length(exchange.Repository, exchange.Route.Reference) ?? throw RegistryFault.UnknownUpload();
        Progress(exchange, exchange.Route.Reference, length);
        exchange.Empty(204);
        return Task.CompletedTask;
    }

    private async Task PatchAsync(Exchange exchange)
    {
        using var upload = await TakeAsync(exchange).ConfigureAwait(false);
        if (IsOutOfOrder(exchange, upload, out var range)) return;
        var start = upload.Length;
        await upload.AppendAsync(exchange.Body, HashAlgorithmName.SHA256, stall, exchange.Aborted).ConfigureAwait(false);
        HoldToRange(upload, start, range);
        Progress(exchange, exchange.Route.Reference, upload.Length);
        exchange.Empty(202);
    }

    private async Task PutAsync(Exchange exchange)
    {
        var digest = Exchange.ParseDigest(exchange.Query("digest"));
        using var upload = await TakeAsync(exchange).ConfigureAwait(false);
        if (IsOutOfOrder(exchange, upload, out var range)) return;
        var start = upload.Length;
        try
        {
            await upload.AppendAsync(exchange.Body, digest.HashAlgorithm(), stall, exchange.Aborted).ConfigureAwait(false);
        }
        catch
        {
            // Half a last chunk would make the client's second attempt wrong.
            upload.Truncate(start);
            throw;
        }
        HoldToRange(upload, start, range);
        await FinishAsync(exchange, upload, exchange.Repository, digest).ConfigureAwait(false);
    }

    private async Task CancelAsync(Exchange exchange)
    {
        using var upload = await TakeAsync(exchange).ConfigureAwait(false);
        upload.Cancel();
        exchange.Empty(204);
    }

    private async Task FinishAsync(Exchange exchange, UploadLease upload, RepositoryName repository, Digest digest)
    {
        if (!upload.Matches(digest))
        {
            upload.Cancel();
            throw RegistryFault.OtherDigest(digest);
        }
        await upload.CommitAsync(blobs, repository, digest).ConfigureAwait(false);
        Created(exchange, repository, digest);
    }

    private async Task<UploadLease> TakeAsync(Exchange exchange)
    {
        try
        {
            return await uploads.TakeAsync(exchange.Repository, exchange.Route.Reference, exchange.Aborted).ConfigureAwait(false) ?? throw RegistryFault.UnknownUpload();
        }
        catch (TimeoutException)
        {
            throw RegistryFault.BusyUpload();
        }
    }

    /// <summary>Makes the 416 answer for a chunk that does not begin where the upload ends.</summary>
    private static bool IsOutOfOrder(Exchange exchange, UploadLease upload, out ContentRange? range)
    {
        range = null;
        if (exchange.Http.Request.Headers.ContentRange is not { Count: > 0 } header) return false;
        if (ContentRange.TryParseChunk(header.ToString(), out var chunk) && chunk.First == upload.Length)
        {
            if (exchange.Http.Request.ContentLength is { } length && length != chunk.Length) throw RegistryFault.OtherSize();
            range = chunk;
            return false;
        }
        Progress(exchange, exchange.Route.Reference, upload.Length);
        exchange.Empty(416);
        return true;
    }

    private static void HoldToRange(UploadLease upload, long start, ContentRange? range)
    {
        if (range is not { } chunk || upload.Length - start == chunk.Length) return;
        upload.Truncate(start);
        throw RegistryFault.OtherSize();
    }

    private static void Progress(Exchange exchange, string id, long length)
    {
        exchange.Header("Location", $"/v2/{exchange.Repository}/blobs/uploads/{id}");
        // Nothing yet is written 0-0 too; that is what clients of the field know.
        exchange.Header("Range", $"0-{Math.Max(0, length - 1)}");
        exchange.Header("Docker-Upload-UUID", id);
    }

    private static void Created(Exchange exchange, RepositoryName repository, Digest digest)
    {
        exchange.Header("Location", $"/v2/{repository}/blobs/{digest}");
        exchange.Header("Docker-Content-Digest", digest.ToString());
        exchange.Empty(201);
    }

    private static Digest EmptyDigest(string algorithm) =>
        algorithm == "sha256" ? Digest.Sha256([]) : Digest.Parse("sha512:" + Convert.ToHexStringLower(SHA512.HashData([])));
}
