using System.Text.RegularExpressions;

namespace Viaduct.Simulation;

/// <summary>Why Go's distribution/reference refuses a name (normalize.go, ParseNormalizedNamed; reference.go, Parse), for names that it does refuse.</summary>
internal static partial class ReferenceWords
{
    private const string Format = "invalid reference format";
    private static readonly KubernetesVersion NamesRepository = new(1, 31);

    public static string Of(string written, KubernetesVersion kubernetes)
    {
        if (Identifier().IsMatch(written)) return $"invalid repository name ({written}), cannot specify 64-byte hexadecimal strings";
        var rest = Completed(written);
        var path = rest.Split(':')[0];
        // distribution/reference v0.6.0 names what is in upper case.
        if (path.Any(char.IsUpper)) return kubernetes >= NamesRepository ? $"{Format}: repository name ({path}) must be lowercase" : $"{Format}: repository name must be lowercase";
        if (Digest().Match(rest) is { Success: true } digest) return OfDigest(digest.Groups["algorithm"].Value);
        return path.Split('@')[0] is { Length: > 255 } name && Names().IsMatch(name) ? "repository name must not be more than 255 characters" : Format;
    }

    /// <summary>The path as it is tested: without a registry, and of Docker Hub with <c>library/</c> where it is one word (splitDockerDomain).</summary>
    private static string Completed(string written)
    {
        var slash = written.IndexOf('/');
        var first = slash < 0 ? "" : written[..slash];
        var isHost = first.AsSpan().ContainsAny('.', ':') || first == "localhost" || first.Any(char.IsUpper);
        var path = isHost ? written[(slash + 1)..] : written;
        return (isHost && first is not ("docker.io" or "index.docker.io")) || path.Contains('/') ? path : "library/" + path;
    }

    private static string OfDigest(string algorithm) => algorithm is "sha256" or "sha384" or "sha512" ? "invalid checksum digest length" : "unsupported digest algorithm";

    [GeneratedRegex("^[a-f0-9]{64}$", RegexOptions.CultureInvariant)]
    private static partial Regex Identifier();

    [GeneratedRegex("^[a-z0-9][a-z0-9._/-]*(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?@(?<algorithm>[A-Za-z][A-Za-z0-9]*([-_+.][A-Za-z][A-Za-z0-9]*)*):[0-9a-fA-F]{32,}$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Digest();

    [GeneratedRegex("^[a-z0-9][a-z0-9._/-]*$", RegexOptions.CultureInvariant)]
    private static partial Regex Names();
}
