using System.Text;

namespace Viaduct.Registry;

/// <summary>
/// Changes one entry under <c>auths</c> in the bytes of a config.json. Everything else stays to the byte: members that nobody here knows, their order,
/// and how the file is indented.
/// </summary>
internal static class ConfigEdit
{
    /// <summary>As docker indents (configfile/file.go, SaveToWriter).</summary>
    private const string Tab = "\t";

    /// <param name="bytes">A JSON object, or nothing.</param>
    /// <param name="entry">Members of the new entry with their values, which are strings.</param>
    public static byte[] Set(ReadOnlySpan<byte> bytes, string key, IReadOnlyList<(string Name, string Value)> entry)
    {
        var text = Text(bytes);
        var root = JsonMembers.Read(text, 0);
        var unit = Indent(text, root);
        if (root.Last("auths", ignoreCase: true) is not { } auths)
            return Insert(text, root, "auths", unit, 1, Object(unit, 1, [(key, Entry(unit, entry))]));
        if (text[auths.Start] != '{') return Replace(text, auths.Start, auths.End, Object(unit, 1, [(key, Entry(unit, entry))]));
        var entries = JsonMembers.Read(text, auths.Start);
        return entries.Last(key, ignoreCase: false) is { } old
            ? Replace(text, old.Start, old.End, Entry(unit, entry))
            : Insert(text, entries, key, unit, 2, Entry(unit, entry));
    }

    /// <param name="isMeant">Says of a key under <c>auths</c> whether it goes.</param>
    public static byte[] Remove(ReadOnlySpan<byte> bytes, Func<string, bool> isMeant)
    {
        var text = Text(bytes);
        if (JsonMembers.Read(text, 0).Last("auths", ignoreCase: true) is not { } auths || text[auths.Start] != '{') return bytes.ToArray();
        for (; ; )
        {
            var entries = JsonMembers.Read(text, auths.Start);
            var at = entries.Members.FindIndex(m => isMeant(m.Name));
            if (at < 0) return Encoding.Latin1.GetBytes(text);
            // With the comma before it, or behind it when it is the first.
            var (start, end) = at > 0 ? (entries.Members[at - 1].End, entries.Members[at].End)
                : entries.Members.Count > 1 ? (entries.Open + 1, entries.Members[1].Before)
                : (entries.Open + 1, entries.Close);
            text = text[..start] + text[end..];
        }
    }

    // A character a byte: what is no UTF-8 in a member of somebody else stays so.
    private static string Text(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith("\uFEFF"u8)) bytes = bytes[3..];
        return bytes.IndexOfAnyExcept(" \t\r\n"u8) < 0 ? "{}" : Encoding.Latin1.GetString(bytes);
    }

    /// <summary>What stands before a member of the root: its line break and one indent; empty where all is one line.</summary>
    private static string Indent(string text, JsonMembers root)
    {
        if (root.Members is not [var first, ..]) return "\n" + Tab;
        var blank = text[(root.Open + 1)..first.NameStart];
        return blank.Contains('\n') ? blank[blank.LastIndexOf('\n')..] : "";
    }

    private static string Break(string unit, int depth) => unit.Length == 0 ? "" : "\n" + string.Concat(Enumerable.Repeat(unit[1..], depth));

    private static string Entry(string unit, IReadOnlyList<(string Name, string Value)> members) => Object(unit, 2, [.. members.Select(m => (m.Name, Quote(m.Value)))]);

    private static string Object(string unit, int depth, IReadOnlyList<(string Name, string Json)> members) => members.Count == 0 ? "{}"
        : $"{{{string.Join(',', members.Select(m => Break(unit, depth + 1) + Member(unit, m.Name, m.Json)))}{Break(unit, depth)}}}";

    private static string Member(string unit, string name, string json) => $"{Quote(name)}:{(unit.Length == 0 ? "" : " ")}{json}";

    private static string Quote(string text) => Encoding.Latin1.GetString(new Oci.GoJsonWriter().String(text).ToBytes());

    private static byte[] Replace(string text, int start, int end, string json) => Encoding.Latin1.GetBytes(string.Concat(text.AsSpan(0, start), json, text.AsSpan(end)));

    /// <summary>Behind the last member.</summary>
    private static byte[] Insert(string text, JsonMembers into, string name, string unit, int depth, string json) => into.Members is [.., var last]
        ? Replace(text, last.End, last.End, "," + Break(unit, depth) + Member(unit, name, json))
        : Replace(text, into.Open + 1, into.Close, Break(unit, depth) + Member(unit, name, json) + Break(unit, depth - 1));
}
