namespace Viaduct.Build;

/// <summary>What is attached beside an image.</summary>
[Flags]
public enum AttestationKinds
{
    None = 0,

    /// <summary>How it was built: SLSA provenance v1.</summary>
    Provenance = 1,

    /// <summary>What is in it: SPDX 2.3.</summary>
    Sbom = 2,
}
