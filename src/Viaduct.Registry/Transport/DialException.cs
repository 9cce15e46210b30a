using System.Net;

namespace Viaduct.Registry;

/// <summary>No connection came about.</summary>
/// <param name="address">The first address that was tried, of those that a name has.</param>
internal sealed class DialException(IPAddress address, Exception inner) : IOException(inner.Message, inner)
{
    public IPAddress Address => address;
}
