namespace Viaduct.Simulation;

/// <summary>Between node and registry.</summary>
internal static class NetworkCauses
{
    private const string Curl = "curl -v https://{host}/v2/ from the node";

    public static readonly Cause HostWrong = new("host-wrong", "The name of the registry is mistyped, or no longer exists.", "No DNS server knows it.", "getent hosts {host} (on the node, and elsewhere)", "Correct the image's host.");

    public static readonly Cause DnsOfNode = new("dns-of-node", "The node's DNS does not know the name.",
        "The runtime asks the node's resolver, not the cluster's: names of Services do not exist there.", "resolvectl query {host} on the node; cat /etc/resolv.conf", "Add the name to the DNS that nodes ask, or name the registry by an address that nodes know.");

    public static readonly Cause DnsDown = new("dns-down", "The node's DNS server does not answer.", "A time-out or refusal of the lookup itself says nothing about the name.", "resolvectl status; dig {host} @SERVER on the node", "Mend /etc/resolv.conf, the server, or the way to port 53.");

    public static readonly Cause RegistryDown = new("registry-down", "Nothing listens there: the registry is down or restarts.", "The host answers, and refuses the connection.", Curl, "Start the registry; kubelet tries again within five minutes.");

    public static readonly Cause PortWrong = new("port-wrong", "The port is another one.", "Without a port, 443 is meant (80 with plain HTTP).", "ss -ltn where the registry runs", "Write the port into the image's name, and into the key of the pull secret.");

    public static readonly Cause LocalhostOfNode = new("localhost", "localhost is the node itself, not the machine where the image was pushed.", "Every node asks its own port.", "crictl pull {image} on the node", "Name the registry by an address that nodes reach, or run one on every node.") { Fit = CauseFit.Foreseen };

    public static readonly Cause Firewall = new("firewall", "A firewall, security group or network policy of the provider drops the packets.", "A time-out, where a closed port would refuse.", Curl, "Open port 443 from nodes to {host} and to where it keeps its blobs, or route it.");

    public static readonly Cause ProxyMissing = new("proxy-missing", "The way out is a proxy, and the runtime does not know of it.",
        "containerd and CRI-O read HTTP_PROXY, HTTPS_PROXY and NO_PROXY of their own service, not of a shell.", "systemctl show containerd -p Environment", "Set them in a drop-in (systemctl edit containerd), then systemctl daemon-reload and restart it.");

    public static readonly Cause ProxyWrong = new("proxy-wrong", "The proxy is wrong, refuses, or should not be used for this host.", "The message is the proxy's, or names its address.",
        "systemctl show containerd -p Environment; curl -v -x PROXY https://{host}/v2/", "Correct the proxy's address and rights; put {host} into NO_PROXY where it is inside.");

    public static readonly Cause SlowNetwork = new("slow-network", "The network is slow or breaks off, or the image is very large.", "containerd gives a pull up that gets no bytes for image_pull_progress_timeout, five minutes by default.",
        "time crictl pull {image} on the node; journalctl -u containerd", "Use a mirror nearby, smaller layers, or a longer image_pull_progress_timeout; look at the MTU.");

    public static readonly Cause BlobsElsewhere = new("blobs-elsewhere", "The registry is reached, and the storage that it sends the node to is not.", "Blobs come by redirect from another host (S3, a CDN), which firewalls and proxies have to let through.",
        "curl -sSIL of a blob's address from the node", "Let nodes reach the storage's host, too (registry.k8s.io, ECR and Docker Hub all redirect).");

    public static readonly Cause PlainHttp = new("plain-http", "The registry speaks plain HTTP, and the runtime asks by HTTPS.", "Only localhost and what is configured is asked without TLS.", "curl -v http://{host}/v2/",
        "Give the registry a certificate; or in /etc/containerd/certs.d/{host}/hosts.toml: server = \"http://{host}\" (docker: insecure-registries; CRI-O: insecure = true).");

    public static readonly Cause AuthorityUnknown = new("ca-unknown", "The node does not trust the authority of the registry's certificate.", "A private or self-signed authority, whose certificate nodes do not have.", "openssl s_client -connect {host} -showcerts </dev/null",
        "Put the authority's certificate on every node: ca = \"…\" in /etc/containerd/certs.d/{host}/hosts.toml, or the system's store and a restart of the runtime.");

