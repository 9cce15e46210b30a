using System.Net.Sockets;
using System.Security.Authentication;

namespace Viaduct.Registry;

/// <summary>What .NET throws, as a sentence, and whether trying again may help.</summary>
internal static class TransportFailures
{
    /// <summary>A connection that broke may hold next time.</summary>
    private const int Often = RetryPolicy.MaxTries;

    /// <summary>Patience has been spent once already.</summary>
    private const int Twice = 2;

    /// <summary>A wrong name, a closed port or a wrong certificate stays so, unless there was an answer before.</summary>
    private const int Once = 1;

    /// <param name="answered">True when the one that is asked has answered before: what cannot be reached now is away for a moment, to be started anew.</param>
    public static TransportException? Explain(Exception e, HttpMethod method, Uri target, Watchdog watchdog, bool answered = false)
    {
        var where = Call.NameOf(method, target);
        var host = target.Authority;
        if (watchdog.Barked)
            return RegistryErrors.Stalled(where, host, $"{host} was silent for {watchdog.Limit.TotalSeconds:0} s", Twice, e);
        if (Find<NoTlsException>(e) is { } other)
            return RegistryErrors.Tls(where, host, other.Message, Once, e);
        if (Find<AuthenticationException>(e) is { } tls)
            return RegistryErrors.Tls(where, host, tls.InnerException is null ? tls.Message : $"{tls.Message} {tls.InnerException.Message}", Once, e);
        if (RefusesCertificate(e))
            return RegistryErrors.NoClientCertificate(where, host, Once, e);
        if (Find<SocketException>(e) is { } socket)
            return RegistryErrors.Unreachable(where, host, Say(socket), answered || !IsFirstFailure(e, socket) ? Often : Once, e);
        // HTTP/2's GOAWAY and RST_STREAM: a proxy that is being replaced, a server that ends its connections now and then (dotnet/corefx#39013).
        if (Find<HttpProtocolException>(e) is { } broken)
            return RegistryErrors.Unreachable(where, host, $"the request was broken off (HTTP/2 error {broken.ErrorCode})", Often, e);
        return e switch
        {
            // ConnectTimeout shows as a cancellation that nobody asked for.
            OperationCanceledException => RegistryErrors.Unreachable(where, host, $"no connection within {Patience.Connect.TotalSeconds:0} s", Twice, e),
            HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } =>
                RegistryErrors.Tls(where, host, "the handshake was cut off", Once, e),
            HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded } =>
                RegistryErrors.Unreachable(where, host, "the connection ended before an answer came", Often, e),
            HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse or HttpRequestError.HttpProtocolError or HttpRequestError.ConfigurationLimitExceeded } =>
                RegistryErrors.NotHttp(where, host, Once, e),
            HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError } =>
                RegistryErrors.Unreachable(where, host, "the proxy did not connect", Once, e),
            HttpRequestException or IOException => RegistryErrors.Unreachable(where, host, "the connection broke", Often, e),
            _ => null,
        };
    }

    public static TransportException? ExplainBody(Exception e, Answer answer, long read, Watchdog watchdog)
    {
        var of = answer.Length is { } length ? $" of {length}" : "";
        if (watchdog.Barked)
            return RegistryErrors.Stalled(answer.Name, answer.Uri.Authority, $"{answer.Uri.Authority} sent nothing for {watchdog.Limit.TotalSeconds:0} s after {read}{of} bytes", Twice, e);
        return e is IOException or HttpRequestException or SocketException
            ? RegistryErrors.Unreachable(answer.Name, answer.Uri.Authority, $"the connection ended after {read}{of} bytes", Often, e)
            : null;
    }

    /// <summary>
    /// In TLS 1.3 a server looks at the client's certificate after the client has taken the connection for made, so that its alert comes with the
    /// first read (RFC 8446, 4.4.2.4 and 6.2; OpenSSL's words: "alert bad certificate", "alert certificate required", "alert unknown ca").
    /// </summary>
    private static bool RefusesCertificate(Exception e)
    {
        for (var cause = e; cause is not null; cause = cause.InnerException)
            if (cause.Message.Contains(" alert ", StringComparison.Ordinal)
                && (cause.Message.Contains("certificate", StringComparison.Ordinal) || cause.Message.Contains("unknown ca", StringComparison.Ordinal))) return true;
        return false;
    }

    private static string Say(SocketException e) => e.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => "connection refused",
        SocketError.HostNotFound or SocketError.NoData => "no such host",
        SocketError.TryAgain => "its name cannot be resolved now",
        SocketError.TimedOut => "connection timed out",
        SocketError.NetworkUnreachable or SocketError.HostUnreachable => "no route to it",
        SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown => "the connection was reset",
        _ => e.SocketErrorCode.ToString(),
    };

    /// <summary>A name or an address that leads nowhere; what happens to a connection that was made is no sign of that, whatever its word.</summary>
    private static bool IsFirstFailure(Exception e, SocketException socket) => socket.SocketErrorCode switch
    {
        SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown or SocketError.TryAgain or SocketError.OperationAborted => false,
        SocketError.HostNotFound or SocketError.NoData => true,
        _ => Find<DialException>(e) is not null,
    };

    private static T? Find<T>(Exception? e) where T : Exception
    {
        for (; e is not null; e = e.InnerException)
            if (e is T found) return found;
        return null;
    }
}
