using System.Net;
using Viaduct.Oci;

namespace Viaduct.Registry;

/// <summary>How registries are spoken to.</summary>
public sealed record RegistryOptions
{
    /// <summary>Asked only after a registry has answered 401.</summary>
    public ICredentialSource Credentials { get; init; } = DockerCredentials.FromEnvironment();

    /// <summary>
    /// Requests under way at one registry; null for 16, and 8 on this machine: more were no faster (measured against distribution with 64),
    /// and a registry beside us shares its processors with us.
    /// </summary>
    public int? Concurrency { get; init; }

    internal int ConcurrencyAt(string registry) => Concurrency ?? (RegistryAddress.IsLoopback(registry) ? 8 : 16);

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Registries, as they stand in a reference, that are reached without TLS. Loopback ones are so anyway.</summary>
    public IReadOnlySet<string> PlainHttp { get; init; } = new HashSet<string>();

    /// <summary>Called for every HTTP request, from any thread.</summary>
    public Action<RequestTrace>? Trace { get; init; }

    public string UserAgent { get; init; } = "viaduct";

    /// <summary>Looks up names; the system does, except in tests.</summary>
    internal Func<string, CancellationToken, Task<IPAddress[]>> Resolve { get; init; } = Dns.GetHostAddressesAsync;
}
