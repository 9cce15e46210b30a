namespace Viaduct.Registry;

/// <summary>What was to speak TLS speaks something else.</summary>
internal sealed class NoTlsException(bool isHttp) : IOException(isHttp ? "it speaks plain HTTP" : "it speaks no TLS")
{
    public bool IsHttp => isHttp;
}
