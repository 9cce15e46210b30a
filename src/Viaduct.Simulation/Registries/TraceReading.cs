using System.Net;
using System.Net.Sockets;
using Viaduct.Oci;
using Viaduct.Registry;

namespace Viaduct.Simulation;

/// <summary>From what a registry said to what decides the words of runtimes.</summary>
internal static class TraceReading
{
    /// <returns>Null where Go's words for the failure are not known.</returns>
    public static RegistryAnswer? Answer(PullTrace trace)
    {
        // Its words are those of a request for a token, which are not the registry's.
        if (trace.FailedElsewhere) return null;
        if (trace.Failure is { SpeaksHttp: true }) return new RegistryAnswer { Secure = false };
        if (trace.Failure is { } failure) return Failure(failure) is { } told ? new RegistryAnswer { Failure = told, Secure = trace.Secure } : null;
        var challenge = trace.Challenge is { } step ? Challenge(trace, step) : null;
        return new RegistryAnswer
        {
            Secure = trace.Secure,
            // Registries that challenge a manifest challenge /v2/ as well, there without a scope.
            Ping = challenge is null ? null : challenge with { Scope = "", Error = null, Accepts = challenge.Scheme == ChallengeScheme.Bearer || challenge.Accepts },
            Challenge = challenge,
            Manifest = trace.Manifest is { } manifest ? Said(manifest) : new HttpAnswer(200),
            NamesDigest = trace.Manifest is not { Status: < 400, Digest: null },
        };
    }

    private static AuthChallenge Challenge(PullTrace trace, PullStep step) => new(Scheme(trace.Scheme))
    {
        Realm = trace.Realm ?? "",
        Service = trace.Service ?? "",
        Scope = trace.Scope ?? "",
        TokenRefusal = trace.TokenRefusal is { } refusal ? Said(refusal) : null,
        Accepts = trace.Manifest is not null,
        Error = trace.Error,
        Answer = Said(trace.Again ?? step),
    };

    private static ChallengeScheme Scheme(string? word) =>
        "Basic".Equals(word, StringComparison.OrdinalIgnoreCase) ? ChallengeScheme.Basic
        : "Bearer".Equals(word, StringComparison.OrdinalIgnoreCase) ? ChallengeScheme.Bearer
        : ChallengeScheme.Other;

    /// <summary>An error without a code is a body that is no JSON, or does not say that it is some.</summary>
    private static HttpAnswer Said(PullStep step)
    {
        var said = new HttpAnswer(step.Status) { Reason = step.Reason.Length == 0 ? null : step.Reason };
        return step.Errors is [{ Code: null, Message: { } body }]
            ? said with { Body = body }
            : said with { Errors = [.. step.Errors.Where(e => e.Code is not null).Select(e => new RegistryError(e.Code!, e.Message ?? "", e.HasDetail ? "" : null))] };
    }

    private static ConnectionFailure? Failure(TransportException e)
    {
        var host = RegistryAddress.HostOf(e.Authority);
        // As text only where Go would not have it from the name.
        var address = e.Address is { } met && !IPAddress.TryParse(host.Trim('[', ']'), out _) && host != "localhost" ? met.ToString() : null;
        return e.Find<SocketException>()?.SocketErrorCode switch
        {
            SocketError.ConnectionRefused => new(ConnectionFault.Refused, address),
            SocketError.HostNotFound or SocketError.NoData => new(ConnectionFault.NoSuchHost, DnsServer.First()),
            SocketError.NetworkUnreachable => Dial(e, "connect: network is unreachable"),
            SocketError.HostUnreachable => Dial(e, "connect: no route to host"),
            SocketError.TimedOut => Dial(e, "connect: connection timed out"),
            _ when e.Certificate is { } fault => Certificate(fault),
            null when e.Find<OperationCanceledException>() is not null && e.Address is not null => Dial(e, "i/o timeout"),
            _ => null,
        };
    }

    private static ConnectionFailure? Certificate(CertificateFault fault) => fault.Kind switch
    {
        CertificateFaultKind.Untrusted => new(ConnectionFault.UnknownAuthority),
        CertificateFaultKind.OtherName when fault.Names.Count > 0 => new(ConnectionFault.OtherName, string.Join(", ", fault.Names)),
        _ => null,
    };

    private static ConnectionFailure? Dial(TransportException e, string why)
    {
        var port = e.Authority.LastIndexOf(':') is var colon && colon > e.Authority.LastIndexOf(']') ? e.Authority[(colon + 1)..] : "443";
        return e.Address is { } address ? new(ConnectionFault.Other, $"dial tcp {new IPEndPoint(address, int.Parse(port, System.Globalization.CultureInfo.InvariantCulture))}: {why}") : null;
    }
}
