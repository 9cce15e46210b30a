namespace Viaduct.Cli.Docker;

/// <summary>The words of a verb, sorted: arguments in their order, and what the flags were set to.</summary>
internal sealed class ParsedFlags
{
    private readonly Dictionary<string, List<string>> _values = [];
    private readonly List<string> _arguments = [];

    public IReadOnlyList<string> Arguments => _arguments;

    /// <summary>How often a letter was used that docker calls deprecated: it prints a line each time.</summary>
    public int Deprecations { get; set; }

    public bool Help => Is("help");

    public void Add(string argument) => _arguments.Add(argument);

    public void Add(IEnumerable<string> arguments) => _arguments.AddRange(arguments);

    public void Set(Flag flag, string value)
    {
        var values = CollectionOf(flag.Name);
        if (flag.Kind is FlagKind.Strings)
        {
            values.AddRange(GoCsv.Read(value));
            return;
        }
        if (flag.Kind is not FlagKind.Pairs) values.Clear();
        values.Add(flag.Kind switch
        {
            FlagKind.Bool => GoWords.ParseBool(value) ? "true" : "false",
            FlagKind.Format => value is "text" or "json" ? value : throw new FormatException("must be text or json"),
            FlagKind.Pairs => value.IndexOf('=') > 0 ? value : throw new FormatException($"{value} must be formatted as key=value"),
            FlagKind.Duration => GoWords.ParseDuration(value).ToString("c"),
            _ => value,
        });
    }

    public bool Has(string name) => _values.ContainsKey(name);

    public bool Is(string name, bool otherwise = false) => _values.TryGetValue(name, out var values) ? values[^1] == "true" : otherwise;

    /// <returns>Null when it was not given.</returns>
    public string? Text(string name) => _values.TryGetValue(name, out var values) ? values[^1] : null;

    public IReadOnlyList<string> List(string name) => _values.TryGetValue(name, out var values) ? values : [];

    /// <summary>Of a key that is given twice the last value counts.</summary>
    public IReadOnlyDictionary<string, string> Pairs(string name)
    {
        var pairs = new Dictionary<string, string>();
        foreach (var pair in List(name))
        {
            var split = pair.IndexOf('=');
            pairs[pair[..split]] = pair[(split + 1)..];
        }
        return pairs;
    }

    public TimeSpan? Duration(string name) => Text(name) is { } text ? TimeSpan.ParseExact(text, "c", null) : null;

    private List<string> CollectionOf(string name)
    {
        if (!_values.TryGetValue(name, out var values)) _values[name] = values = [];
        return values;
    }
}
