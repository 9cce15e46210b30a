namespace Viaduct.Simulation;

/// <summary>Compares all of a node but its name, so that five thousand nodes of two kinds are simulated twice.</summary>
internal sealed class NodeKindComparer : IEqualityComparer<Node>
{
    public bool Equals(Node? x, Node? y)
    {
        if (ReferenceEquals(x, y)) return true;
        return x is not null && y is not null
            && x.Platform.Equals(y.Platform) && Key(x.Runtime) == Key(y.Runtime)
            && x.Runs32Bit == y.Runs32Bit && x.KubernetesVersion == y.KubernetesVersion
            && x.Emulates.ToHashSet().SetEquals(y.Emulates);
    }

    public int GetHashCode(Node node) => HashCode.Combine(node.Platform, Key(node.Runtime), node.Runs32Bit, node.KubernetesVersion);

    private static (string, string, string?) Key(Runtime runtime) => (runtime.Name, runtime.Version, runtime.Mode);
}
