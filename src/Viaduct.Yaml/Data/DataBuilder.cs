namespace Viaduct.Yaml;

/// <summary>Makes trees of tokens. Names may stand for values (YAML's aliases), as far as that does not make a small document huge.</summary>
internal sealed class DataBuilder(IDataTokens tokens, string shownAs, IReadOnlySet<string> unread)
{
    /// <summary>A CustomResourceDefinition's schema needs two levels for one of the objects that it describes.</summary>
    private const int MaxDepth = 200;

    /// <summary>Of one document or item, values behind aliases counted each time.</summary>
    private const int MaxWeight = 2_000_000;

    /// <summary>Of a whole stream what aliases add.</summary>
    private const int MaxAliased = 10_000_000;

    private readonly Dictionary<string, DataNode> _named = new(StringComparer.Ordinal);
    private int _document;
    private int _depth;
    private int _weight;
    private long _aliased;

    public string Where => $"{shownAs}:{tokens.Line}:{tokens.Column}";

    /// <summary>The value that begins with the current token, up to its end, with bounds of its own.</summary>
    public DataNode Part()
    {
        var around = (_weight, _depth);
        Begin();
        var node = Value();
        (_weight, _depth) = around;
        return node;
    }

    /// <summary>The bounds of one part begin anew.</summary>
    public void Begin() => (_weight, _depth) = (0, 0);

    /// <summary>The text of a key, which the current token is.</summary>
    public string Key() => tokens.Token switch
    {
        DataToken.Scalar => Value().Text ?? "",
        DataToken.Alias => Named().Text ?? throw YamlErrors.NotYaml(Where, "a key that is no text"),
        _ => throw YamlErrors.NotYaml(Where, "a key that is no text"),
    };

    public void Advance()
    {
        if (!tokens.Next()) throw YamlErrors.NotYaml(Where, "it ends in the middle");
    }

    /// <summary>As <see cref="Part"/>, within the bounds of the part that is being read.</summary>
    public DataNode Value()
    {
        if (tokens.Document != _document)
        {
            _named.Clear();
            _document = tokens.Document;
        }
        if (++_depth > MaxDepth) throw YamlErrors.TooMuch(Where, $"nested deeper than {MaxDepth}");
        var anchor = tokens.Anchor;
        var node = tokens.Token switch
        {
            DataToken.Scalar => Weighed(DataNode.Scalar(tokens.Kind, tokens.Text, tokens.Line, tokens.Column)),
            DataToken.Alias => Named(),
            DataToken.ListStart => List(),
            _ => Map(),
        };
        if (anchor is not null) _named[anchor] = node;
        _depth--;
        return node;
    }

    public DataNode Weighed(DataNode node)
    {
        _weight++;
        return _weight > MaxWeight ? throw TooHeavy() : node;
    }

    private DataNode Named()
    {
        if (!_named.TryGetValue(tokens.Text!, out var node)) throw YamlErrors.NotYaml(Where, "an alias of something that is not named before");
        _aliased += node.Weight;
        _weight = (int)Math.Min(int.MaxValue, (long)_weight + node.Weight);
        return _weight > MaxWeight || _aliased > MaxAliased ? throw TooHeavy() : node;
    }

    private DataNode List()
    {
        var (line, column, before) = (tokens.Line, tokens.Column, _weight);
        var items = new List<DataNode>();
        for (Advance(); tokens.Token != DataToken.ListEnd; Advance())
            items.Add(Value());
        return Weighed(DataNode.List(items, 1 + _weight - before, line, column));
    }

    private DataNode Map()
    {
        var (line, column, before) = (tokens.Line, tokens.Column, _weight);
        var members = new DataMembers();
        for (Advance(); tokens.Token != DataToken.MapEnd; Advance())
            Member(members, Key());
        return Weighed(DataNode.Map(members.ToList(), 1 + _weight - before, line, column));
    }

    /// <summary>The value of a key that was just read.</summary>
    public void Member(DataMembers members, string key)
    {
        Advance();
        if (unread.Contains(key) && tokens.TryPass()) return;
        var value = Value();
        if (key != "<<" || value.Kind is not (DataKind.Map or DataKind.List)) members.Add(key, value);
        else members.Merge(value);
    }

    private Oci.ViaductException TooHeavy() => YamlErrors.TooMuch(Where, $"more than {MaxWeight} values in one object, or its aliases make it so");
}
