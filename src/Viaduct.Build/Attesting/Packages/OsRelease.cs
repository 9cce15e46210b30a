using System.Text;

namespace Viaduct.Build.Attesting;

/// <summary>Which distribution an image has (os-release(5)).</summary>
/// <param name="Id">The word of the distribution, <c>debian</c>; null where nothing says.</param>
internal sealed record OsRelease(string? Id, string? Version)
{
    public static readonly OsRelease Unknown = new(null, null);

    /// <summary><c>debian-12</c>; null where nothing says.</summary>
    public string? Distro => Id is null ? null : Version is null ? Id : $"{Id}-{Version}";

    public static OsRelease Read(ReadOnlySpan<byte> bytes)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in Encoding.UTF8.GetString(bytes).Split('\n'))
            if (line.IndexOf('=') is > 0 and var sign) values[line[..sign].Trim()] = Unquoted(line[(sign + 1)..].Trim());
        return new(Word(values, "ID"), Word(values, "VERSION_ID"));
    }

    private static string Unquoted(string text) => text.Length > 1 && text[0] is '"' or '\'' && text[^1] == text[0] ? text[1..^1] : text;

    /// <summary>Lower-case letters, digits, dot, dash and underscore; anything else is no such word.</summary>
    private static string? Word(Dictionary<string, string> values, string name) =>
        values.GetValueOrDefault(name) is { Length: > 0 and <= 64 } word && word.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '-' or '_') ? word : null;
}
