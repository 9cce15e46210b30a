using System.Text.RegularExpressions;

namespace Viaduct.Simulation;

/// <summary>Versions of Kubernetes as kubelets and people write them: <c>v1.33.5-gke.1201000</c>, <c>1.33</c>.</summary>
internal static partial class KubernetesText
{
    /// <summary>"1.33", which is all that decides anything; null when it is no version.</summary>
    public static string? MinorOf(string text) => text.Length <= 64 && Shape().Match(text) is { Success: true } match ? match.Groups["minor"].Value : null;

    [GeneratedRegex(@"^v?(?<minor>1\.[0-9]{1,3})(\.[0-9]{1,6})?([-+][0-9A-Za-z.+_-]*)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Shape();
}
