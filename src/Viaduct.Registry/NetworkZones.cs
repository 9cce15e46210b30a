using System.Net;
using System.Net.Sockets;

namespace Viaduct.Registry;

internal static class NetworkZones
{
    /// <summary>Where a host stands, as far as its literal address or reserved name tells: other names are public until they are looked up.</summary>
    /// <param name="host">As <see cref="Uri.IdnHost"/> gives it: without port, IDN dots made ASCII.</param>
    public static NetworkZone Of(string host)
    {
        host = host.TrimEnd('.').Trim('[', ']');
        if (IPAddress.TryParse(host, out var address)) return Of(address);
        if (host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase))
            return NetworkZone.Loopback;
        // The one metadata service that has a name of its own.
        return host.Equals("metadata.google.internal", StringComparison.OrdinalIgnoreCase) ? NetworkZone.LinkLocal : NetworkZone.Public;
    }

    public static NetworkZone Of(IPAddress address)
    {
        Span<byte> b = stackalloc byte[16];
        address.TryWriteBytes(b, out var length);
        if (address.AddressFamily == AddressFamily.InterNetwork) return OfIPv4(b[..length]);
        if (address.IsIPv4MappedToIPv6) return OfIPv4(b[12..]);
        if (b[..12].SequenceEqual(stackalloc byte[] { 0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0 })) return OfIPv4(b[12..]); // NAT64, RFC 6052
        if (b[0] == 0x20 && b[1] == 0x02) return OfIPv4(b[2..6]); // 6to4, RFC 3056
        if (b[..15].IndexOfAnyExcept((byte)0) < 0 && b[15] <= 1) return NetworkZone.Loopback;
        if (b[..12].IndexOfAnyExcept((byte)0) < 0) return OfIPv4(b[12..]); // IPv4-compatible, RFC 4291
        if ((b[0] & 0xfe) == 0xfc || (b[0] == 0xfe && (b[1] & 0xc0) == 0xc0)) return NetworkZone.Private;
        return (b[0] == 0xfe && (b[1] & 0xc0) == 0x80) || b[0] == 0xff ? NetworkZone.LinkLocal : NetworkZone.Public;
    }

    private static NetworkZone OfIPv4(ReadOnlySpan<byte> b) => b[0] switch
    {
        127 or 0 => NetworkZone.Loopback, // Linux connects 0.0.0.0 to itself
        10 => NetworkZone.Private,
        172 when b[1] is >= 16 and < 32 => NetworkZone.Private,
        192 when b[1] == 168 => NetworkZone.Private,
        100 when b[1] is >= 64 and < 128 => NetworkZone.Private,
        169 when b[1] == 254 => NetworkZone.LinkLocal,
        >= 224 => NetworkZone.LinkLocal,
        _ => NetworkZone.Public,
    };
}
