namespace Viaduct.Oci.Layers;

/// <summary>How much of a layer is read before it is taken for an attack. The defaults leave room for the largest images known in the field.</summary>
public sealed record LayerLimits
{
    public static readonly LayerLimits Default = new();

    /// <summary>Reads what is packed with bzip2 or xz, too: archives that are no layers, for no runtime unpacks such a one.</summary>
    public bool AnyPacking { get; init; }

    /// <summary>Bytes of the archive, unpacked.</summary>
    public long MaxBytes { get; init; } = 64L << 30;

    /// <summary>Unpacked bytes for each packed one. Deflate can reach 1032; only files of zeros come near.</summary>
    public int MaxRatio { get; init; } = 250;

    /// <summary>Unpacked bytes up to which the ratio does not count.</summary>
    public long RatioGrace { get; init; } = 1L << 30;

    /// <summary>Entries of one layer.</summary>
    public int MaxEntries { get; init; } = 1_000_000;

    /// <summary>Files and directories of all layers together, where they are merged.</summary>
    public int MaxFiles { get; init; } = 4_000_000;

    /// <summary>Characters and bytes of names, links and attributes that are kept in memory where layers are merged.</summary>
    public long MaxNames { get; init; } = 512L << 20;

    /// <summary>
    /// Names that are walked through where layers are merged and paths are looked up in them, in all. Forty links of 4 KiB each can make
    /// 80,000 steps of one path; two million files twenty folders deep take forty million.
    /// </summary>
    public long MaxSteps { get; init; } = 100_000_000;
}
