using Viaduct.Oci;

namespace Viaduct.Registry;

/// <summary>An answer whose body has not been read yet. Its headers are claims; what is read of it is bounded.</summary>
internal sealed class Answer(HttpResponseMessage message, Uri uri, Watchdog watchdog, Slot slot, Receipt receipt) : IDisposable
{
    private bool _handedOut;
    private (byte[] Bytes, bool Cut)? _body;

    public int Status => (int)message.StatusCode;

    /// <summary>The words beside the status, cleaned; the usual ones where there were none.</summary>
    public string Reason => ErrorEnvelope.Clean(message.ReasonPhrase ?? "") ?? "";

    /// <summary>Whether the request showed credentials or a token.</summary>
    public bool WasAuthorized => message.RequestMessage?.Headers.Authorization is not null;

    /// <summary>Whether a password was at hand and not shown, because it was refused before.</summary>
    public bool IsWithheld { get; set; }

    /// <summary>Who answered: another address than was asked, after redirects.</summary>
    public Uri Uri => uri;

    public HttpMethod Method => message.RequestMessage!.Method;

    /// <summary>How often it was asked before this answer was taken.</summary>
    public int Attempts { get; set; } = 1;

    public string Name => Call.NameOf(Method, uri);

    /// <summary>Content-Type without parameters; null when there is none.</summary>
    public string? MediaType => message.Content.Headers.ContentType?.MediaType;

    /// <summary>A page for people where a registry was expected: a login page, a proxy's notice.</summary>
    public bool IsHtml => IsHtmlType(MediaType);

    public static bool IsHtmlType(string? mediaType) => mediaType is "text/html" or "application/xhtml+xml";

    public long? Length => message.Content.Headers.ContentLength;

    /// <summary>False when its end and the end of the connection look alike.</summary>
    public bool ShowsItsEnd => Length is not null || message.Headers.TransferEncodingChunked == true || message.Version.Major >= 2;

    /// <summary>The first and last byte of a part (206); null when it is not said, or not understood.</summary>
    public (long First, long Last)? Range => message.Content.Headers.ContentRange is { Unit: "bytes", From: { } first, To: { } last } ? (first, last) : null;

    /// <summary>What it says about how much the registry allows; null when it says nothing of it.</summary>
    public RegistryQuota? Quota => Header("RateLimit-Limit") is { } limit
        ? RegistryQuota.Read(limit, Header("RateLimit-Remaining"), Header("Docker-RateLimit-Source")) : null;

    public Digest? ContentDigest => Oci.Digest.TryParse(Header("Docker-Content-Digest"), out var digest) ? digest : null;

    /// <summary>How long to wait; by our clock only what the registry's own does not tell.</summary>
    public TimeSpan? RetryAfter(TimeProvider clock) => SaidWait
        ?? (message.Headers.RetryAfter?.Date is not { } date ? null : date - clock.GetUtcNow() is { Ticks: > 0 } wait ? wait : TimeSpan.Zero);

    /// <summary>How long to wait by the clock of the registry, which may not be ours: a date counts from the one that the answer bears.</summary>
    public TimeSpan? SaidWait => message.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } when message.Headers.Date is { } now => date > now ? date - now : TimeSpan.Zero,
        _ => null,
    };

    /// <summary>The first value, as it came.</summary>
    public string? Header(string name)
    {
        foreach (var value in Headers(name)) return value;
        return null;
    }

    public IEnumerable<string> Headers(string name)
    {
        if (!message.Headers.NonValidated.TryGetValues(name, out var values)) yield break;
        foreach (var value in values) yield return value;
    }

    /// <summary>The body, of which at most <paramref name="limit"/> bytes are read; cut when more came.</summary>
    public async ValueTask<(byte[] Bytes, bool Cut)> ReadAsync(int limit, CancellationToken cancellationToken) =>
        _body ??= await DrainAsync(limit, cancellationToken).ConfigureAwait(false);

    private async Task<(byte[] Bytes, bool Cut)> DrainAsync(int limit, CancellationToken cancellationToken)
    {
        if (Length > limit) return ([], true);
        var stream = await OpenAsync(cancellationToken).ConfigureAwait(false);
        var buffer = new byte[(int)Math.Min(limit + 1L, (Length ?? 4095) + 1)];
        var count = 0;
        while (await stream.ReadAsync(buffer.AsMemory(count), cancellationToken).ConfigureAwait(false) is > 0 and var read)
        {
            count += read;
            if (count > limit) return (buffer[..limit], true);
            if (count == buffer.Length) Array.Resize(ref buffer, (int)Math.Min(limit + 1L, buffer.Length * 2L));
        }
        return (count == buffer.Length ? buffer : buffer[..count], false);
    }

    /// <summary>The body as a stream that owns this answer: disposing it ends the request. The gate is open again from here on.</summary>
    public async Task<Stream> HandOutAsync(CancellationToken cancellationToken)
    {
        var stream = await OpenAsync(cancellationToken).ConfigureAwait(false);
        _handedOut = true;
        slot.Leave();
        return stream;
    }

    /// <summary>Ends the request, unless its body was handed out.</summary>
    public void Dispose()
    {
        if (!_handedOut) End();
    }

    internal void End()
    {
        message.Dispose();
        watchdog.Dispose();
        slot.Leave();
        receipt.Close(Status);
    }

    private async Task<AnswerStream> OpenAsync(CancellationToken cancellationToken) =>
        new(await message.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false), this, watchdog, receipt);
}
