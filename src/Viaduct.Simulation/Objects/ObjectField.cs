using Viaduct.Yaml;

namespace Viaduct.Simulation;

/// <summary>
/// A value of an object with its path, as the API server names it: <c>spec.containers[0].image</c>. What is there and is of the wrong kind is
/// remarked on, and is as if it were not there.
/// </summary>
internal readonly record struct ObjectField(ObjectScope Scope, DataNode? Node, string Path)
{
    public bool IsThere => Node is { Kind: not DataKind.Nothing };

    /// <summary><c>file:line:column</c>, of the object where the value is not there.</summary>
    public string Where => Scope.At(Node);

    public ObjectField this[string name] => new(Scope, Map?[name], Path.Length == 0 ? name : $"{Path}.{name}");

    /// <summary>Null where it is not there or is no text.</summary>
    public string? Text => Of(DataKind.Text)?.Text;

    /// <summary>"true" or "false" without quotes.</summary>
    public bool IsTrue => Of(DataKind.Truth)?.Text is "true" or "True" or "TRUE" or "yes" or "Yes" or "YES" or "on" or "On" or "ON" or "y" or "Y";

    /// <summary>Not there where it is not a whole number.</summary>
    public long? Number => Of(DataKind.Number)?.Text is { } text && long.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;

    public IEnumerable<ObjectField> Items
    {
        get
        {
            var items = Of(DataKind.List)?.Items ?? [];
            for (var i = 0; i < items.Count; i++)
                yield return new ObjectField(Scope, items[i], $"{Path}[{i}]");
        }
    }

    /// <summary>The members of a mapping whose values are texts; of a name the last.</summary>
    public IReadOnlyDictionary<string, string> Texts
    {
        get
        {
            if (Map is not { Members.Count: > 0 } map) return Nothing;
            var texts = new Dictionary<string, string>(map.Members.Count, StringComparer.Ordinal);
            foreach (var (name, value) in map.Members)
                if (new ObjectField(Scope, value, $"{Path}[{name}]").Text is { } text) texts[name] = text;
            return texts;
        }
    }

    private static readonly IReadOnlyDictionary<string, string> Nothing = new Dictionary<string, string>();

    private DataNode? Map => Of(DataKind.Map);

    public void Remark(Verdict verdict, string text) => Scope.Remarks.Add(verdict, Where, text);

    /// <summary>In the words of the API server, which refuses the object for it.</summary>
    public void Refuse(string words) => Remark(Verdict.Failure, $"{Scope.Name}: {Path}: {words}");

    private DataNode? Of(DataKind kind)
    {
        if (Node is null || Node.Kind == kind) return Node;
        if (Node.Kind != DataKind.Nothing) Refuse($"{Words(Node.Kind)} where {Words(kind)} has to be");
        return null;
    }

    private static string Words(DataKind kind) => kind switch
    {
        DataKind.Text => "a text",
        DataKind.Number => "a number",
        DataKind.Truth => "true or false",
        DataKind.List => "a list",
        _ => "a mapping",
    };
}
