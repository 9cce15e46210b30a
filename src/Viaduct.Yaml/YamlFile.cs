using System.Text;
using Viaduct.Oci;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Viaduct.Yaml;

/// <summary>
/// Reads YAML as node trees with positions: the only way YAML is read here, because errors have to name line and column.
/// Bounded in size and depth; aliases are refused, since they can make a small file huge.
/// </summary>
public static class YamlFile
{
    /// <summary>No file that a person writes is larger.</summary>
    public const int MaxBytes = 1 << 20;

    private const int MaxDepth = 32;

    /// <summary>The root mapping of a file; an empty file is an empty mapping.</summary>
    /// <exception cref="ViaductException">VIA2001 to VIA2005.</exception>
    public static YamlMap Read(string path, string shownAs) => Parse(Text(path, shownAs), shownAs);

    /// <summary>The root mapping of a text; an empty text is an empty mapping.</summary>
    /// <exception cref="ViaductException">VIA2002 to VIA2005.</exception>
    public static YamlMap Parse(string text, string shownAs)
    {
        var root = ParseValue(text, shownAs);
        return root.IsNull ? YamlMap.Empty(shownAs) : root.Map ?? throw YamlErrors.WrongKind(root.Where, "the document", "a mapping");
    }

    /// <summary>The root of a text of one document, of any kind; an empty text is a value that is null.</summary>
    /// <exception cref="ViaductException">VIA2002, VIA2003.</exception>
    public static YamlValue ParseValue(string text, string shownAs)
    {
        var documents = ParseAll(text, shownAs);
        return documents.Count switch
        {
            0 => new YamlValue(shownAs, new YamlScalarNode("")),
            1 => documents[0],
            _ => throw YamlErrors.NotYaml(shownAs, "it holds more than one document"),
        };
    }

    /// <summary>The roots of all documents of a text, in its order.</summary>
    private static List<YamlValue> ParseAll(string text, string shownAs)
    {
        try
        {
            CheckBounds(text, shownAs);
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            return [.. stream.Documents.Select(d => new YamlValue(shownAs, d.RootNode))];
        }
        catch (YamlException e)
        {
            // The parser repeats the position in its text; ours stands in front.
            var why = e.InnerException?.Message ?? e.Message;
            throw YamlErrors.NotYaml($"{shownAs}:{e.Start.Line}:{e.Start.Column}", why.Split('\n')[0]);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            // YamlDotNet leaks these from what its scanner or its nodes did not expect, such as an empty tag; they know no place.
            throw YamlErrors.NotYaml(shownAs, "its tags, keys or markers are not what YAML has");
        }
    }

    private static string Text(string path, string shownAs)
    {
        try
        {
            // Pipes and devices have no length, and some have no end.
            var bytes = new byte[MaxBytes + 1];
            using var file = File.OpenRead(path);
            var count = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (count > MaxBytes) throw YamlErrors.TooMuch(shownAs, $"more than {MaxBytes} bytes");
            return new StreamReader(new MemoryStream(bytes, 0, count), Encoding.UTF8).ReadToEnd();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw YamlErrors.Unreadable(shownAs, e);
        }
    }

    private static void CheckBounds(string text, string shownAs)
    {
        var parser = new Parser(new StringReader(text));
        var depth = 0;
        while (parser.MoveNext())
        {
            depth += parser.Current!.NestingIncrease;
            var where = $"{shownAs}:{parser.Current.Start.Line}:{parser.Current.Start.Column}";
            if (depth > MaxDepth) throw YamlErrors.TooMuch(where, $"nested deeper than {MaxDepth}");
            if (parser.Current is AnchorAlias) throw YamlErrors.NotYaml(where, "aliases are not used here; write the value out");
        }
    }
}
