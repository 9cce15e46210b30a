namespace Viaduct.Simulation;

/// <summary>The objects of one kind: of two of the same name the later one, as if they were applied one after the other.</summary>
internal sealed class ObjectSet<T>
{
    private readonly List<(T Value, string Where)> _values = [];
    private readonly Dictionary<(string Group, string Kind, string Namespace, string Name), int> _places = [];

    /// <returns>Where the one is that it replaces; null where there is none.</returns>
    public string? Add(ObjectHead head, T value)
    {
        // What has no name of its own yet gets one that nothing else has.
        if (head.HasName && !_places.TryAdd((head.Group, head.Kind, head.Namespace, head.Name), _values.Count))
        {
            var place = _places[(head.Group, head.Kind, head.Namespace, head.Name)];
            var first = _values[place].Where;
            _values[place] = (value, head.Where);
            return first;
        }
        _values.Add((value, head.Where));
        return null;
    }

    public IReadOnlyList<T> ToList() => [.. _values.Select(v => v.Value)];
}
