using System.Text;
using Viaduct.Oci;

namespace Viaduct.Manifests;

/// <summary>
/// Finds a manifest's bytes again from the compact JSON that docker before 23.0 kept alone: the tools of the field indent in few ways,
/// and the digest tells which it was.
/// </summary>
internal static class ManifestForms
{
    // What docker's engine, buildx, buildah and the others write: three spaces, two, a tab, four.
    private static readonly string?[] Indents = [null, "   ", "  ", "\t", "    "];

    private static readonly (string Escape, string Plain)[] Escapes =
        [("\\u003c", "<"), ("\\u003e", ">"), ("\\u0026", "&"), ("\\u2028", "\u2028"), ("\\u2029", "\u2029")];

    /// <returns>Null when no form of it has the digest.</returns>
    public static byte[]? Find(ReadOnlySpan<byte> compact, Digest digest)
    {
        if (compact.Length > RawManifest.MaxSize * 6) return null;
        var plain = Unescape(compact);
        foreach (var indent in Indents)
        {
            if (Match(Form(compact, indent), digest) is { } asItIs) return asItIs;
            if (plain is not null && Match(Form(plain, indent), digest) is { } unescaped) return unescaped;
        }
        return null;
    }

    private static byte[] Form(ReadOnlySpan<byte> compact, string? indent) =>
        indent is null ? compact.ToArray() : GoJson.Indent(compact, Encoding.ASCII.GetBytes(indent));

    private static byte[]? Match(byte[] form, Digest digest)
    {
        if (digest.Matches(form)) return form;
        byte[] line = [.. form, (byte)'\n'];
        return digest.Matches(line) ? line : null;
    }

    /// <summary>What Go escaped when it made the JSON compact; null when there is nothing of the kind. An escaped backslash in front makes it text.</summary>
    private static byte[]? Unescape(ReadOnlySpan<byte> compact)
    {
        if (compact.IndexOf("\\u"u8) < 0) return null;
        var text = Encoding.UTF8.GetString(compact);
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length;)
        {
            if (text[i] != '\\') { plain.Append(text[i++]); continue; }
            var known = Array.Find(Escapes, e => string.CompareOrdinal(text, i, e.Escape, 0, e.Escape.Length) == 0);
            if (known.Escape is not null) { plain.Append(known.Plain); i += known.Escape.Length; continue; }
            var length = Math.Min(2, text.Length - i);
            plain.Append(text, i, length);
            i += length;
        }
        return Encoding.UTF8.GetBytes(plain.ToString());
    }
}
