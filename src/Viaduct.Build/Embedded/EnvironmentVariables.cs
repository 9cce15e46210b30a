namespace Viaduct.Build;

/// <summary>A list of <c>NAME=value</c> while ENV instructions change it.</summary>
internal sealed class EnvironmentVariables
{
    private readonly List<string?> _pairs;
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);

    public EnvironmentVariables(IReadOnlyList<string> pairs)
    {
        _pairs = [.. pairs];
        for (var i = 0; i < pairs.Count; i++) _places.TryAdd(Name(pairs[i]), i);
    }

    public IReadOnlyList<string> Pairs => [.. _pairs.OfType<string>()];

    /// <summary>Sets a variable: in its place when it is there, at the end otherwise.</summary>
    public void Set(string name, string value)
    {
        var pair = $"{name}={value}";
        if (_places.TryAdd(Name(pair), _pairs.Count)) _pairs.Add(pair);
        else _pairs[_places[Name(pair)]] = pair;
    }

    public static bool Has(IReadOnlyList<string> environment, string name) => environment.Any(pair => pair.StartsWith(name + "=", StringComparison.Ordinal));

    /// <summary>The environment that the ENV instructions of a stage leave behind, as far as it is known.</summary>
    public static IReadOnlyList<string> After(IReadOnlyList<string> before, IReadOnlyList<Step> steps)
    {
        var after = new EnvironmentVariables(before);
        foreach (var (key, value) in steps.Where(s => s.Instruction.Name == "ENV").SelectMany(s => s.Pairs))
        {
            if (!key.Certain) return [];
            if (value.Certain) after.Set(key.Text, value.Text);
            else after.Forget(key.Text);
        }
        return after.Pairs;
    }

    private void Forget(string name)
    {
        if (_places.Remove(name, out var place)) _pairs[place] = null;
    }

    private static string Name(string pair) => pair.IndexOf('=') is >= 0 and var equals ? pair[..equals] : pair;
}
