namespace Viaduct.Simulation;

/// <summary>What differs between the versions of containerd's resolver.</summary>
/// <param name="Status">An unexpected status of the registry: {0} method, {1} URL, {2} status, {3} host, {4} tag or digest.</param>
/// <param name="TokenStatus">The same of the token server.</param>
/// <param name="MissingBasicIsError">False: a Basic challenge without credentials is left at its 401.</param>
/// <param name="LoopbackScheme">What is tried first on a loopback address; https falls back to http where the answer is no TLS.</param>
/// <param name="NamesTlsStep">Built with Go 1.20 or later.</param>
/// <param name="TakesSchema1">False since containerd 2.0.</param>
internal sealed record ResolverWords(
    string Status, string TokenStatus, bool MissingBasicIsError, string LoopbackScheme, bool NamesTlsStep, bool TakesSchema1, string Source)
{
    private const string Request = "unexpected status from {0} request to {1}: {2}";

    public static readonly ResolverWords V16 = new("pulling from host {3} failed with status code [manifests {4}]: {2}", "unexpected status: {2}", false, "http", false, true,
        "containerd v1.6 remotes/docker/resolver.go and remotes/errors; observed on 1.6.20 without config_path");

    public static readonly ResolverWords V17 = new(Request, Request, true, "http", true, true,
        "containerd v1.7 remotes/docker; Azure/peerd#34 and containerd#11103 show its words");

    public static readonly ResolverWords V2 = new(Request, Request, true, "https", true, false,
        "containerd v2.1 core/remotes/docker/resolver.go, authorizer.go and core/remotes/errors; observed on 2.1.9 with config_path");
}
