using Viaduct.Oci;

namespace Viaduct.Server;

/// <summary>An answer that is an error of the distribution-spec ("Error Codes").</summary>
internal sealed class RegistryFault(int status, string code, string message) : Exception(message)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    /// <summary>One error for each: blobs that are missing, for example.</summary>
    public IReadOnlyList<Digest> Digests { get; init; } = [];

    public static RegistryFault NotFound() => new(404, "UNSUPPORTED", "there is no such endpoint");

    public static RegistryFault NotAllowed(string method) => new(405, "UNSUPPORTED", $"{method} is not possible here");

    public static RegistryFault Denied(string why) => new(403, "DENIED", why);

    public static RegistryFault BadName() => new(400, "NAME_INVALID", "this is not the name of a repository");

    public static RegistryFault UnknownName(RepositoryName name) => new(404, "NAME_UNKNOWN", $"there is no repository {name}");

    public static RegistryFault BadDigest() => new(400, "DIGEST_INVALID", "this is not a sha256 or sha512 digest");

    public static RegistryFault OtherDigest(Digest expected) =>
        new(400, "DIGEST_INVALID", "the content does not have this digest; nothing was stored") { Digests = [expected] };

    public static RegistryFault BadTag() => new(400, "TAG_INVALID", "this is not a tag");

    public static RegistryFault UnknownBlob(Digest digest) => new(404, "BLOB_UNKNOWN", "the repository does not have this blob") { Digests = [digest] };

    public static RegistryFault UnknownManifest() => new(404, "MANIFEST_UNKNOWN", "the repository does not have this manifest");

    public static RegistryFault BadManifest(string why) => new(400, "MANIFEST_INVALID", why);

    public static RegistryFault MissingContent(IReadOnlyList<Digest> missing) =>
        new(404, "MANIFEST_BLOB_UNKNOWN", "the manifest names content that the repository does not have") { Digests = missing };

    public static RegistryFault LargeManifest() => new(413, "SIZE_INVALID", $"a manifest has at most {RawManifest.MaxSize} bytes");

    public static RegistryFault UnknownUpload() => new(404, "BLOB_UPLOAD_UNKNOWN", "there is no such upload; begin a new one");

    public static RegistryFault BusyUpload() => new(409, "BLOB_UPLOAD_INVALID", "another request writes to this upload");

    public static RegistryFault OtherSize() => new(400, "SIZE_INVALID", "the body does not have the length that Content-Range says");

    public static RegistryFault BadCount() => new(400, "PAGINATION_NUMBER_INVALID", "n is not a number of entries");

    /// <summary>507 (RFC 4918, section 11.5): unlike a 500, nobody need try again before somebody has made room.</summary>
    public static RegistryFault DiskFull() => new(507, "UNKNOWN", "the registry's disk is full");

    public static RegistryFault Stalled() => new(408, "BLOB_UPLOAD_INVALID", "nothing came for too long");
}
