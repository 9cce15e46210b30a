namespace Viaduct.Oci;

/// <summary>
/// The order of strings by their UTF-8 bytes, which is Go's. UTF-16 code units, which are .NET's ordinal order,
/// put the surrogates of U+10000 and above before U+E000.
/// </summary>
public sealed class ByteOrder : IComparer<string>
{
    public static readonly ByteOrder Instance = new();

    public int Compare(string? x, string? y)
    {
        if (x is null || y is null) return string.CompareOrdinal(x, y);
        var same = x.AsSpan().CommonPrefixLength(y);
        if (same == x.Length || same == y.Length) return x.Length - y.Length;
        var (a, b) = (x[same], y[same]);
        return char.IsSurrogate(a) == char.IsSurrogate(b) ? a - b : char.IsSurrogate(a) ? 1 : -1;
    }
}
