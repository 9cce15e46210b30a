using System.Text;
using Viaduct.Oci;

namespace Viaduct.Registry.Tests;

/// <summary>Manifests that are about <see cref="Samples.Manifest"/>.</summary>
internal static class Referring
{
    public static readonly Digest Subject = Samples.Manifest.Digest;

    /// <summary>Where clients list them.</summary>
    public static readonly string Tag = "sha256-" + Subject.Hex;

    public static RawManifest Manifest(string artifactType = "application/x.sbom", string note = "1", Digest? subject = null) => RawManifest.Parse(Encoding.UTF8.GetBytes(
        $$$"""
        {"schemaVersion":2,"mediaType":"{{{MediaTypes.OciManifest}}}","artifactType":"{{{artifactType}}}","config":{"mediaType":"application/vnd.oci.empty.v1+json","digest":"{{{Digest.Sha256("{}"u8)}}}","size":2},"layers":[],"subject":{"mediaType":"{{{MediaTypes.OciIndex}}}","digest":"{{{subject ?? Subject}}}","size":{{{Samples.ManifestBytes.Length}}}},"annotations":{"note":"{{{note}}}"}}
        """), MediaTypes.OciManifest);

    public static string Entry(RawManifest manifest, string? artifactType) =>
        $$"""{"mediaType":"{{manifest.MediaType}}","digest":"{{manifest.Digest}}","size":{{manifest.Bytes.Length}}{{(artifactType is null ? "" : $",\"artifactType\":\"{artifactType}\"")}}}""";

    public static string Index(params string[] entries) => $$"""{"schemaVersion":2,"mediaType":"{{MediaTypes.OciIndex}}","manifests":[{{string.Join(',', entries)}}]}""";

    public static string Text(this RawManifest manifest) => Encoding.UTF8.GetString(manifest.Bytes.Span);

    public static async Task<string> NotesAsync(this RepositoryClient repository, string? artifactType = null) =>
        string.Join(' ', (await repository.ReferrersAsync(Subject, artifactType, default).ToListAsync()).Select(r => r.Annotations.GetValueOrDefault("note") ?? r.Digest.Short));
}
