using Tomlyn;
using Tomlyn.Parsing;

namespace Viaduct.Registry;

/// <summary>A TOML document as tables, arrays, texts and flags, read without reflection; numbers and dates become null, because nothing here is one.</summary>
internal static class TomlTree
{
    private const int MaxDepth = 16;

    /// <exception cref="TomlException">It is no TOML, or goes too deep.</exception>
    public static OrderedDictionary<string, object?> Read(string text)
    {
        // The events alone do not say that a key stands twice.
        SyntaxParser.ParseStrict(text, sourceName: null, validate: true);
        var parser = TomlParser.Create(text);
        while (parser.MoveNext())
            if (parser.Current.Kind == TomlParseEventKind.StartTable) return Table(parser, 0, []);
        return [];
    }

    private static OrderedDictionary<string, object?> Table(TomlParser parser, int depth, OrderedDictionary<string, object?> table)
    {
        while (parser.MoveNext() && parser.Current.Kind != TomlParseEventKind.EndTable)
        {
            var name = parser.GetPropertyName();
            parser.MoveNext();
            // A table may be gone on with further down in the document.
            table[name] = Value(parser, depth, table.GetValueOrDefault(name) as OrderedDictionary<string, object?>);
        }
        return table;
    }

    private static object? Value(TomlParser parser, int depth, OrderedDictionary<string, object?>? before)
    {
        if (depth > MaxDepth) throw new TomlException($"more than {MaxDepth} tables are inside each other");
        return parser.Current.Kind switch
        {
            TomlParseEventKind.StartTable => Table(parser, depth + 1, before ?? []),
            TomlParseEventKind.StartArray => Items(parser, depth + 1),
            TomlParseEventKind.String => parser.GetString(),
            TomlParseEventKind.Boolean => parser.Current.GetBoolean(),
            _ => null,
        };
    }

    private static List<object?> Items(TomlParser parser, int depth)
    {
        var items = new List<object?>();
        while (parser.MoveNext() && parser.Current.Kind != TomlParseEventKind.EndArray) items.Add(Value(parser, depth, null));
        return items;
    }
}
