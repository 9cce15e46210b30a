using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Viaduct.Oci;
using Viaduct.Registry;

namespace Viaduct.Manifests;

/// <summary>
/// What docker prints when a registry fails it, from what our client says: docker's words come first, and the truth follows
/// (docker/cli internal/registryclient, distribution registry/client/errors.go).
/// </summary>
internal static class DockerWords
{
    /// <summary>For <c>create</c> and <c>inspect</c>: a manifest or a config of <paramref name="name"/> was to be read.</summary>
    /// <returns>To be thrown: a <see cref="ManifestException"/>, or the same exception where docker has no words for it.</returns>
    public static ViaductException OfRead(ViaductException e, Reference name) => e switch
    {
        ManifestException => e,
        // docker takes every 404 for what it says.
        { Code: "VIA3070" } => NoSuchManifest(name, e),
        RegistryException { IsTokenService: true } answer => Both(e, Through("Get", answer, Path(name), DockerErrorBody.Say(answer))),
        RegistryException { HasNoCredentials: true } answer => Both(e, Through("Get", answer, Path(name), NoCredentials)),
        RegistryException { Status: < 500 } answer when DockerErrorBody.IsPassedOver(answer) => NoSuchManifest(name, e),
        RegistryException answer => Both(e, DockerErrorBody.Say(answer)),
        { Kind: FailureKind.Absent } => Both(e, "unknown blob"),
        // A page of HTML is a body that docker cannot parse, and passes over.
        { Code: "VIA3020" } => NoSuchManifest(name, e),
        TransportException { SpeaksHttp: true } => NoSuchManifest(name, e),
        { Code: "VIA3030" } when name.Digest is { } digest => Both(e, $"manifest verification failed for digest {digest}"),
        _ => OfConnection(e),
    };

    /// <summary>For <c>push</c>: a manifest was to be put under <paramref name="name"/>.</summary>
    /// <returns>As <see cref="OfRead"/>.</returns>
    public static ViaductException OfPut(ViaductException e, Reference name) => e switch
    {
        RegistryException answer => Both(e, $"failed to put manifest {name}: {OfWrite("Put", answer, Path(name))}"),
        _ => OfConnection(e),
    };

    /// <summary>For <c>push</c>: a blob was to be mounted or sent.</summary>
    /// <param name="source">Path and digest of the blob, without the registry, as docker writes them.</param>
    /// <returns>As <see cref="OfRead"/>.</returns>
    public static ViaductException OfMount(ViaductException e, string source, Reference target) => e switch
    {
        RegistryException answer => Both(e, $"failed to mount blob {source} to {target}: {OfWrite("Post", answer, $"{target.Repository}/blobs/uploads/{MountQuery(source)}")}"),
        { Kind: FailureKind.Absent } => Both(e, $"failed to mount blob {source} to {target}: unknown blob"),
        _ => OfConnection(e),
    };

    /// <summary>What docker says of all that it does not find, and of much that it may not see.</summary>
    /// <param name="truth">Why; null when the registry says just that.</param>
    public static ManifestException NoSuchManifest(Reference name, ViaductException? truth = null) =>
        truth is null ? new("VIA3012", $"no such manifest: {name}") { Kind = FailureKind.Absent } : Both(truth, $"no such manifest: {name}");

    private const string NoCredentials = "no basic auth credentials";

    private static string OfWrite(string method, RegistryException answer, string path) =>
        answer.HasNoCredentials ? Through(method, answer, path, NoCredentials)
        : answer.IsTokenService ? Through(method, answer, path, DockerErrorBody.Say(answer))
        : DockerErrorBody.Say(answer);

    /// <summary>docker pings a registry before anything else, and by HTTPS.</summary>
    private static ViaductException OfConnection(ViaductException e) => e is TransportException failed && Dialled(failed) is { } why
        ? Both(e, $"failed to configure transport: error pinging v2 registry: Get \"https://{failed.Authority}/v2/\": {why}")
        : e;

