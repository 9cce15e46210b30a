using Viaduct.Oci;

namespace Viaduct.Registry;

/// <summary>Another place where the content of a registry can be read. It is asked before the registry, and nothing is ever written there.</summary>
/// <param name="Root">Scheme, host, port and perhaps a path below which the API is.</param>
/// <param name="Resolves">Whether it is believed what a tag points to; else it is asked for digests only.</param>
/// <param name="OverridePath">True when the path is the API's own, in place of <c>/v2</c> (containerd's <c>override_path</c>).</param>
public sealed record RegistryMirror(Uri Root, bool Resolves = true, bool OverridePath = false)
{
    /// <summary>Files with certificates of authorities that are trusted there, beside the system's and those of docker's certs.d.</summary>
    public IReadOnlyList<string> Authorities { get; init; } = [];

    /// <summary>Files with what is shown to a mirror that asks for a certificate; the key may stand in the same file.</summary>
    public IReadOnlyList<(string Certificate, string Key)> Own { get; init; } = [];

    /// <summary>Reads <c>https://mirror.example/path</c>; without a scheme it is HTTPS, and HTTP on this machine.</summary>
    /// <exception cref="ViaductException">VIA3064.</exception>
    public static RegistryMirror Parse(string text) => new(ReadAddress(text, MirrorWords.Shown(text)));

    internal static Uri ReadAddress(string text, string where)
    {
        var whole = text.Contains("://", StringComparison.Ordinal) ? text : $"{(RegistryAddress.IsLoopback(text.Split('/')[0]) ? "http" : "https")}://{text}";
        if (!Uri.TryCreate(whole, UriKind.Absolute, out var root) || root.Host.Length == 0 || root.Scheme is not ("http" or "https"))
            throw MirrorErrors.Address(where, "it is not an HTTP address");
        if (root.UserInfo.Length > 0) throw MirrorErrors.Address(where, "it carries a user name; credentials are found as those of any registry are");
        if (root.Query.Length > 0 || root.Fragment.Length > 0) throw MirrorErrors.Address(where, "it has more than a path behind the host");
        return root;
    }

    /// <summary>Where the API is: a path is completed with <c>/v2</c> unless it ends so (containerd core/remotes/docker/config/hosts.go, parseHostConfig).</summary>
    internal string Base
    {
        get
        {
            var path = Root.AbsolutePath.TrimEnd('/');
            return OverridePath || path.EndsWith("/v2", StringComparison.Ordinal) ? path : path + "/v2";
        }
    }
}
