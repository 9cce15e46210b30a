using Viaduct.Oci;

namespace Viaduct.Build.Engines;

/// <summary>An engine that answered.</summary>
/// <param name="Name">What it is, whichever socket it was found at: <c>docker</c>, <c>podman</c>, <c>containerd</c>.</param>
/// <param name="Version">As it says it: <c>28.5.2+dfsg4</c>.</param>
/// <param name="Address">Where it was found.</param>
/// <param name="Platform">What it takes its host for.</param>
/// <param name="HasContainerdStore">True for docker that keeps its images in containerd's store, whose ids are digests of manifests; elsewhere they are those of configs.</param>
public sealed record EngineInfo(string Name, string Version, string Address, Platform Platform, bool HasContainerdStore)
{
    public override string ToString() => $"{Name} {Version}{(HasContainerdStore ? " (containerd store)" : "")} at {Address}";
}
