using System.Net.Security;
using System.Security.Authentication;

namespace Viaduct.Registry;

/// <summary>
/// Whether a registry that may speak plain HTTP does: seen once, before its first request, by a handshake that carries none.
/// docker asks "GET /v2/" over HTTPS, and again over HTTP if the answer to that was HTTP (docker/cli internal/registryclient/client.go, getRepositoryForReference).
/// </summary>
/// <param name="trusting">
/// True when a registry that is silent, or breaks off, is believed to speak plain HTTP too. Else it is not: whoever cuts a handshake would have the password.
/// </param>
internal sealed class SchemeChoice(RegistryEndpoint registry, Dialer dialer, TimeProvider clock, bool trusting)
{
    /// <summary>On this machine an answer takes no time.</summary>
    private static readonly TimeSpan TrustingPatience = TimeSpan.FromSeconds(1);

    private readonly Uri _secure = registry.Root;
    private readonly SemaphoreSlim _one = new(1);
    private volatile bool _made;

    /// <summary>The call, at the address where the registry is.</summary>
    /// <exception cref="TransportException">Nothing can be reached there; the next call looks again.</exception>
    public async ValueTask<Call> ApplyAsync(Call call, CancellationToken cancellationToken)
    {
        if (!_made) await ChooseAsync(call, cancellationToken).ConfigureAwait(false);
        if (registry.Owns(_secure) || !RegistryEndpoint.SameOrigin(_secure, call.Uri)) return call;
        return call with { Uri = new Uri(registry.Root, call.Uri.PathAndQuery) };
    }

    private async Task ChooseAsync(Call call, CancellationToken cancellationToken)
    {
        using var held = await Held.EnterAsync(_one, cancellationToken).ConfigureAwait(false);
        if (_made) return;
        // Behind a proxy nothing is dialled from here; there HTTPS it is.
        var proxy = new NoProxyForLoopback().GetProxy(_secure);
        var isTls = proxy is not null && proxy != _secure ? true : await SpeaksTlsAsync(call, cancellationToken).ConfigureAwait(false);
        if (isTls == false) registry.SpeakPlainly();
        // What is not clear by now the request will say, over HTTPS, and the next one is looked at again.
        _made = isTls is not null;
    }

    /// <returns>Null when it is not clear.</returns>
    private async Task<bool?> SpeaksTlsAsync(Call call, CancellationToken cancellationToken)
    {
        // In real time, as the timeout of SocketsHttpHandler is that stands in this place otherwise.
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience.Connect);
        await using var tls = new SslStream(await ConnectAsync(call, patience.Token, cancellationToken).ConfigureAwait(false));
        if (trusting) patience.CancelAfter(TrustingPatience);
        try
        {
            // Nothing is told to whoever is there: its certificate is for the request to judge.
            var options = TlsOptions.AnyCertificate();
            options.TargetHost = _secure.IdnHost;
            await tls.AuthenticateAsClientAsync(options, patience.Token).ConfigureAwait(false);
            return true;
        }
        catch (NoTlsException e)
        {
            return e.IsHttp || trusting ? false : null;
        }
        catch (AuthenticationException)
        {
            return true;
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            return trusting ? false : null;
        }
    }

    private async Task<Stream> ConnectAsync(Call call, CancellationToken patience, CancellationToken cancellationToken)
    {
        try
        {
            return await dialer.ConnectAsync(patience).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var watchdog = new Watchdog(clock, cancellationToken);
            if (TransportFailures.Explain(e, call.Method, call.Uri, watchdog) is { } explained) throw explained;
            throw;
        }
    }
}
