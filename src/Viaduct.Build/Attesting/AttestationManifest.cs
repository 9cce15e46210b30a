using Viaduct.Oci;

namespace Viaduct.Build.Attesting;

/// <summary>
/// Makes the manifest that holds the statements about one image (moby/buildkit docs/attestations/attestation-storage.md), with the
/// subject and the artifact type that BuildKit's <c>oci-artifact=true</c> adds, so that those find it who look for referrers instead of in the list.
/// </summary>
internal static class AttestationManifest
{
    public const string LayerType = "application/vnd.in-toto+json";
    public const string ArtifactType = "application/vnd.docker.attestation.manifest.v1+json";
    public const string PredicateAnnotation = "in-toto.io/predicate-type";

    /// <param name="statements">One or more.</param>
    public static Attestation Make(RawManifest image, IReadOnlyList<Statement> statements)
    {
        var layers = statements.Select(s =>
        {
            var blob = Blob.FromBytes(LayerType, s.Bytes);
            return blob with { Descriptor = blob.Descriptor with { Annotations = new Dictionary<string, string> { [PredicateAnnotation] = s.PredicateType } } };
        }).ToList();
        var config = Blob.FromBytes(MediaTypes.OciConfig, new ImageConfig(new Platform("unknown", "unknown")) { DiffIds = [.. layers.Select(l => l.Descriptor.Digest)] }.ToBytes());
        var json = new GoJsonWriter().BeginObject()
            .Name("schemaVersion").Number(2)
            .Name("mediaType").String(MediaTypes.OciManifest)
            .Name("artifactType").String(ArtifactType)
            .Name("config").Descriptor(config.Descriptor)
            .Name("layers").BeginArray();
        foreach (var layer in layers) json.Descriptor(layer.Descriptor);
        var manifest = RawManifest.Parse(json.EndArray().Name("subject").Descriptor(image.Descriptor).EndObject().ToBytes(), MediaTypes.OciManifest);
        return new Attestation(AttestationEntry.Make(manifest.Descriptor, image.Digest), manifest, [config, .. layers]);
    }
}
