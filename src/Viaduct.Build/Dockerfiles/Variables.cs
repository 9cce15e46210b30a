namespace Viaduct.Build.Dockerfiles;

/// <summary>The variables that an instruction sees.</summary>
internal sealed class Variables
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <summary>
    /// True while the environment of a base image is not known: a name that is not found here may still be set there.
    /// </summary>
    public bool Open { get; init; }

    public string this[string name] { set => _values[name] = value; }

    public IReadOnlyCollection<string> Names => _values.Keys;

    public Variables Copy()
    {
        var copy = new Variables { Open = Open };
        foreach (var (name, value) in _values) copy._values[name] = value;
        return copy;
    }

    public void Forget(string name) => _values.Remove(name);

    public void ForgetAll() => _values.Clear();

    public bool TryGet(string name, out string value)
    {
        if (_values.TryGetValue(name, out var found))
        {
            value = found;
            return true;
        }
        value = "";
        return false;
    }
}
