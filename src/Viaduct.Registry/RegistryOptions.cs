using System.Net;
using Viaduct.Oci;

namespace Viaduct.Registry;

/// <summary>How registries are spoken to.</summary>
public sealed record RegistryOptions
{
    /// <summary>Asked only after a registry has answered 401.</summary>
    public ICredentialSource Credentials { get; init; } = KnownCredentials.FromEnvironment();

    /// <summary>
    /// Requests under way at one registry, and blobs that are sent to it at the same time; null for what suits its distance: more than 8 were no
    /// faster beside us, where it shares its processors with us, and 64 are from 20 ms away (measured against distribution).
    /// </summary>
    public int? Concurrency { get; init; }

    internal int UploadsAt(string registry) => Concurrency ?? (RegistryAddress.IsLoopback(registry) ? 8 : 16);

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Registries, as they stand in a reference, that are reached without TLS. Loopback ones are so anyway.</summary>
    public IReadOnlySet<string> PlainHttp { get; init; } = new HashSet<string>();

    /// <summary>
    /// docker's <c>--insecure</c>, for every registry that is asked: HTTPS with any certificate, and HTTP where a registry answers a handshake with HTTP.
    /// What a registry sends for tokens and blobs to is asked in the same way: a token's service, which gets the password, with any certificate, and
    /// over HTTP if the registry was found to speak that.
    /// </summary>
    public bool Insecure { get; init; }

    /// <summary>
    /// Registries on this machine are spoken to by TLS if they speak it. It costs a connection, and no request; without it they are spoken to in plain HTTP.
    /// </summary>
    public bool LooksAtLoopback { get; init; }

    /// <summary>docker's certs.d, which has a folder for each registry with certificates to trust and to show; null for none.</summary>
    public string? CertificateFolder { get; init; } = DockerCertificates.DefaultFolder();

    /// <summary>
    /// Where the content of a registry, as it stands in a reference, is read before the registry itself is asked. Nothing is written there, and who
    /// opens a repository to push reads at the registry.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<RegistryMirror>> Mirrors { get; init; } = new Dictionary<string, IReadOnlyList<RegistryMirror>>();

    /// <summary>A folder of containerd's <c>hosts.toml</c> files with more of them, one folder for each registry; null for none.</summary>
    public string? HostsFolder { get; init; }

    /// <summary>Told which mirror is passed over, and why, from any thread.</summary>
    public Action<string>? MirrorPassedOver { get; init; }

    /// <summary>Called for every HTTP request, from any thread.</summary>
    public Action<RequestTrace>? Trace { get; init; }

    /// <summary>Called for what a registry wants its users to read, once for each text, from any thread.</summary>
    public Action<RegistryWarning>? Warned { get; init; }

    public string UserAgent { get; init; } = "viaduct";

    /// <summary>Small requests share a connection (HTTP/2) where the registry does that; off only to be measured.</summary>
    internal bool SharesConnections { get; init; } = true;

    /// <summary>Looks up names; the system does, except in tests.</summary>
    internal Func<string, CancellationToken, Task<IPAddress[]>> Resolve { get; init; } = Dns.GetHostAddressesAsync;
}
