using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Viaduct.Oci;

/// <summary>
/// The name of content: <c>sha256:</c> or <c>sha512:</c> and lower-case hexadecimal digits of exactly that length
/// (image-spec, descriptor.md). Nothing else parses, so a digest is always safe in a path or a URL.
/// </summary>
public readonly record struct Digest
{
    private readonly string? _text;

    private Digest(string text) => _text = text;

    /// <summary><c>sha256</c> or <c>sha512</c>.</summary>
    public string Algorithm => Text[..6];

    public string Hex => Text[7..];

    /// <summary>The first twelve digits, for people.</summary>
    public string Short => Text.Substring(7, 12);

    public bool IsEmpty => _text is null;

    private string Text => _text ?? throw new InvalidOperationException("An empty digest was used.");

    public static Digest Sha256(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return FromSha256(hash);
    }

    /// <param name="hash">The 32 bytes of a finished SHA-256.</param>
    public static Digest FromSha256(ReadOnlySpan<byte> hash) => new("sha256:" + Convert.ToHexStringLower(hash));

    /// <summary>Hashes bytes with this digest's own algorithm and compares.</summary>
    public bool Matches(ReadOnlySpan<byte> bytes) =>
        Algorithm == "sha256" ? Sha256(bytes) == this : Convert.ToHexStringLower(SHA512.HashData(bytes)) == Hex;

    /// <exception cref="ViaductException">VIA1001.</exception>
    public static Digest Parse(string text) => TryParse(text, out var digest) ? digest : throw OciErrors.BadDigest(text);

    public static bool TryParse([NotNullWhen(true)] string? text, out Digest digest)
    {
        digest = default;
        if (text is null || text.Length is not (71 or 135))
            return false;
        if (!text.StartsWith(text.Length == 71 ? "sha256:" : "sha512:", StringComparison.Ordinal))
            return false;
        if (text.AsSpan(7).ContainsAnyExcept("0123456789abcdef"))
            return false;
        digest = new Digest(text);
        return true;
    }

    public override string ToString() => _text ?? "";
}
