using Viaduct.Oci;

namespace Viaduct.Simulation;

/// <summary>
/// Compares what a config says with what its list entry and the node are. No runtime looks at a config when it selects;
/// so a config that is wrong about a binary that runs is a warning, and one that nothing contradicts is believed.
/// </summary>
internal static class PlatformAgreement
{
    /// <param name="entry">What the list says; null for an image without a list.</param>
    /// <param name="runs">True when the program was read and is one that the node runs.</param>
    public static IEnumerable<Finding> Compare(Platform config, Platform? entry, Platform node, bool runs)
    {
        var (own, host) = (config.Normalized(), node.Normalized());
        if (own.Os.Length == 0 || own.Architecture.Length == 0)
        {
            yield return new(FindingKinds.ConfigWithoutPlatform, Verdict.Warning, "its config names no platform");
            yield break;
        }
        // hcsshim and Windows itself refuse other builds, whatever a list says (process isolation).
        if (own.Os == "windows" && host.Os == "windows" && !new WindowsBuilds(node.OsVersion, byPrefix: false).Takes(config.OsVersion))
            yield return new(FindingKinds.WindowsBuild, Verdict.Failure, $"its config says {config}, and Windows {node.OsVersion} does not run that build");
        var gravity = runs ? Verdict.Warning : Verdict.Failure;
        if (entry is not null)
        {
            foreach (var finding in WithEntry(config, entry, gravity)) yield return finding;
            yield break;
        }
        var takes = new PlatformVector(node, old: false, exact: false, "linux", null).Takes(config);
        if (own.Os != host.Os)
            yield return new(FindingKinds.OtherPlatform, Verdict.Failure, $"its config says {config}: every runtime pulls it, and nothing in it runs on {node.Os}");
        else if (takes ? own.Architecture != host.Architecture : own.Architecture == host.Architecture)
            yield return new(FindingKinds.OtherPlatform, Verdict.Warning, $"its config says {config}: every runtime pulls it, and it runs only where the processor allows it");
        else if (!takes)
            yield return new(FindingKinds.OtherPlatform, gravity, $"its config says {config}: every runtime pulls it without looking at that");
    }

    private static IEnumerable<Finding> WithEntry(Platform config, Platform entry, Verdict gravity)
    {
        var (own, said) = (config.Normalized(), entry.Normalized());
        if (own.Architecture != said.Architecture || (own.Os != said.Os && said.Os.Length > 0))
            // With a platform-bound unpacker containerd 2.2 skips such an image (Azure/AgentBaker#8815).
            yield return new(FindingKinds.ConfigDisagrees, gravity, $"its config says {config}: list and image disagree, and containerd 2.2 may not unpack it");
        else if (config.Variant is not null && entry.Variant is not null && own.Variant != said.Variant)
            yield return new(FindingKinds.VariantDisagrees, Verdict.Warning, $"its config says {config}: list and image disagree");
    }
}
