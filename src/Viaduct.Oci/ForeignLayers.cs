namespace Viaduct.Oci;

/// <summary>Layers that live elsewhere than beside their manifest (image-spec, layer.md, "Non-Distributable Layers"; Docker's foreign layers).</summary>
public static class ForeignLayers
{
    /// <summary>It is not distributed through registries, whoever has it: its type says so. An address alone says no more than where it is, too.</summary>
    public static bool IsForeign(Descriptor layer) =>
        layer.MediaType.Contains(".nondistributable.", StringComparison.Ordinal) || layer.MediaType.Contains(".foreign.", StringComparison.Ordinal);

    /// <summary>Its manifest may be there without it: for whoever receives the manifest.</summary>
    public static bool MayBeAbsent(Descriptor layer) => layer.Urls.Count > 0 || IsForeign(layer);

    /// <summary>Whether a copy takes it along: it is distributed, and the source has it where the manifest would be whole without.</summary>
    public static async Task<bool> IsTakenAsync(Descriptor layer, IContentSource from, CancellationToken cancellationToken)
    {
        if (!MayBeAbsent(layer)) return true;
        if (IsForeign(layer)) return false;
        try
        {
            await using var content = (await from.OpenBlobAsync(layer, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
            return true;
        }
        catch (ViaductException e) when (e.Kind == FailureKind.Absent)
        {
            return false;
        }
    }
}
