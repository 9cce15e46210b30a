namespace Viaduct.Registry;

/// <summary>
/// What a registry takes of a blob that is sent in parts. Sent so is only what did not get there whole: one PUT is the only way that all take,
/// and the limits are nowhere announced but by <c>OCI-Chunk-Min-Length</c>.
/// </summary>
/// <param name="Size">Bytes of a part, except the last.</param>
/// <param name="Least">Fewer are refused, except in the last.</param>
/// <param name="Resumes">Whether what the registry says it has of an upload is so.</param>
internal sealed record ChunkRules(long Size, long Least, bool Resumes)
{
    /// <summary>nginx's own bound of a body (client_max_body_size): what is refused at this size is refused by whatever stands there.</summary>
    private const long Smallest = 1 << 20;

    private static readonly ChunkRules Usual = new(16 << 20, Smallest, Resumes: true);

    /// <summary>A PATCH of 4 MiB is refused with 416 (ocx#237, rust-oci-client#35).</summary>
    private static readonly ChunkRules GitHub = new((4 << 20) - (64 << 10), Smallest, Resumes: true);

    /// <summary>At least 5 MiB; the Range of its answers stands still (regclient blob.go).</summary>
    private static readonly ChunkRules Amazon = new(16 << 20, 5 << 20, Resumes: false);

    /// <param name="registry">As it stands in a reference.</param>
    /// <returns>Null for Google's, which take no parts (sdk-container-builds#287, skopeo#1101).</returns>
    public static ChunkRules? Of(string registry)
    {
        var host = registry.ToLowerInvariant();
        if (IsIn(host, "gcr.io") || IsIn(host, "pkg.dev")) return null;
        if (IsIn(host, "ghcr.io")) return GitHub;
        return host.Contains(".dkr.ecr.", StringComparison.Ordinal) || IsIn(host, "ecr.aws") ? Amazon : Usual;
    }

    /// <summary>The first part to try, for a blob that was refused or broke off as a whole; null when it is too small to be parted.</summary>
    public long? First(long blob)
    {
        for (long? size = Size; size is { } fits; size = Smaller(fits))
            if (fits < blob) return fits;
        return null;
    }

    /// <summary>The next one after a part that was too large; null when there is none.</summary>
    public long? Smaller(long size) => Math.Max(size / 4, Least) is var next && next < size ? next : null;

    private static bool IsIn(string host, string domain) =>
        host.EndsWith(domain, StringComparison.Ordinal) && (host.Length == domain.Length || host[^(domain.Length + 1)] == '.');
}
