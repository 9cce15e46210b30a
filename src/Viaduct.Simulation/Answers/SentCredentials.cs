using System.Text.RegularExpressions;
using Viaduct.Oci;

namespace Viaduct.Simulation;

/// <summary>What a runtime was given to answer challenges with. Whether it is right is the registry's to say: <see cref="AuthChallenge.Accepts"/>.</summary>
public sealed partial record SentCredentials
{
    public static readonly SentCredentials None = new() { Sends = false };
    public static readonly SentCredentials Given = new() { Sends = true };

    private SentCredentials() { }

    /// <summary>Whether anything is sent to this registry.</summary>
    internal bool Sends { get; private init; }

    /// <summary>Why they cannot be read, in the runtime's words; null when they can.</summary>
    internal string? Defect { get; private init; }

    /// <summary>
    /// What is sent of a login that comes without an address, as kubelet's do: of half a login nothing (containerd core/remotes/docker/authorizer.go, AddResponses).
    /// </summary>
    public static SentCredentials Of(RegistryLogin? login) => login is { Username.Length: > 0, Password.Length: > 0 } ? Given : None;

    /// <summary>Credentials that CRI refuses to read: <c>illegal base64 data at input byte 0</c>.</summary>
    public static SentCredentials Unreadable(string why) => new() { Defect = why };

    /// <summary>
    /// Credentials with the server they are for (containerd internal/cri/server/images/image_pull.go, ParseAuth): without one for any that asks,
    /// and never sent where the address has no scheme. kubelet gives none.
    /// </summary>
    public static SentCredentials For(string serverAddress, Reference reference)
    {
        if (serverAddress.Length == 0) return Given;
        if (Url().Match(serverAddress) is { Success: true } url) return url.Groups["host"].Value == new PullPlace(reference).Host ? Given : None;
        // Go net/url, getScheme: a word before a colon is a scheme, and digits are none.
        var first = serverAddress.Split('/')[0];
        return first.Contains(':') && !Scheme().IsMatch(first)
            ? Unreadable($"parse server address: parse \"{serverAddress}\": first path segment in URL cannot contain colon")
            : None;
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9+.-]*://(?<host>[^/?#]*)", RegexOptions.CultureInvariant)]
    private static partial Regex Url();

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9+.-]*:", RegexOptions.CultureInvariant)]
    private static partial Regex Scheme();
}
