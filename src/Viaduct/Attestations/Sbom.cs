using System.Text.Json;

namespace Viaduct.Attestations;

/// <summary>What is in an image, in numbers.</summary>
/// <param name="Format"><c>SPDX-2.3</c>, <c>CycloneDX 1.6</c>, as the document says it.</param>
/// <param name="Name">The document's.</param>
/// <param name="Packages">SPDX packages or CycloneDX components.</param>
/// <param name="Files">SPDX files; CycloneDX has none of its own.</param>
public sealed record Sbom(string Format, string Name, int Packages, int Files)
{
    internal static bool Is(string predicateType) =>
        predicateType.StartsWith("https://spdx.dev/Document", StringComparison.Ordinal) || predicateType.StartsWith("https://cyclonedx.org/bom", StringComparison.Ordinal);

    /// <exception cref="FormatException">It is neither SPDX nor CycloneDX.</exception>
    /// <exception cref="NotSupportedException">It is SPDX 3, which is not read.</exception>
    internal static Sbom Read(JsonElement document)
    {
        if (document.Text("spdxVersion") is { } version)
            return version.StartsWith("SPDX-", StringComparison.Ordinal) ? new(version, document.Text("name") ?? "", document.Items("packages").Count(), document.Items("files").Count())
                : throw new FormatException("the SBOM has an spdxVersion that is none");
        if (document.Text("bomFormat") == "CycloneDX")
            return new($"CycloneDX {document.Text("specVersion") ?? "?"}", document.Object("metadata")?.Object("component")?.Text("name") ?? "", document.Items("components").Count(), 0);
        if (document.TryGetProperty("@context", out _)) throw new NotSupportedException("the SBOM is SPDX 3");
        throw new FormatException("the SBOM is neither SPDX 2 nor CycloneDX");
    }

    /// <summary>SPDX as tags and values (SPDX 2.3, "Format"), which cosign attests as one string.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    internal static Sbom ReadText(string document)
    {
        var lines = document.Split('\n');
        string? First(string tag) => lines.FirstOrDefault(l => l.StartsWith(tag, StringComparison.Ordinal))?[tag.Length..].Trim();
        int Count(string tag) => lines.Count(l => l.StartsWith(tag, StringComparison.Ordinal));
        return First("SPDXVersion:") is { } version && version.StartsWith("SPDX-", StringComparison.Ordinal)
            ? new(version, First("DocumentName:") ?? "", Count("PackageName:"), Count("FileName:")) : throw new FormatException("the SBOM is a text, and no SPDX");
    }
}
