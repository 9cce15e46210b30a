using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using Viaduct.Oci;

namespace Viaduct.Registry;

/// <summary>
/// The last step: one HTTP request, one answer, nothing decided. Speaks through <see cref="HttpMessageInvoker"/>, because
/// HttpClient's timeout covers bodies too and its redirects would resend them.
/// </summary>
internal sealed class Wire : IDisposable
{
    private static readonly string Accept = string.Join(", ", MediaTypes.Manifests);

    private readonly HttpMessageInvoker _http;
    private readonly TimeProvider _clock;
    private readonly Action<RequestTrace>? _trace;
    private readonly string _userAgent;
    private readonly bool _shares;
    private readonly Pace? _pace;
    private readonly Remarks? _remarks;
    private readonly RegistryEndpoint _registry;
    private Action<TimeSpan>? _first;

    /// <param name="first">Told how long the first answer took, its connection included; nothing else is under way then.</param>
    /// <param name="pace">Waited for before each request that it concerns.</param>
    /// <param name="remarks">Shown every answer.</param>
    public Wire(RegistryOptions options, RegistryEndpoint registry, Action<TimeSpan>? first = null, Pace? pace = null, Remarks? remarks = null)
    {
        (_registry, _first, _pace, _remarks) = (registry, first, pace, remarks);
        _clock = options.Clock;
        _trace = options.Trace;
        _shares = options.SharesConnections;
        _userAgent = options.UserAgent;
        // Whoever asks a registry hashes what comes, and the first hash loads OpenSSL: 2 ms that the first answer takes as well.
        _ = Task.Run(static () => SHA256.HashData([]));
        // Connections have no bound of their own: the gate bounds requests, and a bound here could make an upload
        // wait for the very download that feeds it.
        _http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            Proxy = new NoProxyForLoopback(),
            ConnectCallback = new Dialer(registry, options.Resolve).ConnectAsync,
            // This registry, and where it sends for tokens and blobs: credentials go no further than they would otherwise, and wherever they go
            // --insecure is as lenient as docker is.
            SslOptions = TlsOptions.Of(DockerCertificates.Read(options.CertificateFolder, registry), options.Insecure),
            ConnectTimeout = Patience.Connect,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(90),
            ActivityHeadersPropagator = null,
            // A connection that many share and that has died without a word: each of them, and each try again, would wait on it in vain.
            KeepAlivePingDelay = TimeSpan.FromSeconds(15),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(15),
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
        });
    }

    /// <param name="gate">Bounds the requests under way; the body is opened before it, because opening may be a request itself.</param>
    /// <exception cref="TransportException">No answer came.</exception>
    /// <exception cref="SourceException">The body could not be read.</exception>
    public async Task<Answer> SendAsync(Call call, Uri target, AuthenticationHeaderValue? authorization, SemaphoreSlim? gate, CancellationToken cancellationToken)
    {
        var answer = await AskAsync(call, target, authorization, gate, cancellationToken).ConfigureAwait(false);
        try
        {
            // Tells the user's own code.
            _remarks?.Hear(answer);
            return answer;
        }
        catch
        {
            answer.Dispose();
            throw;
        }
    }

    private async Task<Answer> AskAsync(Call call, Uri target, AuthenticationHeaderValue? authorization, SemaphoreSlim? gate, CancellationToken cancellationToken)
    {
        var source = await OpenAsync(call.Body, cancellationToken).ConfigureAwait(false);
        Slot? slot = null;
        try
        {
            slot = await Slot.EnterAsync(gate, cancellationToken).ConfigureAwait(false);
            // Last of all: whoever waited for a place may have been overtaken by a word to wait.
            if (_pace?.Concerns(target) == true) await _pace.PassAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            slot?.Leave();
            if (source is not null) await source.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        var watchdog = new Watchdog(_clock, cancellationToken);
        var content = source is null ? null : new OutgoingContent(source, call.Body!, watchdog);
        var shares = _shares && !call.IsBulk && !call.IsApart && target.Scheme == Uri.UriSchemeHttps;
        var request = new HttpRequestMessage(call.Method, target)
        {
            Version = shares ? HttpVersion.Version20 : HttpVersion.Version11,
            VersionPolicy = shares ? HttpVersionPolicy.RequestVersionOrLower : HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
        request.Headers.TryAddWithoutValidation("User-Agent", _userAgent);
        if (call.AcceptManifests) request.Headers.TryAddWithoutValidation("Accept", Accept);
        if (call.From > 0) request.Headers.TryAddWithoutValidation("Range", string.Create(CultureInfo.InvariantCulture, $"bytes={call.From}-"));
        if (call.IfMatch is not null) request.Headers.TryAddWithoutValidation("If-Match", call.IfMatch);
        request.Headers.Authorization = authorization;

        var receipt = new Receipt(_trace, _clock, call.Method, target);
        HttpResponseMessage? message = null;
        try
        {
            watchdog.Arm(Patience.Headers(0));
            var asked = _clock.GetTimestamp();
            message = await _http.SendAsync(request, watchdog.Token).ConfigureAwait(false);
            watchdog.Rest();
            Interlocked.Exchange(ref _first, null)?.Invoke(_clock.GetElapsedTime(asked));
            receipt.Sent(content?.Sent ?? 0);
            if (_registry.Owns(target)) _registry.Answered();
            return new Answer(message, target, watchdog, slot, receipt);
        }
        catch (Exception e)
        {
            receipt.Sent(content?.Sent ?? 0);
            receipt.Close(0);
            slot.Leave();
            if (content?.SourceFailure is { } failure) throw new SourceException(failure, opened: true);
            cancellationToken.ThrowIfCancellationRequested();
            // The dialer's own refusal; HTTP wraps whatever is thrown there.
            if (e.GetBaseException() is ViaductException refused) ExceptionDispatchInfo.Throw(refused);
            if (TransportFailures.Explain(e, call.Method, target, watchdog, _registry.Owns(target) && _registry.HasAnswered) is { } explained) throw explained;
            throw;
        }
        finally
        {
            if (message is null)
            {
                watchdog.Dispose();
                request.Dispose();
            }
            else
            {
                content?.Dispose();
            }
        }
    }

    private static async ValueTask<Stream?> OpenAsync(Body? body, CancellationToken cancellationToken)
    {
        try
        {
            return body is null ? null : await body.OpenAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SourceException(e, opened: false);
        }
    }

    public void Dispose() => _http.Dispose();
}
