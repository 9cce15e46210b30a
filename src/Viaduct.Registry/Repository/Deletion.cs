using Viaduct.Oci;

namespace Viaduct.Registry;

/// <summary>
/// Takes tags and manifests away. A tag is deleted as a tag: the manifest behind it has other names that would go with it
/// (distribution-spec, "Deleting Tags").
/// </summary>
internal sealed class Deletion(Reference name, RegistryConnection connection, Manifests manifests, Referrers referrers)
{
    // Quay grants nothing at all to who asks for "delete"; where that is a right of its own, the registry's challenge says so.
    private readonly ScopeSet _push = ScopeSet.Push(name.Repository);

    public async Task<bool> DeleteAsync(string tagOrDigest, CancellationToken cancellationToken)
    {
        var isDigest = Digest.TryParse(tagOrDigest, out var digest);
        // Afterwards nobody can say any more what it was about.
        var about = isDigest && connection.Referrers.HasApi != true ? await manifests.FindAsync(tagOrDigest, cancellationToken).ConfigureAwait(false) : null;
        var call = new Call(HttpMethod.Delete, manifests.UriOf(tagOrDigest)) { Scopes = _push };
        using (var answer = await connection.SendAsync(call, cancellationToken).ConfigureAwait(false))
        {
            if (answer.Status == 404)
            {
                await connection.Absence.ConfirmAsync(answer, cancellationToken).ConfigureAwait(false);
                return false;
            }
            if (answer.Status is not (200 or 202 or 204)) throw await FailedAsync(answer, isDigest, cancellationToken).ConfigureAwait(false);
            if (answer.IsHtml) throw RegistryErrors.Protocol(answer.Name, "it answered with an HTML page where a manifest was deleted");
        }
        connection.Written.Forget(name, tagOrDigest, isDigest ? digest : null);
        if (about is not null) await referrers.RemoveAsync(about, cancellationToken).ConfigureAwait(false);
        return true;
    }

    private async Task<ViaductException> FailedAsync(Answer answer, bool isDigest, CancellationToken cancellationToken)
    {
        var failure = await RegistryErrors.FailedAsync(answer, connection.Endpoint, cancellationToken).ConfigureAwait(false);
        // distribution takes a tag for a malformed digest; 405 is by the book for what a registry does not do.
        var code = (failure as RegistryException)?.SaidCode;
        var isUnable = answer.Status is 405 or 501 || code == "UNSUPPORTED" || (!isDigest && answer.Status == 400 && code is "DIGEST_INVALID" or "TAG_INVALID");
        return !isUnable ? failure : isDigest ? RegistryErrors.NoDeletion(answer.Name, failure) : RegistryErrors.NoTagDeletion(answer.Name, failure);
    }
}
