using System.Globalization;
using Viaduct.Oci;

namespace Viaduct.Build.Engines.Connections;

/// <summary>Where an engine listens, by the rules of docker's client (docker/cli opts/hosts.go and connhelper/ssh).</summary>
internal abstract record EngineAddress(string Text)
{
    private const int DefaultPort = 2375;
    private const string DefaultSocket = "/var/run/docker.sock";

    /// <param name="text">With a scheme, or <c>/PATH</c> of a socket, or <c>HOST:PORT</c>, which is tcp.</param>
    /// <exception cref="ViaductException">VIA2191.</exception>
    public static EngineAddress Parse(string text)
    {
        if (text.Any(c => char.IsControl(c) || c == ' ')) throw EngineErrors.BadAddress(text, "there is a blank in it");
        if (text is ['/', _, ..]) return new UnixAddress("unix://" + text, text);
        var (scheme, rest) = text.Split("://", 2) is [var before, var after] ? (before, after) : ("", text);
        return scheme switch
        {
            "unix" => Unix(text, rest),
            "tcp" or "http" => Tcp(text, rest),
            "npipe" => Pipe(text, rest),
            "ssh" => Ssh(text, rest),
            "" when rest.LastIndexOf(':') is > 0 and var colon && Port(rest[(colon + 1)..]) is not null => Tcp("tcp://" + rest, rest),
            "" => throw EngineErrors.BadAddress(text, "it has no scheme"),
            _ => throw EngineErrors.BadAddress(text, $"{scheme} is not spoken"),
        };
    }

    public sealed override string ToString() => Text;

    private static UnixAddress Unix(string text, string path) => path switch
    {
        "" => new UnixAddress("unix://" + DefaultSocket, DefaultSocket),
        ['/', ..] => new UnixAddress(text, path),
        _ => throw EngineErrors.BadAddress(text, "the path of a socket begins with /"),
    };

    private static TcpAddress Tcp(string text, string rest)
    {
        var (user, host, port, path) = Parts(text, rest);
        if (user is not null) throw EngineErrors.BadAddress(text, "an engine takes no user");
        if (path.Trim('/').Length > 0) throw EngineErrors.BadAddress(text, "an engine has no path");
        var name = host.Length == 0 ? "localhost" : host;
        return Uri.CheckHostName(name) is UriHostNameType.Unknown ? throw EngineErrors.BadAddress(text, "it names no host") : new TcpAddress(text, name, port ?? DefaultPort);
    }

    private static PipeAddress Pipe(string text, string rest)
    {
        if (!OperatingSystem.IsWindows()) throw EngineErrors.BadAddress(text, "only Windows has named pipes");
        return rest.Replace('\\', '/').TrimStart('/').Split('/', 3) is [{ Length: > 0 } server, "pipe", { Length: > 0 } name]
            ? new PipeAddress(text, server, name)
            : throw EngineErrors.BadAddress(text, "a named pipe is npipe:////./pipe/NAME");
    }

    private static SshAddress Ssh(string text, string rest)
    {
        if (rest.IndexOfAny(['?', '#']) >= 0) throw EngineErrors.BadAddress(text, "ssh takes neither a query nor a fragment");
        var (user, host, port, path) = Parts(text, rest);
        if (user?.Contains(':', StringComparison.Ordinal) == true) throw EngineErrors.BadAddress(text, "ssh takes no password from an address");
        // Neither may become an option of ssh, nor a word of a ProxyCommand's shell.
        if (user is not null && !IsWord(user, "._-+@\\")) throw EngineErrors.BadAddress(text, "it names no user that ssh could take");
        if (!IsWord(host, "._-:%")) throw EngineErrors.BadAddress(text, "it names no host that ssh could take");
        return new SshAddress(text, user, host, port, path.Trim('/').Length == 0 ? null : path);
    }

    /// <summary>user@host:port/path; the host of <c>[::1]</c> is without brackets.</summary>
    private static (string? User, string Host, int? Port, string Path) Parts(string text, string rest)
    {
        var slash = rest.IndexOf('/');
        var (authority, path) = slash < 0 ? (rest, "") : (rest[..slash], rest[slash..]);
        var at = authority.LastIndexOf('@');
        var (user, place) = at < 0 ? (null, authority) : (authority[..at], authority[(at + 1)..]);
        var colon = place.LastIndexOf(':');
        var isPort = colon >= 0 && colon > place.LastIndexOf(']') && (place.IndexOf(':') == colon || place[0] == '[');
        var port = isPort ? Port(place[(colon + 1)..]) ?? throw EngineErrors.BadAddress(text, "it has no port from 1 to 65535") : (int?)null;
        var host = isPort ? place[..colon] : place;
        return (user, host is ['[', .. var inner, ']'] ? inner : host, port, path);
    }

    private static bool IsWord(string text, string others) => text.Length is > 0 and <= 255 && text[0] != '-' && text.All(c => char.IsAsciiLetterOrDigit(c) || others.Contains(c, StringComparison.Ordinal));

    private static int? Port(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= ushort.MaxValue ? port : null;
}
