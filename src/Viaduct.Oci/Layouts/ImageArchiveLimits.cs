namespace Viaduct.Oci.Layouts;

/// <summary>What an archive from a stranger may cost.</summary>
public sealed record ImageArchiveLimits
{
    public int Entries { get; init; } = 20_000;

    /// <summary>Of all files together, after decompression.</summary>
    public long Bytes { get; init; } = 64L << 30;
}
