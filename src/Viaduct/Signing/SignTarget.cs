using Viaduct.Oci;

namespace Viaduct.Signing;

/// <summary>A list or image that is to have a signature.</summary>
/// <param name="Tags">Of a list; none for the image of a platform.</param>
internal sealed record SignTarget(Reference Repository, Descriptor Manifest, IReadOnlyList<string> Tags)
{
    /// <summary>What is signed: a name that cannot mean anything else tomorrow.</summary>
    public override string ToString() => $"{Repository.Name}@{Manifest.Digest}";
}
