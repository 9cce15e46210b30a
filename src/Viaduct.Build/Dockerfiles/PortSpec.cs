using System.Globalization;

namespace Viaduct.Build.Dockerfiles;

/// <summary>Ports as EXPOSE takes them: <c>80</c>, <c>53/udp</c>, <c>8000-8010/tcp</c>; a host's part before a colon does not count, as in docker.</summary>
internal sealed record PortSpec(int First, int Last, string Protocol)
{
    public const int Max = 65535;

    /// <summary>Null when the text is no port.</summary>
    public static PortSpec? Parse(string text)
    {
        var slash = text.IndexOf('/');
        var protocol = slash < 0 ? "tcp" : text[(slash + 1)..].ToLowerInvariant();
        if (protocol is not ("tcp" or "udp" or "sctp")) return null;
        var ports = slash < 0 ? text : text[..slash];
        ports = ports[(ports.LastIndexOf(':') + 1)..];
        var dash = ports.IndexOf('-');
        if (!Port(dash < 0 ? ports : ports[..dash], out var first)) return null;
        return Port(dash < 0 ? ports : ports[(dash + 1)..], out var last) && last >= first ? new PortSpec(first, last, protocol) : null;
    }

    private static bool Port(string text, out int port) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port <= Max;
}
