using Viaduct.Oci;
using Viaduct.Oci.Layouts;
using Viaduct.Registry;

namespace Viaduct.Copying;

/// <summary>Where a copy comes from: a repository, a layout or an archive.</summary>
public sealed class CopySource
{
    private CopySource(IContentSource content) => (Content, Referrers) = (content, ReferrersOf(content));

    internal IContentSource Content { get; }

    internal IReferrerSource Referrers { get; }

    /// <summary>What is in a registry; from there blobs can be mounted into another repository of it.</summary>
    internal RepositoryClient? Repository => Content as RepositoryClient;

    public static CopySource Of(RepositoryClient repository) => new(repository);

    public static CopySource Of(OciLayout layout) => new(layout);

    public static CopySource Of(ImageArchive archive) => new(archive);

    /// <summary>What is about the manifests of a source.</summary>
    public static IReferrerSource ReferrersOf(IContentSource content) =>
        content as IReferrerSource ?? throw new ArgumentException("It is no place of manifests.", nameof(content));
}
