using Viaduct.Oci;

namespace Viaduct.Build.Attesting;

/// <summary>An in-toto Statement v1 (in-toto/attestation, spec/v1/statement.md) about one image.</summary>
/// <param name="PredicateType">Of what it says; it stands in the annotation of its layer, too.</param>
internal sealed record Statement(string PredicateType, byte[] Bytes)
{
    public const string Provenance = "https://slsa.dev/provenance/v1";
    public const string Spdx = "https://spdx.dev/Document";

    /// <param name="predicate">JSON.</param>
    public static Statement Of(BuildRequest request, Digest image, string predicateType, byte[] predicate) => new(predicateType, new GoJsonWriter().BeginObject()
        .Name("_type").String("https://in-toto.io/Statement/v1")
        .Name("subject").BeginArray().BeginObject()
            .Name("name").String(PackageUrl.OfOwn(request.Name, request.Platform))
            .Name("digest").BeginObject().Name(image.Algorithm).String(image.Hex).EndObject()
            .EndObject().EndArray()
        .Name("predicateType").String(predicateType)
        .Name("predicate").Raw(predicate)
        .EndObject().ToBytes());
}
