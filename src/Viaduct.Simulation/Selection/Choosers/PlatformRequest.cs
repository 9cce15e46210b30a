using Viaduct.Oci;

namespace Viaduct.Simulation;

/// <param name="Platform">The host's, or what was asked for, in the words that were used.</param>
/// <param name="AsHost">True when the runtime was asked for nothing and takes what it finds its host to be.</param>
internal sealed record PlatformRequest(Platform Platform, bool AsHost);
