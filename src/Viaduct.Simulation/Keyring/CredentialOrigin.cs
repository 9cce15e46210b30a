namespace Viaduct.Simulation;

/// <summary>Where a credential comes from, in the order in which kubelet tries them (from 1.33 on).</summary>
public enum CredentialOrigin
{
    Secret,
    NodeFile,

    /// <summary>Built into kubelet, up to 1.30.</summary>
    InTreeProvider,
    ExecProvider,
}
