using System.Net;
using Viaduct.Oci;

namespace Viaduct.Simulation;

/// <summary>Where a reference is pulled from, and how the runtimes write it.</summary>
internal sealed class PullPlace(Reference reference)
{
    /// <summary>Host and port of the requests (containerd core/remotes/docker/resolver.go, DefaultHost).</summary>
    public string Host { get; } = reference.Registry == Reference.DockerHub ? "registry-1.docker.io" : reference.Registry;

    public string HostName => RegistryAddress.HostOf(Host);

    /// <summary>localhost and the addresses of the machine itself (containerd IsLocalhost; the names that dockerd finds such addresses for are not known here).</summary>
    public bool IsLoopback => HostName == "localhost" || (IPAddress.TryParse(HostName, out var address) && IPAddress.IsLoopback(address));

    /// <summary>The tag, or the digest, before which a tag does not count (containerd ParseDockerRef).</summary>
    public string Object => reference.TagOrDigest;

    public bool ByDigest => reference.Digest is not null;

    public string Repository => reference.Repository;

    /// <summary>As containerd writes it: never short, with either tag or digest.</summary>
    public string Full => reference.Name + Suffix;

    /// <summary>As dockerd writes it, and the same without tag (distribution/reference, FamiliarString and FamiliarName).</summary>
    public string Familiar => FamiliarName + Suffix;

    public string FamiliarName => Reference.Parse(reference.Name).Familiar;

    private string Suffix => reference.Digest is { } digest ? "@" + digest : ":" + Object;

    public string PingUrl(string scheme) => $"{scheme}://{Host}/v2/";

    public string ManifestUrl(string scheme) => $"{scheme}://{Host}/v2/{Repository}/manifests/{Object}";

    /// <summary>Address and port as Go prints them.</summary>
    public string Address(string? known, string scheme)
    {
        var address = known ?? (HostName == "localhost" ? "127.0.0.1" : HostName);
        var rest = Host[(Host.StartsWith('[') ? Host.IndexOf(']', StringComparison.Ordinal) + 1 : HostName.Length)..];
        return (address.Contains(':') ? $"[{address}]" : address) + (rest.Length > 0 ? rest : scheme == "https" ? ":443" : ":80");
    }
}
