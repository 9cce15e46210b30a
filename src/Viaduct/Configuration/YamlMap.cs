using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Viaduct.Configuration;

/// <summary>A mapping of a YAML file whose every member is read by name and whose every error says where.</summary>
internal sealed class YamlMap(string file, YamlMappingNode node)
{
    public string File => file;

    /// <summary>Refuses every key outside <paramref name="known"/>, naming the nearest of them.</summary>
    public YamlMap Only(IReadOnlyCollection<string> known)
    {
        foreach (var key in node.Children.Keys)
            if (key is not YamlScalarNode { Value: { } name } || !known.Contains(name))
                throw ConfigErrors.UnknownKey(At(file, key), key.ToString(), known);
        return this;
    }

    /// <summary><c>file:line:column</c> of a member's value, or of the mapping when it is not there.</summary>
    public string Where(string key) => At(file, Find(key) ?? node);

    /// <summary>Whether a member is there and has a value.</summary>
    public bool Says(string key) => Find(key) is { } value && !(value is YamlScalarNode scalar && IsNull(scalar));

    public string? Text(string key) => Find(key) switch
    {
        null => null,
        YamlScalarNode scalar => IsNull(scalar) ? null : scalar.Value,
        var other => throw ConfigErrors.WrongKind(At(file, other), key, "a text"),
    };

    public YamlMap? Map(string key) => Find(key) switch
    {
        null => null,
        YamlMappingNode map => new YamlMap(file, map),
        YamlScalarNode scalar when IsNull(scalar) => null,
        var other => throw ConfigErrors.WrongKind(At(file, other), key, "a mapping"),
    };

    /// <summary>A list of texts, each with its place; one text alone is a list of one.</summary>
    public IReadOnlyList<(string Text, string Where)>? Texts(string key) => Find(key) switch
    {
        null => null,
        YamlScalarNode scalar => IsNull(scalar) ? null : [(scalar.Value!, At(file, scalar))],
        YamlSequenceNode list => [.. list.Children.Select(item => item is YamlScalarNode { Value: { Length: > 0 } text }
            ? (text, At(file, item))
            : throw ConfigErrors.WrongKind(At(file, item), key, "a list of texts"))],
        var other => throw ConfigErrors.WrongKind(At(file, other), key, "a list of texts"),
    };

    /// <summary>All members as texts; a member without a value is the empty text.</summary>
    public IReadOnlyDictionary<string, string> AllTexts() => node.Children.ToDictionary(
        p => p.Key is YamlScalarNode { Value: { } name } ? name : throw ConfigErrors.WrongKind(At(file, p.Key), "a key", "a text"),
        p => p.Value is YamlScalarNode scalar ? (IsNull(scalar) ? "" : scalar.Value!) : throw ConfigErrors.WrongKind(At(file, p.Value), p.Key.ToString(), "a text"),
        StringComparer.Ordinal);

    public static string At(string file, YamlNode node) => $"{file}:{Math.Max(1, node.Start.Line)}:{Math.Max(1, node.Start.Column)}";

    private YamlNode? Find(string key) => node.Children.TryGetValue(new YamlScalarNode(key), out var value) ? value : null;

    private static bool IsNull(YamlScalarNode scalar) =>
        scalar.Value is null || (scalar.Style is ScalarStyle.Plain && scalar.Value is "" or "~" or "null");
}
