namespace Viaduct.Build;

/// <summary>
/// What <c>builder:</c> says: <c>auto</c>, <c>embedded</c>, <c>docker</c> (where docker's own client would look), <c>docker:CONTEXT</c>,
/// an engine's address (<c>unix://</c>, <c>tcp://</c>, <c>ssh://</c>, <c>npipe://</c>), <c>buildx</c> (the builder that buildx uses now), <c>buildx:NAME</c>.
/// </summary>
public sealed record BuilderName
{
    public static readonly BuilderName Auto = new(BuilderKind.Auto);
    public static readonly BuilderName Embedded = new(BuilderKind.Embedded);
    public static readonly BuilderName Docker = new(BuilderKind.Docker);
    public static readonly BuilderName Buildx = new(BuilderKind.Buildx);

    /// <summary>For suggestions.</summary>
    public static readonly IReadOnlyList<string> Words = ["auto", "embedded", "docker", "buildx"];

    private static readonly string[] Schemes = ["unix://", "tcp://", "ssh://", "npipe://"];

    private BuilderName(BuilderKind kind) => Kind = kind;

    public BuilderKind Kind { get; }

    /// <summary>Of an engine; null for where docker's client would look, and for all that is no engine.</summary>
    public string? Address { get; private init; }

    /// <summary>Docker's context, or buildx' builder; null for the current one.</summary>
    public string? Instance { get; private init; }

    public static BuilderName? TryParse(string text) => text switch
    {
        "auto" => Auto,
        "embedded" => Embedded,
        "docker" => Docker,
        "buildx" => Buildx,
        _ when text.StartsWith("docker:", StringComparison.Ordinal) && IsName(text[7..]) => new(BuilderKind.Docker) { Instance = text[7..] },
        _ when text.StartsWith("buildx:", StringComparison.Ordinal) && IsName(text[7..]) => new(BuilderKind.Buildx) { Instance = text[7..] },
        _ when Schemes.Any(s => text.StartsWith(s, StringComparison.Ordinal) && text.Length > s.Length) && !HasPassword(text) => new(BuilderKind.Docker) { Address = text },
        _ => null,
    };

    public override string ToString() => Address ?? Kind.ToString().ToLowerInvariant() + (Instance is null ? "" : ":" + Instance);

    /// <summary>It would stand in plans and messages; engines take none by their address.</summary>
    private static bool HasPassword(string address) =>
        address.Split("://", 2)[1].Split('/')[0] is var authority && authority.LastIndexOf('@') is > 0 and var at && authority[..at].Contains(':', StringComparison.Ordinal);

    /// <summary>It becomes a word of a command line: what docker and buildx take for a name (docker/cli context store, restrictedNamePattern).</summary>
    private static bool IsName(string name) =>
        name is [>= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9', ..] && name.Length <= 128 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '+' or '-');
}
