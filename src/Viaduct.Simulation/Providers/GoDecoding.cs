using Viaduct.Yaml;

namespace Viaduct.Simulation;

/// <summary>What goes wrong while a document is decoded into types of Go: the first wrong type, and what strict decoding would not have (sigs.k8s.io/json).</summary>
internal sealed class GoDecoding(bool isJson)
{
    private readonly List<string> _strict = [];
    private string? _first;

    /// <summary>Null where all is well. A wrong type hides what is merely not strict.</summary>
    public string? Fault => _first ?? (_strict.Count == 0 ? null : $"strict decoding error: {string.Join(", ", _strict.Take(10))}");

    public void Wrong(string fault) => _first ??= fault;

    /// <summary>The members of a struct in the order of the document; says which names are there twice.</summary>
    /// <param name="place">Where the struct stands: <c>providers[0]</c>; empty for the document.</param>
    public IEnumerable<(string Name, DataNode Value)> Members(DataNode map, string place)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, value) in map.Members)
        {
            if (!seen.Add(name))
                _strict.Add(isJson
                    ? $"duplicate field {GoText.Quote(Path(place, Shown(name)))}"
                    : $"yaml: unmarshal errors: line {value.Line}: key {GoText.Quote(Shown(name))} already set in map");
            yield return (name, value);
        }
    }

    public void Unknown(string place, string name) => _strict.Add($"unknown field {GoText.Quote(Path(place, Shown(name)))}");

    /// <param name="field">The struct and the way to the field: <c>CredentialProvider.providers.name</c>.</param>
    public string? Text(DataNode value, string field)
    {
        if (value.Kind is DataKind.Text) return value.Text;
        if (value.Kind is not DataKind.Nothing) Mistyped(value, field, "string");
        return null;
    }

    public bool? Truth(DataNode value, string field)
    {
        // Of YAML 1.1's words for true these are left; sigs.k8s.io/yaml has made JSON of it before.
        if (value.Kind is DataKind.Truth) return value.Text!.ToLowerInvariant() is "true" or "y" or "yes" or "on";
        if (value.Kind is not DataKind.Nothing) Mistyped(value, field, "bool");
        return null;
    }

    public IReadOnlyList<string> Texts(DataNode value, string field) =>
        [.. Items(value, field, "[]string").Select(item => Text(item, field) ?? "")];

    public IReadOnlyList<DataNode> Items(DataNode value, string field, string type)
    {
        if (value.Kind is DataKind.List) return value.Items;
        if (value.Kind is not DataKind.Nothing) Mistyped(value, field, type);
        return [];
    }

    public bool IsStruct(DataNode value, string field, string type)
    {
        if (value.Kind is DataKind.Map) return true;
        if (value.Kind is not DataKind.Nothing) Mistyped(value, field, type);
        return false;
    }

    /// <summary>metav1.Duration; null where nothing is written.</summary>
    public long? Duration(DataNode value)
    {
        if (value.Kind is DataKind.Nothing) return null;
        if (value.Kind is not DataKind.Text)
        {
            Wrong($"json: cannot unmarshal {Word(value)} into Go value of type string");
            return null;
        }
        if (GoDuration.TryParse(value.Text!, out var nanoseconds) is not { } fault) return nanoseconds;
        Wrong(YamlErrors.Shown(fault));
        return null;
    }

    private void Mistyped(DataNode value, string field, string type) => Wrong($"json: cannot unmarshal {Word(value)} into Go struct field {field} of type {type}");

    private static string Word(DataNode value) => value.Kind switch
    {
        DataKind.Number => "number",
        DataKind.Truth => "bool",
        DataKind.List => "array",
        DataKind.Map => "object",
        _ => "string",
    };

    private static string Path(string place, string name) => place.Length == 0 ? name : $"{place}.{name}";

    private static string Shown(string name) => YamlErrors.Shown(name, 60);
}
