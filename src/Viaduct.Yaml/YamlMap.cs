using YamlDotNet.RepresentationModel;

namespace Viaduct.Yaml;

/// <summary>A mapping of a YAML file whose every member is read by name and whose every error says where.</summary>
public sealed class YamlMap
{
    private readonly string _file;
    private readonly YamlMappingNode _node;

    internal YamlMap(string file, YamlMappingNode node)
    {
        _file = file;
        _node = node;
    }

    public string File => _file;

    public bool IsEmpty => _node.Children.Count == 0;

    internal static YamlMap Empty(string file) => new(file, new YamlMappingNode());

    /// <summary>The names of all members, in their order.</summary>
    public IReadOnlyList<string> Keys =>
        [.. _node.Children.Keys.Select(k => k is YamlScalarNode { Value: { } name } ? name : throw YamlErrors.WrongKind(YamlValue.At(_file, k), "a key", "a text"))];

    /// <summary>Refuses every key outside <paramref name="known"/>, naming the nearest of them.</summary>
    public YamlMap Only(IReadOnlyCollection<string> known)
    {
        foreach (var key in _node.Children.Keys)
            if (key is not YamlScalarNode { Value: { } name } || !known.Contains(name))
                throw YamlErrors.UnknownKey(YamlValue.At(_file, key), key.ToString(), known);
        return this;
    }

    /// <summary><c>file:line:column</c> of a member's value, or of the mapping when it is not there.</summary>
    public string Where(string key) => YamlValue.At(_file, Find(key) ?? _node);

    /// <summary>Whether a member is there and has a value.</summary>
    public bool Says(string key) => Find(key) is { } value && !(value is YamlScalarNode scalar && YamlValue.IsNothing(scalar));

    /// <summary>A member of any kind; null when it is not there.</summary>
    public YamlValue? Value(string key) => Find(key) is { } value ? new YamlValue(_file, value) : null;

    public string? Text(string key) => Find(key) switch
    {
        null => null,
        YamlScalarNode scalar => YamlValue.IsNothing(scalar) ? null : scalar.Value,
        var other => throw YamlErrors.WrongKind(YamlValue.At(_file, other), key, "a text"),
    };

    public YamlMap? Map(string key) => Find(key) switch
    {
        null => null,
        YamlMappingNode map => new YamlMap(_file, map),
        YamlScalarNode scalar when YamlValue.IsNothing(scalar) => null,
        var other => throw YamlErrors.WrongKind(YamlValue.At(_file, other), key, "a mapping"),
    };

    /// <summary>A list of texts, each with its place; one text alone is a list of one.</summary>
    public IReadOnlyList<(string Text, string Where)>? Texts(string key) => Find(key) switch
    {
        null => null,
        YamlScalarNode scalar => YamlValue.IsNothing(scalar) ? null : [(scalar.Value!, YamlValue.At(_file, scalar))],
        YamlSequenceNode list => [.. list.Children.Select(item => item is YamlScalarNode { Value: { Length: > 0 } text }
            ? (text, YamlValue.At(_file, item))
            : throw YamlErrors.WrongKind(YamlValue.At(_file, item), key, "a list of texts"))],
        var other => throw YamlErrors.WrongKind(YamlValue.At(_file, other), key, "a list of texts"),
    };

    /// <summary>All members as texts; a member without a value is the empty text.</summary>
    public IReadOnlyDictionary<string, string> AllTexts() => _node.Children.ToDictionary(
        p => p.Key is YamlScalarNode { Value: { } name } ? name : throw YamlErrors.WrongKind(YamlValue.At(_file, p.Key), "a key", "a text"),
        p => p.Value is YamlScalarNode scalar ? (YamlValue.IsNothing(scalar) ? "" : scalar.Value!) : throw YamlErrors.WrongKind(YamlValue.At(_file, p.Value), p.Key.ToString(), "a text"),
        StringComparer.Ordinal);

    /// <summary>YamlDotNet finds no key with a tag before it: <c>!!str image</c> is one name with <c>image</c>.</summary>
    private YamlNode? Find(string key) => _node.Children.TryGetValue(new YamlScalarNode(key), out var value) ? value
        : _node.Children.FirstOrDefault(p => p.Key is YamlScalarNode { Tag.IsEmpty: false } tagged && tagged.Value == key).Value;
}
