using System.Net;
using System.Net.Sockets;

namespace Viaduct.Simulation;

/// <summary>The part of a URL between <c>//</c> and the path (Go net/url, parseAuthority).</summary>
internal static class GoUrlHost
{
    /// <returns>Host and port, without the user; null where Go refuses it.</returns>
    public static string? Read(string authority, bool literalsOnly, out string? fault)
    {
        var at = authority.LastIndexOf('@');
        var host = authority[(at + 1)..];
        fault = Refusal(host, literalsOnly);
        if (fault is not null || GoUrlEscapes.Undo(host, inHost: true, out fault) is not { } plain) return null;
        if (at < 0) return plain;

        var user = authority[..at];
        if (!IsUser(user))
        {
            fault = "net/url: invalid userinfo";
            return null;
        }
        return GoUrlEscapes.Undo(user, inHost: false, out fault) is null ? null : plain;
    }

    private static string? Refusal(string host, bool literalsOnly)
    {
        var open = host.LastIndexOf('[');
        if (literalsOnly && open > 0) return "invalid IP-literal";
        if (!host.StartsWith('['))
            return host.LastIndexOf(':') is >= 0 and var colon ? PortRefusal(host[colon..]) : null;

        var close = host.LastIndexOf(']');
        if (close < 0) return "missing ']' in host";
        return PortRefusal(host[(close + 1)..]) ?? (literalsOnly && !IsAddress(host[1..close]) ? "invalid IP-literal" : null);
    }

    private static string? PortRefusal(string port) =>
        port.Length == 0 || (port[0] == ':' && !port.AsSpan(1).ContainsAnyExceptInRange('0', '9')) ? null : $"invalid port {GoText.Quote(port)} after host";

    private static bool IsAddress(string literal)
    {
        var zone = literal.IndexOf("%25", StringComparison.Ordinal);
        return IPAddress.TryParse(zone < 0 ? literal : literal[..zone], out var address) && address.AddressFamily == AddressFamily.InterNetworkV6;
    }

    private static bool IsUser(string text)
    {
        foreach (var c in text)
            if (!char.IsAsciiLetterOrDigit(c) && !"-._:~!$&'()*+,;=%@".Contains(c))
                return false;
        return true;
    }
}
