using Viaduct.Oci;

namespace Viaduct.Manifests;

/// <summary>An image of a pushed list.</summary>
/// <param name="From">The reference, layout or engine that it came from.</param>
/// <param name="IsMoved">True when it was not in the list's repository and was brought there: docker's "Pushed ref".</param>
public sealed record PushedImage(string From, Descriptor Entry, bool IsMoved)
{
    public bool IsAttestation => AttestationEntry.Is(Entry);
}
