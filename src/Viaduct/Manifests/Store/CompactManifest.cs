using Viaduct.Oci;

namespace Viaduct.Manifests;

/// <summary>The manifest as docker repeats it in its file: without white space, and escaped as Go does.</summary>
/// <param name="Member">What it is called there, which is also what docker pushes it as.</param>
internal sealed record CompactManifest(string Member, ReadOnlyMemory<byte> Json)
{
    public const string Docker = "SchemaV2Manifest";
    public const string Oci = "OCIManifest";

    public static CompactManifest Of(RawManifest manifest) =>
        new(manifest.MediaType == MediaTypes.OciManifest ? Oci : Docker, GoJson.Compact(manifest.Bytes.Span));
}
