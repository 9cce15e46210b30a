using Viaduct.Oci;

namespace Viaduct.Manifests;

/// <summary>Changes to one image of a local list, or to the list itself.</summary>
/// <param name="ListText">As typed: docker's messages repeat it.</param>
/// <param name="ImageText">As typed; null for the list itself (<c>annotate --index</c>).</param>
public sealed record AnnotateRequest(string ListText, string? ImageText)
{
    /// <summary>Empty words change nothing, as docker has it.</summary>
    public string Os { get; init; } = "";

    public string Architecture { get; init; } = "";

    public string Variant { get; init; } = "";

    public string OsVersion { get; init; } = "";

    /// <summary>Added to those that are there, each once.</summary>
    public IReadOnlyList<string> OsFeatures { get; init; } = [];

    /// <summary>What is emptied before the others are set: <c>variant</c>, <c>os-version</c>, <c>os-features</c>, <c>annotations</c>, or <c>annotation:KEY</c>.</summary>
    public IReadOnlyList<string> Clear { get; init; } = [];

    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();
}
