using System.Diagnostics.CodeAnalysis;

namespace Viaduct.Oci;

/// <summary>
/// The name of an image as docker reads it (distribution/reference): <c>[registry[:port]/]path[:tag][@digest]</c>.
/// A first component is a registry when it holds a dot or a colon, is <c>localhost</c>, or has an upper-case letter;
/// otherwise the image is Docker Hub's, and a path of one component is in <c>library/</c>.
/// </summary>
public sealed record Reference
{
    public const string DockerHub = "docker.io";

    private Reference(string registry, string repository, string? tag, Digest? digest)
    {
        Registry = registry;
        Repository = repository;
        Tag = tag;
        Digest = digest;
    }

    /// <summary>Host and perhaps port: <c>docker.io</c>, <c>127.0.0.1:5100</c>, <c>[::1]:5000</c>.</summary>
    public string Registry { get; }

    /// <summary>The path inside the registry: <c>library/busybox</c>.</summary>
    public string Repository { get; }

    public string? Tag { get; }

    public Digest? Digest { get; }

    /// <summary>Registry and repository, without tag or digest.</summary>
    public string Name => $"{Registry}/{Repository}";

    /// <summary>What stands in a manifest request: the digest, else the tag, else <c>latest</c>.</summary>
    public string TagOrDigest => Digest?.ToString() ?? Tag ?? "latest";

    /// <summary>As people write it: without <c>docker.io/</c> and <c>library/</c>.</summary>
    public string Familiar
    {
        get
        {
            var full = ToString();
            return Registry != DockerHub ? full
                : Repository.StartsWith("library/", StringComparison.Ordinal) && Repository.LastIndexOf('/') == 7 ? full.Substring("docker.io/library/".Length)
                : full.Substring("docker.io/".Length);
        }
    }

    /// <exception cref="ViaductException">VIA1002, with the reason.</exception>
    public static Reference Parse(string text) =>
        TryParse(text, out var reference, out var why) ? reference : throw OciErrors.BadReference(text, why);

    public static bool TryParse(string text, [NotNullWhen(true)] out Reference? reference) => TryParse(text, out reference, out _);

    public Reference WithTag(string tag) =>
        ReferenceGrammar.IsTag(tag) ? new(Registry, Repository, tag, null) : throw OciErrors.BadReference($"{Name}:{tag}", "the tag has characters that a tag cannot have");

    public Reference WithDigest(Digest digest) => new(Registry, Repository, Tag, digest);

    public override string ToString() =>
        $"{Name}{(Tag is null ? "" : ":" + Tag)}{(Digest is null ? "" : "@" + Digest)}";

    private static bool TryParse(string text, [NotNullWhen(true)] out Reference? reference, out string why)
    {
        reference = null;
        why = "";
        if (string.IsNullOrEmpty(text)) { why = "it is empty"; return false; }
        if (text.Length > 4096) { why = "it is too long"; return false; }
        if (ReferenceGrammar.IsIdentifier(text)) { why = "64 hexadecimal digits are an image id, not a name"; return false; }

        var rest = text;
        Digest? digest = null;
        if (rest.IndexOf('@') is >= 0 and var at)
        {
            if (!Oci.Digest.TryParse(rest[(at + 1)..], out var parsed)) { why = "what follows @ is not a digest"; return false; }
            digest = parsed;
            rest = rest[..at];
        }

        string? tag = null;
        if (rest.LastIndexOf(':') is >= 0 and var colon && rest.IndexOf('/', colon) < 0)
        {
            tag = rest[(colon + 1)..];
            rest = rest[..colon];
            if (!ReferenceGrammar.IsTag(tag)) { why = "the tag has characters that a tag cannot have"; return false; }
        }

        var registry = DockerHub;
        if (rest.IndexOf('/') is > 0 and var slash && ReferenceGrammar.LooksLikeRegistry(rest.AsSpan(0, slash)))
        {
            registry = rest[..slash];
            rest = rest[(slash + 1)..];
            if (!ReferenceGrammar.IsRegistry(registry)) { why = $"'{registry}' is not a host"; return false; }
            if (registry == "index.docker.io") registry = DockerHub;
        }

        rest = Complete(registry, rest);
        if (rest.Length > 255) { why = "the path has more than 255 characters"; return false; }
        if (!ReferenceGrammar.IsRepository(rest))
        {
            why = rest.Any(char.IsUpper) ? "a repository name is lower case" : "the path has characters that a repository cannot have";
            return false;
        }
        reference = new Reference(registry, rest, tag, digest);
        return true;
    }

    /// <summary>Docker Hub keeps images of one word in <c>library/</c>.</summary>
    private static string Complete(string registry, string repository) =>
        registry == DockerHub && !repository.Contains('/') ? "library/" + repository : repository;
}
