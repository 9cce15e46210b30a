using System.Globalization;

namespace Viaduct.Simulation;

/// <summary>1.34 and the like; compared by its numbers.</summary>
public readonly record struct KubernetesVersion(int Major, int Minor) : IComparable<KubernetesVersion>
{
    /// <summary>Taken where a node does not say: the newest whose behaviour was read.</summary>
    public static readonly KubernetesVersion Default = new(1, 35);

    /// <summary>Of a node's kubelet; the default where it does not say.</summary>
    public static KubernetesVersion Of(Node node) => node.KubernetesVersion is { } text && TryParse(text, out var version) ? version : Default;

    /// <summary>Reads <c>1.34</c>, <c>v1.33.5-gke.1201000</c> and the like.</summary>
    public static bool TryParse(string text, out KubernetesVersion version)
    {
        version = default;
        if (KubernetesText.MinorOf(text) is not { } minor) return false;
        version = new(1, int.Parse(minor.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture));
        return true;
    }

    /// <exception cref="FormatException">It is no version.</exception>
    public static KubernetesVersion Parse(string text) => TryParse(text, out var version) ? version : throw new FormatException($"no version of Kubernetes: '{text}'");

    public int CompareTo(KubernetesVersion other) => Major != other.Major ? Major.CompareTo(other.Major) : Minor.CompareTo(other.Minor);

    public static bool operator <(KubernetesVersion left, KubernetesVersion right) => left.CompareTo(right) < 0;
    public static bool operator >(KubernetesVersion left, KubernetesVersion right) => left.CompareTo(right) > 0;
    public static bool operator <=(KubernetesVersion left, KubernetesVersion right) => left.CompareTo(right) <= 0;
    public static bool operator >=(KubernetesVersion left, KubernetesVersion right) => left.CompareTo(right) >= 0;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}");
}
