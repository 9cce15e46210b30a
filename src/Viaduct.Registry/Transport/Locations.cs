using System.Diagnostics.CodeAnalysis;

namespace Viaduct.Registry;

/// <summary>Location headers. Their query is the server's own and may be signed: it is kept to the byte.</summary>
internal static class Locations
{
    private const int MaxLength = 16 << 10;
    private static readonly UriCreationOptions Verbatim = new() { DangerousDisablePathAndQueryCanonicalization = true };

    public static bool TryResolve(Uri from, string? location, [NotNullWhen(true)] out Uri? resolved)
    {
        resolved = null;
        if (location is null or "" || location.Length > MaxLength || !IsPrintable(location)) return false;
        if (location.IndexOf('#') is >= 0 and var fragment) location = location[..fragment];
        var text = location.StartsWith("//", StringComparison.Ordinal) ? $"{from.Scheme}:{location}"
            : location.StartsWith('/') ? from.GetLeftPart(UriPartial.Authority) + location
            : location.StartsWith('?') ? from.GetLeftPart(UriPartial.Path) + location
            : HasScheme(location) ? location
            : from.GetLeftPart(UriPartial.Authority) + from.AbsolutePath[..(from.AbsolutePath.LastIndexOf('/') + 1)] + location;
        return Uri.TryCreate(WithPath(text), Verbatim, out resolved) && resolved.Host.Length > 0;
    }

    /// <summary>The location of an upload with the digest that commits it added to its query.</summary>
    public static Uri WithDigest(Uri location, string digest)
    {
        var text = location.OriginalString;
        var separator = !text.Contains('?') ? '?' : text[^1] is '?' or '&' ? '\0' : '&';
        return new Uri($"{text}{(separator == '\0' ? "" : separator)}digest={Uri.EscapeDataString(digest)}", Verbatim);
    }

    // Verbatim means that nothing is escaped later: what could break the request line must not come in.
    private static bool IsPrintable(string text) => text.AsSpan().IndexOfAnyExceptInRange('\x21', '\x7e') < 0 && !text.Contains('\\');

    // Nor is anything added: an address that ends with its host would make a request line without a path.
    private static string WithPath(string text)
    {
        var authority = text.IndexOf("://", StringComparison.Ordinal) + 3;
        var end = authority < 3 ? -1 : text.AsSpan(authority).IndexOfAny('/', '?');
        return authority < 3 || (end >= 0 && text[authority + end] == '/') ? text : end < 0 ? text + "/" : text.Insert(authority + end, "/");
    }

    private static bool HasScheme(string text)
    {
        var colon = text.IndexOf("://", StringComparison.Ordinal);
        return colon > 0 && text.AsSpan(0, colon).IndexOfAnyExcept("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.") < 0;
    }
}
