using System.Text.RegularExpressions;
using Viaduct.Oci;
using Viaduct.Yaml;

namespace Viaduct.Simulation;

/// <summary>What kubelet reports of its node, and what follows from it.</summary>
internal sealed partial class NodeFacts
{
    private static readonly (string Title, string Build)[] Servers =
        [("Windows Server 2019", "10.0.17763"), ("Windows Server 2022", "10.0.20348"), ("Windows Server 2025", "10.0.26100")];

    public required string Name { get; init; }

    /// <summary>A member of status.nodeInfo.</summary>
    public required Func<string, string?> Said { get; init; }

    /// <summary>A label of the node.</summary>
    public required Func<string, string?> Label { get; init; }

    /// <summary>
    /// The node's platform; null when nothing is told that could be one. Kubernetes knows no variants: arm is the v7 that Normalized takes it
    /// for, and processors' levels are not told at all.
    /// </summary>
    public Platform? Platform(NodeRemarks remarks)
    {
        var os = Said("operatingSystem") ?? Label("kubernetes.io/os");
        var architecture = Said("architecture") ?? Label("kubernetes.io/arch");
        if (!Oci.Platform.TryParse($"{os}/{architecture}", out var platform))
        {
            remarks.Add("left out, because neither status.nodeInfo nor the labels tell operating system and architecture", Name);
            return null;
        }
        platform = platform.Normalized();
        if (!KnownPlatforms.Contains(platform)) remarks.Add($"{platform} is no platform that Go builds for", Name);
        if (platform.Os != "windows") return platform;

        if (Build() is { } build) return new Platform(platform.Os, platform.Architecture, platform.Variant) { OsVersion = build };
        remarks.Add("the build of Windows is not told, so every image for Windows is taken to fit", Name);
        return platform;
    }

    /// <summary>The node's runtime; of those without rules the nearest that has some.</summary>
    public Runtime Runtime(Platform platform, NodeRemarks remarks)
    {
        var said = Said("containerRuntimeVersion") ?? "";
        var match = RuntimeShape().Match(said);
        var text = match.Success ? $"{match.Groups["name"].Value}://{match.Groups["version"].Value}" : "";
        if (!Runtimes.TryParse(text, out var runtime) || !runtime.RunsPods)
        {
            // Older than the oldest that has rules, or something else altogether.
            runtime = Runtimes.All.FirstOrDefault(r => r.RunsPods && r.Name == match.Groups["name"].Value) ?? Runtimes.Default;
            remarks.Add(said == "" ? $"no runtime is told; {runtime} is simulated" : $"there are no rules for '{YamlErrors.Shown(said, 60)}'; {runtime} is simulated", Name);
        }
        return platform.Os == "linux" && LocalRuntimes.HasChoice(runtime) ? KnownSetups.Apply(this, runtime, remarks) : runtime;
    }

    private string? Build() =>
        new[] { Label("node.kubernetes.io/windows-build"), Said("kernelVersion") }.Select(t => BuildShape().Match(t ?? "")).FirstOrDefault(m => m.Success)?.Groups["build"].Value
        ?? Servers.FirstOrDefault(s => Said("osImage")?.StartsWith(s.Title, StringComparison.OrdinalIgnoreCase) ?? false).Build;

    /// <summary>The label has three numbers, the kernel's version a fourth that no rule looks at.</summary>
    [GeneratedRegex(@"^(?<build>10\.0\.[0-9]{5,6})(\.|$)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex BuildShape();

    /// <summary>Behind the two numbers that count distributions write all kinds of things: containerd://2.1.5-k3s1.33, cri-o://1.28.3.14.rhaos4.15.git33aabd8.el9.</summary>
    [GeneratedRegex(@"^(?<name>[a-z-]{1,30})://v?(?<version>[0-9]{1,6}(\.[0-9]{1,6})?)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex RuntimeShape();
}
