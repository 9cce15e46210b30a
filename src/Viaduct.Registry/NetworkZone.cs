namespace Viaduct.Registry;

/// <summary>Where an address stands; the more public come first.</summary>
internal enum NetworkZone
{
    Public,
    /// <summary>RFC 1918, RFC 6598 and fc00::/7.</summary>
    Private,
    /// <summary>Link-local (cloud metadata services live there), multicast, reserved.</summary>
    LinkLocal,
    Loopback,
}
