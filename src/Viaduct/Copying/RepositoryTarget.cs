using System.Collections.Concurrent;
using Viaduct.Oci;
using Viaduct.Registry;

namespace Viaduct.Copying;

internal sealed class RepositoryTarget(RepositoryClient repository) : CopyTarget
{
    internal override Reference? Repository => repository.Name;

    // The client sends fewer at once; what waits for it costs nothing.
    internal override int Streams => 64;

    internal override async Task<Digest?> FindTagAsync(string tag, CancellationToken cancellationToken) =>
        (await repository.HeadForPushAsync(tag, cancellationToken).ConfigureAwait(false))?.Digest;

    /// <summary>One request tells of all that is about a manifest.</summary>
    private readonly ConcurrentDictionary<Digest, Lazy<Task<HashSet<Digest>>>> _referrers = [];

    /// <summary>A registry takes no manifest before what it names (distribution-spec, "Pushing Manifests"): one request tells of all of it.</summary>
    internal override async Task<bool> HasAsync(Descriptor manifest, Digest? about, CancellationToken cancellationToken) =>
        // A list under a tag may name what was deleted since: it is no proof.
        (about is not { } subject || (await _referrers.GetOrAdd(subject, _ => new(() => ReferrersAsync(subject, cancellationToken))).Value.ConfigureAwait(false)).Contains(manifest.Digest))
        && await repository.HeadForPushAsync(manifest.Digest.ToString(), cancellationToken).ConfigureAwait(false) is not null;

    internal override async Task<bool> HasBlobAsync(Descriptor blob, CancellationToken cancellationToken) =>
        await repository.HeadBlobAsync(blob.Digest, cancellationToken).ConfigureAwait(false) is not null;

    internal override Task PushBlobAsync(Blob blob, CancellationToken cancellationToken) => repository.PushBlobAsync(blob, cancellationToken);

    internal override Task PushManifestAsync(RawManifest manifest, bool refers, CancellationToken cancellationToken) =>
        repository.PushManifestAsync(manifest, cancellationToken);

    internal override Task TagAsync(string tag, RawManifest manifest, CancellationToken cancellationToken) => repository.TagAsync(tag, manifest, cancellationToken);

    private Task<HashSet<Digest>> ReferrersAsync(Digest subject, CancellationToken cancellationToken) =>
        repository.ReferrersAsync(subject, null, cancellationToken).Select(r => r.Digest).ToHashSetAsync(cancellationToken: cancellationToken).AsTask();
}
