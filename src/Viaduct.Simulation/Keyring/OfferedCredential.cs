namespace Viaduct.Simulation;

/// <summary>A credential that kubelet tries for an image.</summary>
/// <param name="Source">For people, without anything secret: <c>secret shop/regcred</c>, <c>/var/lib/kubelet/config.json</c>, <c>provider ecr-credential-provider</c>.</param>
/// <param name="Key">The effective key that matched: <c>r.io/team</c>.</param>
public sealed record OfferedCredential(CredentialOrigin Origin, string Source, string Key, RegistryLogin Login)
{
    /// <summary>Of a secret: what KEP-2535's records know it by; null of others.</summary>
    public PullSecret? Secret { get; init; }

    /// <summary>Of a provider that was asked with the pod's token.</summary>
    public ServiceAccount? ServiceAccount { get; init; }

    public override string ToString() => $"{Source}, key {Key}";
}
