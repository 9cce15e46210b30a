namespace Viaduct.Acceptance.Tests.Selection;

/// <summary>What <c>ctr content ls</c> prints: a line a blob, with its digest first.</summary>
internal static class StoredContent
{
    /// <summary>The places of the images of a list whose manifests or configs are in the store.</summary>
    public static List<string> Places(PushedIndex index, IEnumerable<string> lines) =>
        [.. lines.Select(line => index.PlaceOf(line.Split('\t', ' ')[0])).OfType<string>().Distinct().Order(StringComparer.Ordinal)];
}
