namespace Viaduct.Simulation;

/// <summary>Why a registry could not be asked at all.</summary>
/// <param name="Detail">
/// What the machine knows: the address that refused (null where the name is an address, or localhost), the DNS server that was asked (<c>10.0.0.10:53</c>),
/// the names that the certificate is for, or Go's words.
/// </param>
public sealed record ConnectionFailure(ConnectionFault Fault, string? Detail = null)
{
    internal bool IsAboutTls => Fault is ConnectionFault.UnknownAuthority or ConnectionFault.OtherName;

    /// <summary>As Go's net, crypto/tls and crypto/x509 put it; since Go 1.20 with the step that failed.</summary>
    internal string Told(PullPlace place, string scheme, bool namesTlsStep)
    {
        var step = namesTlsStep ? "tls: failed to verify certificate: " : "";
        return Fault switch
        {
            ConnectionFault.Refused => $"dial tcp {place.Address(Detail, scheme)}: connect: connection refused",
            ConnectionFault.NoSuchHost => $"dial tcp: lookup {place.HostName}{(Detail is null ? "" : " on " + Detail)}: no such host",
            ConnectionFault.UnknownAuthority => $"{step}x509: certificate signed by unknown authority",
            ConnectionFault.OtherName => $"{step}x509: certificate is valid for {Detail}, not {place.HostName}",
            _ => Detail ?? "EOF",
        };
    }
}
