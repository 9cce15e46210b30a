namespace Viaduct.Acceptance.Tests.Faults;

/// <summary>How a registry is entered.</summary>
public enum Door
{
    Open,

    /// <summary>With tokens that end before they said they would.</summary>
    Tokens,

    /// <summary>By TLS, which offers HTTP/2.</summary>
    Tls,
}
