namespace Viaduct.Simulation;

/// <summary>Compares all that decides what becomes of a pod on a node, so that thousands of nodes of twenty kinds are simulated twenty times.</summary>
internal sealed class NodeKubeletComparer : IEqualityComparer<Node>
{
    public bool Equals(Node? x, Node? y) =>
        ReferenceEquals(x, y) || (Node.SameKind.Equals(x, y) && KubeletSetup.SameSetup.Equals(x!.Kubelet ?? KubeletSetup.Default, y!.Kubelet ?? KubeletSetup.Default));

    public int GetHashCode(Node node) => HashCode.Combine(Node.SameKind.GetHashCode(node), KubeletSetup.SameSetup.GetHashCode(node.Kubelet ?? KubeletSetup.Default));
}
