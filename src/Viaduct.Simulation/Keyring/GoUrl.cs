namespace Viaduct.Simulation;

/// <summary>
/// Host and path of <c>https://…</c> as Go's net/url reads them: what a keyring's key and an image's name become before they are compared.
/// What stands behind <c>?</c> and <c>#</c>, and before <c>@</c>, is lost; the path is unescaped.
/// </summary>
internal readonly record struct GoUrl(string Host, string Path)
{
    /// <param name="text">Without a scheme.</param>
    /// <param name="literalsOnly">Go from the autumn of 2025 on takes brackets for IPv6 addresses alone; before it let them stand where they were not the first.</param>
    public static GoUrl? Parse(string text, bool literalsOnly = false) => Parse(text, literalsOnly, out _);

    /// <param name="fault">In Go's words, without the URL; null where there is none.</param>
    public static GoUrl? Parse(string text, bool literalsOnly, out string? fault)
    {
        fault = null;
        var rest = text;
        var hash = rest.IndexOf('#');
        var fragment = hash < 0 ? "" : rest[(hash + 1)..];
        if (hash >= 0) rest = rest[..hash];
        if (rest.AsSpan().ContainsAnyInRange('\0', '\x1f') || rest.Contains('\x7f'))
        {
            fault = "net/url: invalid control character in URL";
            return null;
        }
        if (rest.IndexOf('?') is >= 0 and var mark)
            rest = rest[..mark];

        var slash = rest.IndexOf('/');
        if (GoUrlHost.Read(slash < 0 ? rest : rest[..slash], literalsOnly, out fault) is not { } host) return null;
        if (GoUrlEscapes.Undo(slash < 0 ? "" : rest[slash..], inHost: false, out fault) is not { } path) return null;
        return GoUrlEscapes.Undo(fragment, inHost: false, out fault) is null ? null : new(host, path);
    }

    /// <summary>Host and port, as Go's net.SplitHostPort parts them; all of it is the host where that fails.</summary>
    public (string Host, string Port) Split()
    {
        var colon = Host.LastIndexOf(':');
        if (colon < 0) return (Host, "");
        if (Host[0] != '[')
            return Host.IndexOf(':') == colon && !Host.Contains('[') && !Host.Contains(']') ? (Host[..colon], Host[(colon + 1)..]) : (Host, "");
        var close = Host.IndexOf(']');
        return close + 1 == colon && Host.IndexOf('[', 1) < 0 && Host.IndexOf(']', close + 1) < 0 ? (Host[1..close], Host[(colon + 1)..]) : (Host, "");
    }
}
