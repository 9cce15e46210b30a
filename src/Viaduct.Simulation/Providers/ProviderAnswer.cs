namespace Viaduct.Simulation;

/// <param name="Output">A CredentialProviderResponse as JSON; it may hold secrets. Null where there is none.</param>
/// <param name="Failure">Why kubelet gets nothing from it (it logs that, and goes on).</param>
/// <param name="Unknown">Why that cannot be known here: it is not run, and no answer is given for it.</param>
public sealed record ProviderAnswer(string? Output, string? Failure = null, string? Unknown = null)
{
    public override string ToString() => Failure ?? Unknown ?? "an answer";
}
