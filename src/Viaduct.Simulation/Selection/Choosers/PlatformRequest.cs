using Viaduct.Oci;

namespace Viaduct.Simulation;

/// <param name="Platform">The host's, or what was asked for, in the words that were used.</param>
/// <param name="AsHost">True when the runtime was asked for nothing and takes what it finds its host to be.</param>
internal sealed record PlatformRequest(Platform Platform, bool AsHost)
{
    /// <summary>What is looked for: what was asked, or what the runtime takes its host for.</summary>
    public Platform Wanted => AsHost ? HostPlatform.Of(Platform) : Platform;

    /// <summary>The same as docker's error texts write it.</summary>
    public Platform Shown => AsHost ? PlatformWords.OfHost(Platform) : PlatformWords.Parsed(Platform);
}
