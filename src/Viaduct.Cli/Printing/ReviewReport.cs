using System.Text;
using Viaduct.Attestations;
using Viaduct.Cli.Errors;
using Viaduct.Oci;
using Viaduct.Simulation;

namespace Viaduct.Cli.Printing;

/// <summary>What is claimed of an image and what was found wrong with it, as lines or as JSON.</summary>
internal static class ReviewReport
{
    public static string Text(string name, Review review)
    {
        var text = new StringBuilder().Append($"{name}\n{review.Root.Descriptor.Digest}\n");
        Below(text, review.Root);
        foreach (var entry in review.Entries)
        {
            text.Append($"{entry.Platform?.ToString() ?? "no platform"}  {entry.Descriptor.Digest}\n");
            Below(text, entry);
        }
        if (!review.All.Any(m => m.Claims.Count > 0)) text.Append("nothing is claimed of it\n");
        return Failures.Printable(text.Append($"verdict: {review.Verdict.Word()}\n").ToString());
    }

    public static byte[] Json(string name, Review review, SignatureKey? key) => Printing.Json.Document(1, json =>
    {
        json.Name("name").String(name).Name("digest").String(review.Root.Descriptor.Digest.ToString()).Name("verdict").String(review.Verdict.Word());
        if (key is not null) json.Name("key").String(key.Fingerprint.ToString());
        json.Name("manifests").BeginArray();
        foreach (var manifest in review.All)
        {
            json.BeginObject().Name("digest").String(manifest.Descriptor.Digest.ToString()).Optional("platform", manifest.Platform?.ToString()).Name("claims").BeginArray();
            foreach (var claim in manifest.Claims) Write(json, claim);
            json.EndArray();
            Write(json, manifest.Findings);
            json.EndObject();
        }
        json.EndArray();
    });

    /// <summary>Findings alone, each on a line, where something else goes to standard output.</summary>
    public static IEnumerable<string> Lines(Review review) =>
        review.Findings.Select(f => Failures.Printable(Line(f)).Replace('\n', '?'));

    private static void Below(StringBuilder text, ReviewedManifest manifest)
    {
        void Add(string line) => text.Append(line.Replace('\n', '?')).Append('\n');
        foreach (var claim in manifest.Claims)
        {
            Add($"  {claim.Kind.Word(),-11} {Told(claim)}");
            foreach (var finding in claim.Findings) Add($"    {Line(finding)}");
        }
        foreach (var finding in manifest.Findings) Add($"  {Line(finding)}");
    }

    private static string Line(ReviewFinding finding) => $"{finding.Verdict.Word()} {finding.Code}: {finding.Text}";

    private static string Told(Claim claim)
    {
        var what = claim switch
        {
            { Provenance: { } p } => $"SLSA {p.Version} by {(p.Builder.Length > 0 ? p.Builder : "an unnamed builder")}, {Count(p.Materials.Count, "material")}"
                + (p.Materials.Count == 0 ? "" : p.Materials.All(m => m.IsPinned) ? ", each with a digest" : $", {p.Materials.Count(m => !m.IsPinned)} without a digest"),
            { Sbom: { } s } => $"{s.Format}, {Count(s.Packages, "package")}, {Count(s.Files, "file")}",
            _ => claim.PredicateType ?? claim.Form,
        };
        var who = claim.Signer is { Identity: { } identity } signer ? $" by {identity}{(signer.Issuer is { } issuer ? $" ({issuer})" : "")}" : "";
        var signed = claim.Signature switch
        {
            SignatureState.Unsigned => "unsigned",
            SignatureState.NotChecked => $"signed{who}, not checked",
            SignatureState.Valid => "signed with the key",
            _ => $"signed{who}, not with the key",
        };
        return $"{what}; {claim.Place switch { ClaimPlace.List => "in the list", ClaimPlace.Referrer => "attached", _ => "in a tag" }}, {signed}  {claim.Manifest.Short}";
    }

    private static string Count(int count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";

    private static void Write(GoJsonWriter json, Claim claim)
    {
        json.BeginObject()
            .Name("kind").String(claim.Kind.Word())
            .Name("place").String(claim.Place.Word())
            .Name("manifest").String(claim.Manifest.ToString());
        if (claim.Blob is { } blob) json.Name("blob").String(blob.Digest.ToString()).Name("size").Number(blob.Size);
        json.Name("form").String(claim.Form).Optional("predicateType", claim.PredicateType).Name("signature").String(claim.Signature.Word());
        if (claim.Signer is { } signer)
            json.Name("signer").BeginObject().Optional("hint", signer.Hint).Optional("identity", signer.Identity).Optional("issuer", signer.Issuer).EndObject();
        if (claim.Provenance is { } provenance) Write(json, provenance);
        if (claim.Sbom is { } sbom)
            json.Name("sbom").BeginObject().Name("format").String(sbom.Format).Name("name").String(sbom.Name).Name("packages").Number(sbom.Packages).Name("files").Number(sbom.Files).EndObject();
        Write(json, claim.Findings);
        json.EndObject();
    }

    private static void Write(GoJsonWriter json, Provenance provenance)
    {
        json.Name("provenance").BeginObject().Name("version").String(provenance.Version).Name("builder").String(provenance.Builder)
            .Name("buildType").String(provenance.BuildType).Name("materials").BeginArray();
        foreach (var material in provenance.Materials)
            json.BeginObject().Name("uri").String(material.Uri).Name("digests").Strings(material.Digests).EndObject();
        json.EndArray().EndObject();
    }

    private static void Write(GoJsonWriter json, IReadOnlyList<ReviewFinding> findings)
    {
        json.Name("findings").BeginArray();
        foreach (var finding in findings)
            json.BeginObject().Name("code").String(finding.Code).Name("verdict").String(finding.Verdict.Word()).Name("text").String(finding.Text).EndObject();
        json.EndArray();
    }
}
