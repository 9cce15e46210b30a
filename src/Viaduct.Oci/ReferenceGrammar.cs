using System.Globalization;
using System.Net;

namespace Viaduct.Oci;

/// <summary>The patterns of distribution-spec (spec.md, "Pulling manifests") and distribution/reference, as plain loops.</summary>
public static class ReferenceGrammar
{
    /// <summary><c>[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}</c>.</summary>
    public static bool IsTag(ReadOnlySpan<char> tag)
    {
        if (tag.Length is 0 or > 128 || tag[0] is '.' or '-')
            return false;
        foreach (var c in tag)
            if (!(char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-'))
                return false;
        return true;
    }

    /// <summary>Components of lower-case letters and digits, parted inside by <c>.</c>, <c>_</c>, <c>__</c> or dashes; joined by <c>/</c>.</summary>
    public static bool IsRepository(ReadOnlySpan<char> path)
    {
        if (path.Length is 0 or > 255)
            return false;
        foreach (var range in path.Split('/'))
            if (!IsComponent(path[range]))
                return false;
        return true;
    }

    /// <summary>
    /// A host name, an IPv4 address or a bracketed IPv6 address, perhaps with a port. Stricter than docker where no host could answer:
    /// a port above 65535, brackets around what is no address, and an underscore, which docker's grammar takes for a path without a registry.
    /// </summary>
    public static bool IsRegistry(ReadOnlySpan<char> registry)
    {
        var host = registry;
        if (registry.Length > 0 && registry[0] == '[')
        {
            var end = registry.IndexOf(']');
            if (end < 2 || registry[1..end].ContainsAnyExcept("0123456789abcdefABCDEF:") || !IPAddress.TryParse(registry[1..end], out _))
                return false;
            return end == registry.Length - 1 || (registry[end + 1] == ':' && IsPort(registry[(end + 2)..]));
        }
        if (registry.IndexOf(':') is >= 0 and var colon)
        {
            if (!IsPort(registry[(colon + 1)..]))
                return false;
            host = registry[..colon];
        }
        if (host.Length is 0 or > 253)
            return false;
        foreach (var range in host.Split('.'))
        {
            var label = host[range];
            if (label.Length is 0 or > 63 || label[0] == '-' || label[^1] == '-')
                return false;
            foreach (var c in label)
                if (!(char.IsAsciiLetterOrDigit(c) || c == '-'))
                    return false;
        }
        return true;
    }

    /// <summary>64 hexadecimal digits are an image id: docker refuses them as a name.</summary>
    internal static bool IsIdentifier(ReadOnlySpan<char> text) => text.Length == 64 && !text.ContainsAnyExcept("0123456789abcdef");

    internal static bool LooksLikeRegistry(ReadOnlySpan<char> first) =>
        first.ContainsAny('.', ':') || first is "localhost" || first.ContainsAnyInRange('A', 'Z');

    private static bool IsPort(ReadOnlySpan<char> port) =>
        port.Length is > 0 and <= 5 && !port.ContainsAnyExceptInRange('0', '9') && int.Parse(port, CultureInfo.InvariantCulture) <= ushort.MaxValue;

    private static bool IsComponent(ReadOnlySpan<char> component)
    {
        var separators = 0;
        var kind = '\0';
        var started = false;
        foreach (var c in component)
        {
            if (char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c))
            {
                started = true;
                separators = 0;
                continue;
            }
            if (!started || c is not ('.' or '_' or '-'))
                return false;
            if (separators > 0 && (c != kind || c == '.' || (c == '_' && separators >= 2)))
                return false;
            kind = c;
            separators++;
        }
        return started && separators == 0;
    }
}
