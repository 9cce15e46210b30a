using System.Globalization;
using Viaduct.Build.Dockerfiles;

namespace Viaduct.Build;

/// <summary>The ports that an image exposes: a flag for each that there is, so that no number of ranges makes more of them than that.</summary>
internal sealed class ExposedPorts
{
    private readonly Dictionary<string, bool[]> _ports = [];
    private readonly HashSet<string> _others = [];

    public ExposedPorts(IEnumerable<string> ports)
    {
        // What a base writes in a way of its own stays as it is.
        foreach (var port in ports)
            if (PortSpec.Parse(port) is { First: var first, Last: var last } range && first == last && Text(first, range.Protocol) == port) Add(range);
            else _others.Add(port);
    }

    private ExposedPorts(ExposedPorts other)
    {
        foreach (var (protocol, ports) in other._ports) _ports[protocol] = [.. ports];
        _others.UnionWith(other._others);
    }

    public ExposedPorts Copy() => new(this);

    public void Add(PortSpec range)
    {
        if (!_ports.TryGetValue(range.Protocol, out var ports)) _ports[range.Protocol] = ports = new bool[PortSpec.Max + 1];
        ports.AsSpan(range.First..(range.Last + 1)).Fill(true);
    }

    public IReadOnlyList<string> ToList() =>
        [.. _ports.SelectMany(p => Enumerable.Range(0, PortSpec.Max + 1).Where(n => p.Value[n]).Select(n => Text(n, p.Key))).Concat(_others).Order(StringComparer.Ordinal)];

    private static string Text(int port, string protocol) => string.Create(CultureInfo.InvariantCulture, $"{port}/{protocol}");
}
