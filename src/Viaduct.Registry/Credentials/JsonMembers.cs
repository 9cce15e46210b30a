using System.Text;
using System.Text.Json;

namespace Viaduct.Registry;

/// <summary>Where the members of an object stand in a text that is known to be JSON, a character a byte.</summary>
internal sealed class JsonMembers
{
    private JsonMembers(int open) => Open = open;

    /// <summary>Where its brace stands.</summary>
    public int Open { get; }

    /// <summary>Where its closing brace stands.</summary>
    public int Close { get; private set; }

    public List<JsonMember> Members { get; } = [];

    /// <param name="from">The object's brace, or white space before it.</param>
    public static JsonMembers Read(string text, int from)
    {
        var at = Blank(text, from);
        var found = new JsonMembers(at++);
        for (; ; )
        {
            var before = at;
            at = Blank(text, at);
            if (text[at] == '}')
            {
                found.Close = at;
                return found;
            }
            if (text[at] == ',') at = Blank(text, at + 1);
            var nameStart = at;
            at = Value(text, at);
            var name = Unquote(text[nameStart..at]);
            at = Blank(text, Blank(text, at) + 1);
            var start = at;
            at = Value(text, at);
            // The blanks before a name belong to it, and not the comma.
            found.Members.Add(new JsonMember(name, text[before..nameStart].IndexOf(',') is >= 0 and var comma ? before + comma + 1 : before, nameStart, start, at));
        }
    }

    /// <summary>Of several the last, as Go takes it.</summary>
    public JsonMember? Last(string name, bool ignoreCase) =>
        Members.FindLast(m => string.Equals(m.Name, name, ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal));

    private static string Unquote(string quoted)
    {
        using var document = JsonDocument.Parse(Encoding.Latin1.GetBytes(quoted));
        try
        {
            return document.RootElement.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // No Unicode: no registry is called so.
            return quoted;
        }
    }

    private static int Blank(string text, int at)
    {
        while (text[at] is ' ' or '\t' or '\r' or '\n') at++;
        return at;
    }

    /// <summary>The end of a value that begins here.</summary>
    private static int Value(string text, int at)
    {
        for (var depth = 0; ;)
        {
            var c = text[at++];
            if (c == '"')
                while (text[at++] is var next && next != '"')
                    if (next == '\\') at++;
            if (c is '{' or '[') depth++;
            else if (c is '}' or ']') depth--;
            if (depth == 0 && (c is '"' or '}' or ']' || text[at] is ',' or '}' or ']' or ' ' or '\t' or '\r' or '\n')) return at;
        }
    }
}
