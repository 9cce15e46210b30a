using System.Text.RegularExpressions;
using Viaduct.Oci;

namespace Viaduct.Manifests;

/// <summary>A name as docker's verbs read it: complete, with <c>latest</c> where it has neither tag nor digest (docker/cli cli/command/manifest/util.go, normalizeReference).</summary>
public static partial class DockerName
{
    private const string Malformed = "invalid reference format";
    private const int LongestPath = 255;

    /// <param name="prefix">What docker puts before its reason: <c>error parsing name for manifest list X: </c>; mostly nothing.</param>
    /// <exception cref="ManifestException">VIA5100 with docker's reason.</exception>
    public static Reference Parse(string text, string prefix = "")
    {
        if (Refusal(text) is { } words) throw ListErrors.BadName(prefix + words, Hint(text));
        // What docker takes and no registry could answer: a port above 65535, a digest of an algorithm that nobody uses.
        if (!Reference.TryParse(text, out var name)) throw ListErrors.BadName(prefix + Malformed, Hint(text));
        return name.Tag is null && name.Digest is null ? name.WithTag("latest") : name;
    }

    /// <summary>docker's words against a name; null when it takes it (distribution/reference normalize.go, ParseNormalizedNamed; reference.go, Parse).</summary>
    private static string? Refusal(string text)
    {
        if (IsImageId(text)) return $"invalid repository name ({text}), cannot specify 64-byte hexadecimal strings";
        var (domain, rest) = Split(text);
        var path = rest.IndexOf(':') is >= 0 and var colon ? rest[..colon] : rest;
        if (path.ToLowerInvariant() != path) return $"{Malformed}: repository name ({path}) must be lowercase";
        if (Grammar().Match($"{domain}/{rest}") is not { Success: true } match) return Malformed;
        if (match.Groups["path"].Length > LongestPath) return $"repository name must not be more than {LongestPath} characters";
        return match.Groups["digest"] is { Success: true } digest ? RefusalOfDigest(digest.Value) : null;
    }

    /// <summary>opencontainers/go-digest, Digest.Validate; what reaches it has an algorithm and at least 32 hexadecimal digits.</summary>
    private static string? RefusalOfDigest(string text)
    {
        var colon = text.IndexOf(':');
        var (algorithm, digits) = (text[..colon], text[(colon + 1)..]);
        var length = algorithm switch { "sha256" => 64, "sha384" => 96, "sha512" => 128, _ => 0 };
        if (length == 0) return algorithm.Any(char.IsAsciiLetterUpper) ? "invalid checksum digest format" : "unsupported digest algorithm";
        if (digits.Length != length) return "invalid checksum digest length";
        return digits.Any(char.IsAsciiLetterUpper) ? "invalid checksum digest format" : null;
    }

    /// <summary>distribution/reference normalize.go, splitDockerDomain.</summary>
    private static (string Domain, string Path) Split(string text)
    {
        var slash = text.IndexOf('/');
        var first = slash < 0 ? "" : text[..slash];
        var (domain, rest) = first.Length > 0 && (first == "localhost" || first.AsSpan().ContainsAny('.', ':') || first.ToLowerInvariant() != first)
            ? (first, text[(slash + 1)..])
            : (Reference.DockerHub, text);
        if (domain == "index.docker.io") domain = Reference.DockerHub;
        return domain == Reference.DockerHub && !rest.Contains('/') ? (domain, "library/" + rest) : (domain, rest);
    }

    private static bool IsImageId(string text) => text.Length == 64 && !text.AsSpan().ContainsAnyExcept("0123456789abcdef");

    private static string? Hint(string text) =>
        text.Contains("://", StringComparison.Ordinal) ? $"a name has no scheme: write {text[(text.IndexOf("://", StringComparison.Ordinal) + 3)..]}"
        : Reason(text);

    private static string? Reason(string text)
    {
        try
        {
            Reference.Parse(text);
            return null;
        }
        catch (ViaductException e)
        {
            return e.Message;
        }
    }

    // distribution/reference regexp.go, ReferenceRegexp.
    [GeneratedRegex("""
        \A
        (?:(?:
            (?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])(?:\.(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]))*
            |\[[a-fA-F0-9:]+\]
        )(?::[0-9]+)?/)?
        (?<path>[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*)
        (?::[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?
        (?:@(?<digest>[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}))?
        \z
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture)]
    private static partial Regex Grammar();
}
