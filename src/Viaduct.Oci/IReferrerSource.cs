namespace Viaduct.Oci;

/// <summary>Where manifests can be found by what they are about: signatures, provenance, SBOMs (distribution-spec, "Listing Referrers").</summary>
public interface IReferrerSource
{
    /// <summary>The manifests that name <paramref name="subject"/>, each once, with artifact type and annotations; none when there are none.</summary>
    /// <param name="artifactType">Only these; null for all.</param>
    IAsyncEnumerable<Descriptor> ReferrersAsync(Digest subject, string? artifactType, CancellationToken cancellationToken);
}
