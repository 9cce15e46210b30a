using Viaduct.Oci;

namespace Viaduct.Registry;

/// <summary>Manifests of one repository. Their bytes decide; headers are compared with them.</summary>
internal sealed class Manifests(Reference name, RegistryConnection connection)
{
    private const int MaxPuts = 3;

    private readonly ScopeSet _pull = ScopeSet.Pull(name.Repository);
    private readonly ScopeSet _push = ScopeSet.Push(name.Repository);
    private readonly TagPages _tags = new(name, connection);

    public Task<Descriptor?> HeadAsync(string tagOrDigest, CancellationToken cancellationToken) =>
        connection.Written.ReadAsync(name, tagOrDigest, token => HeadOnceAsync(tagOrDigest, token), found => found?.Digest, cancellationToken);

    /// <summary>
    /// As <see cref="HeadAsync"/>, for who is about to push: Artifactory says 403 of a tag that is missing (ggcr#1691, cosign#2973), and the list of
    /// tags says whether it is; of a digest it is taken at its word. The 403 has been read to its end by then: who holds an answer must not wait for another.
    /// </summary>
    public Task<Descriptor?> HeadForPushAsync(string tagOrDigest, CancellationToken cancellationToken) => ForPushAsync(HeadAsync, tagOrDigest, cancellationToken);

    /// <inheritdoc cref="HeadForPushAsync"/>
    public Task<RawManifest?> FindForPushAsync(string tagOrDigest, CancellationToken cancellationToken) => ForPushAsync(FindAsync, tagOrDigest, cancellationToken);

    /// <inheritdoc cref="HeadForPushAsync"/>
    public Task<(RawManifest? Manifest, string? Version)> FindVersionForPushAsync(string tag, CancellationToken cancellationToken) => ForPushAsync(FindVersionAsync, tag, cancellationToken);

    public Task<RawManifest?> FindAsync(string tagOrDigest, CancellationToken cancellationToken) =>
        connection.Written.ReadAsync(name, tagOrDigest, token => FindOnceAsync(tagOrDigest, token), found => found?.Digest, cancellationToken);

    private async Task<Descriptor?> HeadOnceAsync(string tagOrDigest, CancellationToken cancellationToken)
    {
        var uri = UriOf(tagOrDigest, out var asked);
        using (var answer = await connection.SendAsync(new Call(HttpMethod.Head, uri) { Scopes = _pull, AcceptManifests = true }, cancellationToken).ConfigureAwait(false))
        {
            switch (answer.Status)
            {
                case 404:
                    if (await connection.Absence.DoubtAsync(answer, cancellationToken).ConfigureAwait(false) is null) return null;
                    break;
                case 200:
                    if (Describe(answer, asked) is { } complete) return complete;
                    break;
                case 405 or 501:
                    break;
                default:
                    throw await RegistryErrors.FailedAsync(answer, connection.Endpoint, cancellationToken).ConfigureAwait(false);
            }
        }
        // A HEAD that says too little is no answer: the bytes say all.
        return (await FindOnceAsync(tagOrDigest, cancellationToken).ConfigureAwait(false))?.Descriptor;
    }

    private async Task<RawManifest?> FindOnceAsync(string tagOrDigest, CancellationToken cancellationToken) =>
        (await FindVersionAsync(tagOrDigest, cancellationToken).ConfigureAwait(false)).Manifest;

    /// <summary>A manifest as it is shown at this moment, and its ETag where that tells versions apart.</summary>
    public async Task<(RawManifest? Manifest, string? Version)> FindVersionAsync(string tagOrDigest, CancellationToken cancellationToken)
    {
        var uri = UriOf(tagOrDigest, out var asked);
        var call = new Call(HttpMethod.Get, uri) { Scopes = _pull, AcceptManifests = true, ReadLimit = RawManifest.MaxSize };
        using var answer = await connection.SendAsync(call, cancellationToken).ConfigureAwait(false);
        if (answer.Status == 404)
        {
            await connection.Absence.ConfirmAsync(answer, cancellationToken).ConfigureAwait(false);
            return (null, null);
        }
        if (answer.Status != 200) throw await RegistryErrors.FailedAsync(answer, connection.Endpoint, cancellationToken).ConfigureAwait(false);
        if (answer.IsHtml) throw RegistryErrors.Protocol(answer.Name, "it answered with an HTML page where a manifest was expected");

        var (bytes, cut) = await answer.ReadAsync(RawManifest.MaxSize, cancellationToken).ConfigureAwait(false);
        if (cut) throw RegistryErrors.TooLarge(answer.Name, "the manifest", RawManifest.MaxSize);
        var digest = asked ?? Digest.Sha256(bytes);
        if (asked is not null && !digest.Matches(bytes))
            throw RegistryErrors.Mismatch(answer.Name, $"the manifest's bytes hash to {Digest.Sha256(bytes)}");
        if (answer.ContentDigest is { } claimed && claimed.Algorithm == digest.Algorithm && claimed != digest)
            throw RegistryErrors.Mismatch(answer.Name, $"the registry calls the manifest {claimed}, and its bytes are {digest}");
        var manifest = RawManifest.Parse(bytes, answer.MediaType, $"{name.Name}{(asked is null ? ":" : "@")}{tagOrDigest}", digest);
        // Only a strong one may stand in If-Match (RFC 9110, 13.1.1).
        return (manifest, answer.Header("ETag") is { } version && version.StartsWith('"') ? version : null);
    }

