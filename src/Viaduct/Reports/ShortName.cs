using Viaduct.Oci;

namespace Viaduct.Reports;

/// <summary>Names as tables show them: a digest by its first digits, as everywhere in a table.</summary>
internal static class ShortName
{
    public static string Of(Reference name) => name.Digest is { } digest ? name.ToString().Replace(digest.ToString(), $"{digest.Algorithm}:{digest.Short}", StringComparison.Ordinal) : name.ToString();
}
