namespace Viaduct.Simulation;

/// <summary>How an image came to a node: what kubelet's records of pulled images say (KEP-2535).</summary>
public enum ImageOrigin
{
    /// <summary>Without kubelet: no record.</summary>
    Preloaded,

    /// <summary>By kubelet, anonymously or with credentials of the node: every pod may use it.</summary>
    Node,

    /// <summary>By kubelet with a secret of a pod.</summary>
    Secret,

    /// <summary>By kubelet with a token of a ServiceAccount.</summary>
    ServiceAccount,

    /// <summary>Nobody says: <c>status.images</c> of a Node object has names alone.</summary>
    Unknown,
}
