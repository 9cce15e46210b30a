using System.Text;
using Viaduct.Oci;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Viaduct.Configuration;

/// <summary>
/// Reads YAML as node trees with positions: the only way YAML is read here, because errors have to name line and column.
/// Bounded in size and depth; anchors and aliases are refused, since they can make a small file huge.
/// </summary>
internal static class YamlFile
{
    private const int MaxBytes = 1 << 20;
    private const int MaxDepth = 32;

    /// <summary>The root mapping of a file; an empty file is an empty mapping.</summary>
    public static YamlMap Read(string path, string shownAs)
    {
        string text;
        try
        {
            var info = new FileInfo(path);
            if (info.Exists && info.Length > MaxBytes) throw ConfigErrors.TooMuch(shownAs, $"{info.Length} bytes");
            text = File.ReadAllText(path, Encoding.UTF8);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ConfigErrors.Unreadable(shownAs, e is FileNotFoundException or DirectoryNotFoundException ? "it does not exist" : "the system refuses it");
        }
        return Parse(text, shownAs);
    }

    public static YamlMap Parse(string text, string shownAs)
    {
        try
        {
            CheckBounds(text, shownAs);
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            if (stream.Documents.Count == 0) return new YamlMap(shownAs, new YamlMappingNode());
            if (stream.Documents.Count > 1) throw ConfigErrors.NotYaml(shownAs, "it holds more than one document");
            return stream.Documents[0].RootNode switch
            {
                YamlMappingNode map => new YamlMap(shownAs, map),
                YamlScalarNode { Value: null or "" } => new YamlMap(shownAs, new YamlMappingNode()),
                var other => throw ConfigErrors.WrongKind(YamlMap.At(shownAs, other), "the document", "a mapping"),
            };
        }
        catch (YamlException e)
        {
            // The parser repeats the position in its text; ours stands in front.
            var why = e.InnerException?.Message ?? e.Message;
            throw ConfigErrors.NotYaml($"{shownAs}:{e.Start.Line}:{e.Start.Column}", why.Split('\n')[0]);
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
            if (depth > MaxDepth) throw ConfigErrors.TooMuch(where, $"nested deeper than {MaxDepth}");
            if (parser.Current is AnchorAlias) throw ConfigErrors.NotYaml(where, "aliases are not used here; write the value out");
        }
    }
}
