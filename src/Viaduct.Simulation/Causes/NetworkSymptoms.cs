namespace Viaduct.Simulation;

/// <summary>The registry was not reached, or fails.</summary>
internal static class NetworkSymptoms
{
    private const string Go = "Go's net, crypto/tls and net/http, in every runtime";
    private const string Containerd = "containerd, core/remotes/docker and core/remotes/errors";

    public static readonly IReadOnlyList<Symptom> All =
    [
        new("proxy", "The proxy between does not pass it on.", Go, ["proxyconnect tcp", "Proxy Authentication Required", "socks connect"], [NetworkCauses.ProxyWrong, NetworkCauses.ProxyMissing]),
        new("dns-down", "The node's DNS server does not answer.", Go, ["lookup *i/o timeout", "lookup *connection refused", "lookup *server misbehaving", "Temporary failure in name resolution"], [NetworkCauses.DnsDown, NetworkCauses.DnsOfNode, NetworkCauses.HostWrong]),
        new("no-such-host", "The registry's name is not known to the node's DNS.", Go, ["no such host", "Name or service not known"], [NetworkCauses.HostWrong, NetworkCauses.DnsOfNode, NetworkCauses.ProxyMissing]),
        new("localhost-refused", "Nothing listens on that port of the node itself.", Go, ["//localhost*connection refused", "//127.0.0.1*connection refused", "//[::1]*connection refused"], [NetworkCauses.LocalhostOfNode, NetworkCauses.RegistryDown, NetworkCauses.PortWrong]),
        new("refused", "Nothing listens on that port.", Go, ["connection refused", "RegistryUnavailable", "because the registry is unavailable", "ECONNREFUSED"], [NetworkCauses.RegistryDown, NetworkCauses.PortWrong, NetworkCauses.Firewall]),
        new("plain-http", "The registry speaks HTTP without TLS.", Go, ["server gave HTTP response to HTTPS client", "first record does not look like a TLS handshake"], [NetworkCauses.PlainHttp, NetworkCauses.PortWrong, NetworkCauses.ProxyWrong]),
        new("unknown-authority", "The registry's certificate is of an authority that the node does not trust.", Go, ["certificate signed by unknown authority", "unable to get local issuer certificate", "self-signed certificate", "self signed certificate"],
            [NetworkCauses.AuthorityUnknown, NetworkCauses.Intercepted, NetworkCauses.ChainIncomplete]),
        new("certificate-name", "The registry's certificate is for another name.", Go,
            ["x509: certificate is valid for", "x509: certificate is not valid for", "doesn't contain any IP SANs", "relies on legacy Common Name", "is not valid for any names"], [NetworkCauses.OtherName, NetworkCauses.WrongServer, NetworkCauses.Intercepted]),
        new("certificate-time", "The registry's certificate is not valid at the node's time.", Go, ["certificate has expired or is not yet valid", "certificate has expired"], [NetworkCauses.CertificateEnded, NetworkCauses.Clock, NetworkCauses.Intercepted]),
        new("certificate", "The registry's certificate is not taken.", Go, ["x509:", "failed to verify certificate"], [NetworkCauses.AuthorityUnknown, NetworkCauses.OtherName, NetworkCauses.Intercepted]),
        new("tls-timeout", "The connection stands, and TLS does not come about.", Go, ["TLS handshake timeout"], [NetworkCauses.SlowNetwork, NetworkCauses.ProxyMissing, NetworkCauses.Firewall]),
        new("tls", "Runtime and registry do not agree on TLS.", Go, ["remote error: tls", "tls: handshake failure", "tls: protocol version", "tls: no supported"], [NetworkCauses.TlsVersion, NetworkCauses.WrongServer, NetworkCauses.Intercepted]),
        new("unreachable", "There is no way from the node to the registry.", Go, ["no route to host", "network is unreachable", "host is down"], [NetworkCauses.Firewall, NetworkCauses.ProxyMissing, NetworkCauses.RegistryDown]),
        new("timeout", "The registry does not answer in time.", Go, ["i/o timeout", "Client.Timeout exceeded", "context deadline exceeded", "DeadlineExceeded", "request canceled while waiting for connection", "connection timed out"],
            [NetworkCauses.Firewall, NetworkCauses.ProxyMissing, NetworkCauses.SlowNetwork, NetworkCauses.BlobsElsewhere, NetworkCauses.RegistryDown]),
        new("broken", "The connection broke off.", Go, ["connection reset by peer", "unexpected EOF", ": EOF", "broken pipe", "context canceled", "http2: server sent GOAWAY", "INTERNAL_ERROR; received from peer"],
            [NetworkCauses.SlowNetwork, NetworkCauses.ProxyWrong, NetworkCauses.RegistryFault]),
        new("rate-limit", "The registry gives no more for now.", "docker.io's words; 429 in " + Containerd, ["toomanyrequests", "429 Too Many Requests", "HTTP 429", "status 429", "pull rate limit", "Rate exceeded"],
            [NetworkCauses.RateLimit, NetworkCauses.TokenLimit]),
        new("token-not-included", "A login was shown to the token service by POST, and its answer has no token where containerd looks for it.", "containerd, core/remotes/docker/auth/fetch.go",
            ["fetch oauth token*authorization server did not include a token"], [NetworkCauses.TokenField, NetworkCauses.TokenService, AccessCauses.WrongPassword]),
        new("no-token", "The token service's answer cannot be used.", "containerd, core/remotes/docker/auth/fetch.go",
            ["authorization server did not include a token", "failed to fetch*token*404 Not Found", "failed to fetch*token*405 Method", "failed to fetch*token*: 50"], [NetworkCauses.TokenService, NetworkCauses.TokenField, NetworkCauses.RegistryFault, AccessCauses.WrongPassword]),
        new("blob-refused", "The manifest was had, and content of the image is refused.", Containerd, ["httpReadSeeker*403 Forbidden", "failed to copy*403 Forbidden"], [NetworkCauses.BlobsElsewhere, AccessCauses.TokenEnded, NetworkCauses.ProxyWrong, NetworkCauses.Clock]),
        new("blob-missing", "The manifest was had, and content of the image is not there.", Containerd, ["httpReadSeeker*404 Not Found", "httpReadSeeker*not found", "could not fetch content descriptor", "blob unknown"], [NodeCauses.BlobMissing, AbsenceCauses.MirrorAnswers]),
        new("registry-fault", "The registry fails.", "docker's and " + Containerd,
            ["500 Internal Server Error", "501 Not Implemented", "502 Bad Gateway", "503 Service Unavailable", "504 Gateway Time", "received unexpected HTTP status: 5", "status code 5"], [NetworkCauses.RegistryFault, NetworkCauses.ProxyWrong, AbsenceCauses.MirrorAnswers]),
        new("blocked", "The registry refuses the node's address.", "registries' words", ["IP is blocked", "client with IP*is not allowed access", "not allowed access*firewall"], [NetworkCauses.NetworkRefused, AccessCauses.NoRights]),
        new("no-registry", "What answers is no registry.", "moby, registry client", ["error parsing HTTP 404 response body", "invalid character '<' looking for beginning of value", "405 Method Not Allowed", "410 Gone", "400 Bad Request", "408 Request Timeout", "error parsing HTTP"],
            [NetworkCauses.NoRegistry, NetworkCauses.ProxyWrong, NetworkCauses.NetworkRefused]),
    ];
}
