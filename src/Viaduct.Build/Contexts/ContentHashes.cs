using System.Collections.Concurrent;
using Viaduct.Oci;

namespace Viaduct.Build;

/// <summary>
/// The digests of context files within this process: seven platforms of one context read each file once for their keys.
/// A file is taken for the same one while inode, size and times are the same.
/// </summary>
internal sealed class ContentHashes
{
    private readonly ConcurrentDictionary<(string Path, FileStatus Status), Digest> _known = new();

    public async ValueTask<Digest> OfAsync(ContextFile file, CancellationToken cancellationToken)
    {
        var key = (file.Path, file.Status);
        if (_known.TryGetValue(key, out var known)) return known;
        await using var stream = await file.OpenAsync(cancellationToken).ConfigureAwait(false);
        var hash = await System.Security.Cryptography.SHA256.HashDataAsync(stream, cancellationToken).ConfigureAwait(false);
        file.CheckUnchanged();
        return _known[key] = Digest.FromSha256(hash);
    }
}
