using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Viaduct.Yaml;

/// <summary>A value of a YAML file with its place: a text, a mapping, a list, or nothing.</summary>
public sealed class YamlValue
{
    private readonly string _file;
    private readonly YamlNode _node;

    internal YamlValue(string file, YamlNode node)
    {
        _file = file;
        _node = node;
    }

    /// <summary><c>file:line:column</c>.</summary>
    public string Where => At(_file, _node);

    /// <summary>Whether nothing is said: an empty place, <c>~</c> or <c>null</c>, without quotes.</summary>
    public bool IsNull => _node is YamlScalarNode scalar && IsNothing(scalar);

    /// <summary>The text as it is written, also of a number or a truth value; null when it is none or says nothing.</summary>
    public string? Text => _node is YamlScalarNode scalar && !IsNothing(scalar) ? scalar.Value : null;

    public YamlMap? Map => _node is YamlMappingNode map ? new YamlMap(_file, map) : null;

    /// <summary>The items of a list; null when it is none.</summary>
    public IReadOnlyList<YamlValue>? Items => _node is YamlSequenceNode list ? [.. list.Children.Select(c => new YamlValue(_file, c))] : null;

    internal static string At(string file, YamlNode node) => $"{file}:{Math.Max(1, node.Start.Line)}:{Math.Max(1, node.Start.Column)}";

    internal static bool IsNothing(YamlScalarNode scalar) =>
        scalar.Value is null || (scalar.Style is ScalarStyle.Plain or ScalarStyle.Any && scalar.Value is "" or "~" or "null");
}