    /// <summary>Go's words for a connection that did not come about (net, crypto/tls, net/http); null when it is not that which failed, or when they are not sure.</summary>
    private static string? Dialled(TransportException e)
    {
        var (host, port) = (RegistryAddress.HostOf(e.Authority), e.Authority.LastIndexOf(':') is var colon && colon > e.Authority.LastIndexOf(']') ? e.Authority[(colon + 1)..] : "443");
        // The address that Go names is the first it tried.
        string Dialling() => $"dial tcp {e.Address switch { null => host, { AddressFamily: AddressFamily.InterNetworkV6 } v6 => $"[{v6}]", var v4 => v4.ToString() }}:{port}";
        return e.Code switch
        {
            "VIA3001" => e.Find<SocketException>()?.SocketErrorCode switch
            {
                SocketError.ConnectionRefused => $"{Dialling()}: connect: connection refused",
                SocketError.HostNotFound or SocketError.NoData => $"dial tcp: lookup {host}: no such host",
                SocketError.TryAgain => $"dial tcp: lookup {host}: server misbehaving",
                SocketError.NetworkUnreachable => $"{Dialling()}: connect: network is unreachable",
                SocketError.HostUnreachable => $"{Dialling()}: connect: no route to host",
                SocketError.ConnectionReset or SocketError.ConnectionAborted => "read: connection reset by peer",
                SocketError.TimedOut => $"{Dialling()}: connect: connection timed out",
                null when e.Find<OperationCanceledException>() is not null => $"{Dialling()}: i/o timeout",
                _ => "EOF",
            },
            "VIA3002" => "net/http: timeout awaiting response headers",
            "VIA3003" => e switch
            {
                { SpeaksHttp: true } => "http: server gave HTTP response to HTTPS client",
                { SpeaksHttp: false } => "tls: first record does not look like a TLS handshake",
                { Certificate: { } fault } => $"tls: failed to verify certificate: x509: {OfCertificate(fault, host, TimeProvider.System.GetUtcNow())}",
                _ => null,
            },
            "VIA3004" => "net/http: HTTP/1.x transport connection broken: malformed HTTP response",
            _ => null,
        };
    }

    /// <summary>crypto/x509, CertificateInvalidError, HostnameError and UnknownAuthorityError.</summary>
    internal static string OfCertificate(CertificateFault fault, string host, DateTimeOffset now) => fault.Kind switch
    {
        CertificateFaultKind.Expired => "certificate has expired or is not yet valid: "
            + $"current time {Rfc3339(now)} is {(now < fault.From ? $"before {Rfc3339(fault.From)}" : $"after {Rfc3339(fault.Until)}")}",
        CertificateFaultKind.OtherName => OfName([.. fault.Names.Where(n => IsAddress(n) == IsAddress(host))], host),
        _ => "certificate signed by unknown authority",
    };

    private static string OfName(string[] names, string host) =>
        names.Length > 0 ? $"certificate is valid for {string.Join(", ", names)}, not {host}"
        : IsAddress(host) ? $"cannot validate certificate for {host} because it doesn't contain any IP SANs"
        : $"certificate is not valid for any names, but wanted to match {host}";

    private static bool IsAddress(string host) => IPAddress.TryParse(host, out _);

    private static string Rfc3339(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static ManifestException Both(ViaductException truth, string words) =>
        new(truth.Code, words, truth.Where is null ? truth.Message : $"{truth.Where}: {truth.Message}", truth.Todo, truth) { Kind = truth.Kind };

    private static string Through(string method, RegistryException answer, string path, string why) => $"{method} \"{answer.Origin}/v2/{path}\": {why}";

    /// <summary>docker asks by the tag where there are both.</summary>
    private static string Path(Reference name) => $"{name.Repository}/manifests/{name.Tag ?? name.TagOrDigest}";

    private static string MountQuery(string source) =>
        source.IndexOf('@') is > 0 and var at ? $"?from={Uri.EscapeDataString(source[..at])}&mount={Uri.EscapeDataString(source[(at + 1)..])}" : "";
}
