namespace Viaduct.Simulation;

/// <summary>What became of asking one provider for one image.</summary>
/// <param name="Remark">Why kubelet has nothing of it.</param>
/// <param name="Unknown">Why that is not known.</param>
internal sealed record ProviderReply(IReadOnlyList<ProviderEntry> Auth, string? Remark = null, string? Unknown = null)
{
    public ServiceAccount? ServiceAccount { get; init; }

    public override string ToString() => Remark ?? Unknown ?? "a reply";
}