    /// <returns>True when the registry says that it lists the manifest as a referrer.</returns>
    public async Task<bool> PutAsync(string tagOrDigest, RawManifest manifest, CancellationToken cancellationToken)
    {
        using var answer = await PutAsync(tagOrDigest, manifest, null, cancellationToken).ConfigureAwait(false);
        return answer.Header("OCI-Subject") is not null;
    }

    /// <summary>Puts a tag that shows this version.</summary>
    /// <returns>False when it shows another by now.</returns>
    public async Task<bool> PutVersionAsync(string tag, RawManifest manifest, string? version, CancellationToken cancellationToken)
    {
        using var answer = await PutAsync(tag, manifest, version, cancellationToken).ConfigureAwait(false);
        return answer.Status != 412;
    }

    private async Task<Answer> PutAsync(string tagOrDigest, RawManifest manifest, string? version, CancellationToken cancellationToken)
    {
        var uri = UriOf(tagOrDigest, out var asked);
        if (asked is { } own && own != manifest.Digest)
            throw new ArgumentException($"The manifest is {manifest.Digest}, not {own}.", nameof(tagOrDigest));
        for (var puts = 1; ; puts++)
        {
            var call = new Call(HttpMethod.Put, uri) { Scopes = _push, Body = Body.Of(manifest), IfMatch = version };
            var answer = await connection.SendAsync(call, cancellationToken).ConfigureAwait(false);
            try
            {
                if (version is not null && answer.Status == 412) return answer;
                // 201 by the book; Quay was seen with 202.
                if (answer.Status is not (200 or 201 or 202 or 204))
                    throw await RegistryErrors.FailedAsync(answer, connection.Endpoint, cancellationToken).ConfigureAwait(false);
                if (answer.IsHtml) throw RegistryErrors.Protocol(answer.Name, "it answered with an HTML page where a manifest was put");
                if (answer.ContentDigest is not { } stored || stored.Algorithm != manifest.Digest.Algorithm || stored == manifest.Digest)
                {
                    if (asked is null) connection.Written.Remember(name, tagOrDigest, manifest.Digest);
                    return answer;
                }
                if (puts == MaxPuts) throw RegistryErrors.Mismatch(answer.Name, $"the registry stored {stored}, and {manifest.Digest} was sent");
            }
            catch
            {
                answer.Dispose();
                throw;
            }
            // What came in other bytes stands under the tag now, and nobody wants it there: the version that was to be replaced is gone already.
            answer.Dispose();
            version = null;
        }
    }

    private async Task<T> ForPushAsync<T>(Func<string, CancellationToken, Task<T>> read, string tagOrDigest, CancellationToken cancellationToken)
    {
        try
        {
            return await read(tagOrDigest, cancellationToken).ConfigureAwait(false);
        }
        catch (RegistryException e) when (e is { Status: 403, IsTokenService: false })
        {
            // No list tells of digests. A wrong guess ends in the 403 of the push (go-containerregistry pkg/v1/remote/write.go, checkExistingManifest).
            if (Digest.TryParse(tagOrDigest, out _)) return default!;
            if (await IsListedAsync(tagOrDigest, cancellationToken).ConfigureAwait(false) is not false) throw;
            return default!;
        }
    }

    /// <summary>Null when the list is denied too, or is none, or may be a part of one: then the 403 is all that is known.</summary>
    private async Task<bool?> IsListedAsync(string tag, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var listed in _tags.ReadAsync(cancellationToken, whole: true).ConfigureAwait(false))
                if (listed == tag) return true;
            return false;
        }
        catch (ViaductException)
        {
            return null;
        }
    }

    private static Descriptor? Describe(Answer answer, Digest? asked)
    {
        if (answer.ContentDigest is not { } claimed || answer.Length is not { } length || answer.MediaType is not { } mediaType) return null;
        if (!MediaTypes.IsIndex(mediaType) && !MediaTypes.IsImageManifest(mediaType)) return null;
        if (asked is { } digest && digest.Algorithm == claimed.Algorithm && digest != claimed)
            throw RegistryErrors.Mismatch(answer.Name, $"the registry calls the manifest {claimed}");
        return length > RawManifest.MaxSize
            ? throw RegistryErrors.TooLarge(answer.Name, "the manifest", RawManifest.MaxSize)
            : new Descriptor(mediaType, asked ?? claimed, length);
    }

    public Uri UriOf(string tagOrDigest) => UriOf(tagOrDigest, out _);

    private Uri UriOf(string tagOrDigest, out Digest? digest)
    {
        digest = Digest.TryParse(tagOrDigest, out var parsed) ? parsed : null;
        // WithTag refuses what is neither, before it could become part of an address.
        var text = digest is null ? name.WithTag(tagOrDigest).Tag : tagOrDigest;
        return connection.Api(name.Repository, $"/manifests/{text}");
    }
}
