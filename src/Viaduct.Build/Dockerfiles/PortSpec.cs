using System.Globalization;

namespace Viaduct.Build.Dockerfiles;

/// <summary>Ports as EXPOSE takes them: <c>80</c>, <c>53/udp</c>, <c>8000-8010/tcp</c>; a host's part before a colon does not count, as in docker.</summary>
internal static class PortSpec
{
    /// <summary>The ports one by one, each with its protocol; null when the text is no port.</summary>
    public static IReadOnlyList<string>? Parse(string text)
    {
        var slash = text.IndexOf('/');
        var protocol = slash < 0 ? "tcp" : text[(slash + 1)..].ToLowerInvariant();
        if (protocol is not ("tcp" or "udp" or "sctp")) return null;
        var ports = slash < 0 ? text : text[..slash];
        ports = ports[(ports.LastIndexOf(':') + 1)..];
        var dash = ports.IndexOf('-');
        if (!Port(dash < 0 ? ports : ports[..dash], out var first)) return null;
        if (!Port(dash < 0 ? ports : ports[(dash + 1)..], out var last) || last < first) return null;
        return [.. Enumerable.Range(first, last - first + 1).Select(p => string.Create(CultureInfo.InvariantCulture, $"{p}/{protocol}"))];
    }

    private static bool Port(string text, out int port) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port <= 65535;
}
