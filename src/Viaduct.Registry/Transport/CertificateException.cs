using System.Security.Authentication;

namespace Viaduct.Registry;

/// <summary>A certificate that does not count.</summary>
internal sealed class CertificateException(CertificateFault fault, string why) : AuthenticationException(why)
{
    public CertificateFault Fault => fault;
}
