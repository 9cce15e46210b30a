namespace Viaduct.Registry;

/// <summary>In the order in which they are looked for.</summary>
public enum CertificateFaultKind
{
    /// <summary>It has expired, or is not valid yet.</summary>
    Expired,

    /// <summary>It is for other hosts.</summary>
    OtherName,

    /// <summary>Nobody who is trusted vouches for it.</summary>
    Untrusted,
}
