using System.Net;
using Viaduct.Oci;

namespace Viaduct.Registry;

/// <summary>No whole answer came.</summary>
public sealed class TransportException : ViaductException
{
    internal TransportException(string code, string what, string where, string? todo, int tries, Exception? inner)
        : base(code, what, where, todo, ExitCode.Unreachable, inner) => Tries = tries;

    /// <summary>Host and port that were asked, the port unless it is the scheme's own; empty when it is not a connection that failed.</summary>
    public string Authority { get; internal init; } = "";

    /// <summary>The address that was tried first; null when none was, or when it answered.</summary>
    public IPAddress? Address => Find<DialException>()?.Address;

    /// <summary>What is wrong with the certificate; null when it is not that.</summary>
    public CertificateFault? Certificate => Find<CertificateException>()?.Fault;

    /// <summary>True where TLS was to be spoken and HTTP came; false when other bytes came; null when it is not that.</summary>
    public bool? SpeaksHttp => Find<NoTlsException>()?.IsHttp;

    /// <summary>How often it is worth asking.</summary>
    internal int Tries { get; }

    internal TransportException After(int attempts) => attempts < 2 ? this
        : new TransportException(Code, $"{Message} (tried {attempts} times)", Where!, Todo, Tries, InnerException) { Authority = Authority, Kind = Kind };

    /// <summary>The same, of what has been tried as often as is worth it.</summary>
    internal TransportException Finally(int attempts) =>
        new(Code, attempts < 2 ? Message : $"{Message} (tried {attempts} times)", Where!, Todo, tries: 1, InnerException) { Authority = Authority, Kind = Kind };

    /// <summary>What caused it, where that is known by its type.</summary>
    public T? Find<T>() where T : Exception
    {
        for (var e = InnerException; e is not null; e = e.InnerException)
            if (e is T found) return found;
        return null;
    }
}
