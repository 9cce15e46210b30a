using Viaduct.Copying;
using Viaduct.Verification;

namespace Viaduct.Promoting;

/// <param name="Copies">In the order of what was asked for, one for each repository; empty when it was refused.</param>
/// <param name="Before">What nodes get from the lists of staging.</param>
/// <param name="After">From those of production; empty when nothing was to be changed there.</param>
public sealed record PromotionResult(IReadOnlyList<(Promoted Name, CopyResult Copy)> Copies, IReadOnlyList<ListReport> Before, IReadOnlyList<ListReport> After)
{
    public bool IsRefused => Before.Any(r => r.HasFailed);

    /// <summary>True when production had all of it.</summary>
    public bool IsNothing => !IsRefused && Copies.All(c => c.Copy is { Manifests.Copied: 0, SignatureTags.Count: 0 } && c.Copy.Tags.All(t => !t.Set));

    /// <exception cref="Oci.ViaductException">VIA5063, VIA5064.</exception>
    public void Check()
    {
        if (IsRefused) throw PromotionErrors.Refused(Before.Where(r => r.HasFailed).Select(r => r.List));
        if (After.Any(r => r.HasFailed)) throw PromotionErrors.Unproven(After.Where(r => r.HasFailed).Select(r => r.List));
    }
}