    public static readonly Cause Intercepted = new("tls-intercepted", "Something between opens TLS: a proxy of the company.", "The certificate is the proxy's, for every registry.", "openssl s_client -connect {host} -showcerts </dev/null | grep issuer", "Install the proxy's authority on the nodes, or take registries out of its inspection.");

    public static readonly Cause ChainIncomplete = new("chain-incomplete", "The registry does not send the certificate between its own and the root.", "Browsers fill the gap, runtimes do not.", "openssl s_client -connect {host} -showcerts </dev/null", "Configure the full chain at the registry.");

    public static readonly Cause OtherName = new("certificate-name", "The certificate is for other names than the registry is called by.", "It lists names or addresses, and this one is not among them.", "openssl s_client -connect {host} </dev/null | openssl x509 -noout -ext subjectAltName", "Call the registry by a name of the certificate, or issue it with this name as subjectAltName.");

    public static readonly Cause WrongServer = new("wrong-server", "The name leads to another server: an ingress, a portal, an old address.", "What answers is not the registry.", Curl, "Correct the DNS entry, or the route.");

    public static readonly Cause CertificateEnded = new("certificate-ended", "The certificate has ended, or is not valid yet.", "Its dates exclude the node's time.", "openssl s_client -connect {host} </dev/null | openssl x509 -noout -dates", "Renew the certificate.");

    public static readonly Cause Clock = new("clock", "The node's clock is wrong.", "Certificates and tokens are held to it.", "timedatectl on the node", "Set up NTP.");

    public static readonly Cause TlsVersion = new("tls-version", "Registry and runtime have no version or cipher of TLS in common, or what answers is no TLS.", "The handshake itself fails.", "openssl s_client -connect {host} </dev/null", "Let the registry speak TLS 1.2 or newer; look for a plain HTTP port.");

    public static readonly Cause RateLimit = new("rate-limit", "The limit of pulls is reached.", "Docker Hub counts by account, and by address where there is no login; all nodes behind one NAT count together.",
        "curl -sSI -H \"Authorization: Bearer TOKEN\" https://registry-1.docker.io/v2/ratelimitpreview/test/manifests/latest | grep -i ratelimit", "Log in (a pull secret for {host}), use a mirror or pull-through cache, and IfNotPresent in place of Always.");

    public static readonly Cause TokenLimit = new("token-limit", "The token service counts, too.", "Many pods at once ask for as many tokens.", "journalctl -u containerd | grep -c 'Too Many'", "Spread the roll-out; use a mirror.");

    public static readonly Cause RegistryFault = new("registry-fault", "The registry fails: its storage, its database, an upgrade, or the proxy before it.", "A status of 500 and more is its own fault.", Curl, "Look at its log and status page; kubelet tries again within five minutes.");

    public static readonly Cause TokenService = new("token-service", "The token service that the registry names is wrong or fails.", "The realm of WWW-Authenticate is asked for tokens, and its answer is unusable.", "curl -sSI https://{host}/v2/ | grep -i www-authenticate", "Correct the registry's auth settings (realm, service), or the service.");

    public static readonly Cause TokenField = new("token-field", "The token service answers containerd's POST with token alone, and containerd takes access_token there.",
        "With a login containerd asks by POST (OAuth), whose answer is read for access_token; token counts in the answer to a GET, as docker sends it.",
        "curl -sS https://REALM -d grant_type=password -d service=SERVICE -d client_id=containerd -d username=USER --data-urlencode password@FILE | jq keys",
        "Let the service send access_token as well as token, or answer the POST with 404 or 405: containerd then asks by GET.") { Fit = CauseFit.WithLogin };

    public static readonly Cause NoRegistry = new("no-registry", "What answers at this address is no registry.", "A web page, a proxy's or an ingress's answer, or a path that is not passed on.", "curl -sSi https://{host}/v2/ (a registry answers 200 or 401 with Docker-Distribution-API-Version or JSON)", "Name the registry's own address; pass /v2/ on at the ingress.");

    public static readonly Cause NetworkRefused = new("network-refused", "The registry refuses this network: an allow list, a firewall, a private endpoint, a country.",
        "A 403 is also what registries and proxies say to addresses that may not come in.",
        "curl -sS -o /dev/null -w '%{http_code}\\n' https://{host}/v2/ from the node (401 or 200 is well)", "Let the nodes' outgoing addresses in, or use a mirror.");
}
