using System.Net;

namespace Viaduct.Build.Engines.Connections;

/// <summary>An address, and what it takes to speak there.</summary>
/// <param name="Tls">Null for none; of TCP only.</param>
/// <param name="Command">The client that a user runs, with what it needs to find the engine: <c>docker --context NAME</c>.</param>
internal sealed record DockerEndpoint(EngineAddress Address, EngineTls? Tls, IReadOnlyList<string> Command)
{
    /// <summary>False for TCP without TLS to another machine.</summary>
    public bool IsPrivate => Address is not TcpAddress tcp || Tls is not null
        || tcp.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(tcp.Host, out var ip) && IPAddress.IsLoopback(ip));
}
