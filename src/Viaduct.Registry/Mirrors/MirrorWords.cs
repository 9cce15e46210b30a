namespace Viaduct.Registry;

/// <summary>Addresses of mirrors as they were written, for people: whoever writes a password into one does not find it in a log.</summary>
public static class MirrorWords
{
    private const string Separator = "://";

    /// <summary>An address, or <c>HOST=ADDRESS</c>, without name, password and query; also where it is cut off or is no address at all.</summary>
    public static string Shown(string text)
    {
        var plain = WithoutUser(text);
        if (plain.AsSpan().IndexOfAny('?', '#') is >= 0 and var query) plain = plain[..query];
        var start = plain.IndexOf(Separator, StringComparison.Ordinal) is >= 0 and var found ? found + Separator.Length : 0;
        var end = plain.IndexOf('/', start) is >= 0 and var slash ? slash : plain.Length;
        // A comma in a password parts the text before its @, and what is left looks like a port.
        return plain.IndexOf(':', start, end - start) is >= 0 and var colon && !IsPort(plain.AsSpan(colon + 1, end - colon - 1)) && plain[start] != '['
            ? plain[..colon] + ":…" : plain;
    }

    /// <summary>The words with all left out that may be a name and a password: from the scheme, or from the start, to the last @.</summary>
    public static string WithoutUser(string text)
    {
        var at = text.LastIndexOf('@');
        if (at < 0) return text;
        var first = text.IndexOf(Separator, StringComparison.Ordinal);
        if (first < 0 || first > at) return text[(at + 1)..];
        var scheme = first;
        while (scheme > 0 && char.IsAsciiLetter(text[scheme - 1])) scheme--;
        // What looks like a scheme may stand in the password.
        return scheme == 0 || text[scheme - 1] is '=' or '"' or '\'' or ' ' ? text[..(first + Separator.Length)] + text[(at + 1)..] : text[(at + 1)..];
    }

    private static bool IsPort(ReadOnlySpan<char> text) => !text[..(text.IndexOf('=') is >= 0 and var sign ? sign : text.Length)].ContainsAnyExceptInRange('0', '9');
}
