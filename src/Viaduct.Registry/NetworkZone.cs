namespace Viaduct.Registry;

/// <summary>Where a host stands, as far as its literal address or reserved name tells.</summary>
internal enum NetworkZone
{
    Public,
    /// <summary>RFC 1918, RFC 6598 and fc00::/7.</summary>
    Private,
    /// <summary>Link-local (cloud metadata services live there), multicast, reserved.</summary>
    LinkLocal,
    Loopback,
}
