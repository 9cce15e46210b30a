using Viaduct.Oci;
using Viaduct.Registry;

namespace Viaduct.Copying;

/// <summary>
/// The tags in which cosign keeps what it says about a manifest: <c>sha256-HEX.sig</c>, <c>.att</c>, <c>.sbom</c> (sigstore/cosign, specs/SIGNATURE_SPEC.md).
/// A registry's tags are listed once, because asking for each would cost three requests a manifest; those of a very long list are asked for.
/// </summary>
internal sealed class SignatureTags(CopySource source)
{
    private const int MaxListed = 20_000;

    private static readonly string[] Suffixes = ["sig", "att", "sbom"];

    private readonly SemaphoreSlim _once = new(1, 1);
    private bool _isListed;
    private HashSet<string>? _listed;

    public async Task<IReadOnlyList<(string Tag, RawManifest Manifest)>> OfAsync(Digest digest, CancellationToken cancellationToken)
    {
        var found = new List<(string, RawManifest)>();
        var listed = source.Repository is { } repository ? await ListedAsync(repository, cancellationToken).ConfigureAwait(false) : null;
        foreach (var suffix in Suffixes)
        {
            var tag = $"{digest.Algorithm}-{digest.Hex}.{suffix}";
            // A tag of a sha512 digest is too long to be one.
            if (ReferenceGrammar.IsTag(tag) && listed?.Contains(tag) is not false
                && await source.Content.FindManifestAsync(tag, cancellationToken).ConfigureAwait(false) is { } manifest)
                found.Add((tag, manifest));
        }
        return found;
    }

    private async Task<HashSet<string>?> ListedAsync(RepositoryClient repository, CancellationToken cancellationToken)
    {
        await _once.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!_isListed) _listed = await ListAsync(repository, cancellationToken).ConfigureAwait(false);
            _isListed = true;
            return _listed;
        }
        finally
        {
            _once.Release();
        }
    }

    /// <returns>null when the list is too long, or is not given: then each tag is asked for.</returns>
    private static async Task<HashSet<string>?> ListAsync(RepositoryClient repository, CancellationToken cancellationToken)
    {
        var tags = new HashSet<string>(StringComparer.Ordinal);
        var count = 0;
        try
        {
            await foreach (var tag in repository.TagsAsync(cancellationToken).ConfigureAwait(false))
            {
                if (++count > MaxListed) return null;
                if (tag.StartsWith("sha256-", StringComparison.Ordinal)) tags.Add(tag);
            }
        }
        catch (RegistryException)
        {
            return null;
        }
        return tags;
    }
}
