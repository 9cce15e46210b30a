using Viaduct.Build;
using Viaduct.Lists;
using Viaduct.Oci;
using Viaduct.Oci.Layouts;
using Viaduct.Planning;

namespace Viaduct.Execution;

/// <summary>
/// Writes what was built into an OCI layout. A layout has one space of names for all repositories, so the whole name without its
/// registry is the reference: <c>pause-amd64:3.10</c>, which image-spec's grammar of ref.name allows (annotations.md).
/// </summary>
internal static class LayoutExport
{
    public static async Task WriteAsync(
        OciLayout layout, string prefix, Plan plan, IReadOnlyDictionary<ChildId, BuiltImage> built, IReadOnlyList<AssembledList> lists, CancellationToken cancellationToken)
    {
        foreach (var child in plan.Observed.Children)
        {
            if (!built.TryGetValue(child.Id, out var image)) continue;
            foreach (var blob in image.Blobs.Concat(image.Attestations.SelectMany(a => a.Blobs)).DistinctBy(b => b.Descriptor.Digest))
                await layout.PushBlobAsync(blob, cancellationToken).ConfigureAwait(false);
            foreach (var attestation in image.Attestations) await layout.PushManifestAsync(attestation.Manifest, cancellationToken).ConfigureAwait(false);
            foreach (var name in child.Names)
                await layout.NameAsync(NameOf(name.Name), image.Manifest, cancellationToken).ConfigureAwait(false);
        }
        foreach (var list in lists)
            foreach (var name in list.Targets)
                await layout.NameAsync(NameOf(name), list.List, cancellationToken).ConfigureAwait(false);

        string NameOf(Reference name) => name.ToString()[(prefix.Length + 1)..];
    }
}
