using System.Globalization;
using Viaduct.Oci;

namespace Viaduct.Registry;

/// <summary>
/// An upload that a registry has opened: where it goes on, after each answer somewhere else. Another host is possible; the guard decides, and
/// credentials stay here.
/// </summary>
internal sealed class UploadSession
{
    /// <summary>For whoever has been stopped and tidies up.</summary>
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(2);

    private readonly RegistryConnection _connection;
    private readonly ScopeSet _push;
    private Uri _location;

    private UploadSession(Reference name, RegistryConnection connection, Answer opened)
    {
        (_connection, _push) = (connection, ScopeSet.Push(name.Repository));
        _location = Locate(opened) ?? throw RegistryErrors.Protocol(opened.Name, "it opened an upload without a usable Location");
        LeastChunk = long.TryParse(opened.Header("OCI-Chunk-Min-Length"), NumberStyles.None, CultureInfo.InvariantCulture, out var least) ? least : 0;
    }

    /// <summary>Bytes of a part that the registry wants at least, except of the last; zero when it does not say.</summary>
    public long LeastChunk { get; }

    /// <param name="answer">To a request for an upload, or for a mount that became one.</param>
    public static UploadSession Of(Reference name, RegistryConnection connection, Answer answer) => new(name, connection, answer);

    public static async Task<UploadSession> BeginAsync(Reference name, RegistryConnection connection, CancellationToken cancellationToken)
    {
        var call = new Call(HttpMethod.Post, connection.Api(name.Repository, "/blobs/uploads/")) { Scopes = ScopeSet.Push(name.Repository) };
        using var answer = await connection.SendAsync(call, cancellationToken).ConfigureAwait(false);
        if (answer.Status is not (200 or 201 or 202)) throw await RegistryErrors.FailedAsync(answer, connection.Endpoint, cancellationToken).ConfigureAwait(false);
        return Of(name, connection, answer);
    }

    /// <summary>The last request: with the whole body, or with none where parts went before.</summary>
    /// <param name="isAgain">True after a failure, which the connection may have caused.</param>
    public Task<Answer> CommitAsync(Digest digest, Body body, bool isAgain, CancellationToken cancellationToken) =>
        SendAsync(new Call(HttpMethod.Put, Locations.WithDigest(_location, digest.ToString()))
        {
            Body = body,
            IsBulk = body.Length > BlobPush.SmallEnough,
            IsApart = isAgain,
        }, cancellationToken);

    /// <summary>Sends a part. Whether it was taken: the <c>Range</c> of the answer is advice only, and ECR's stands still.</summary>
    public async Task<Answer> AppendAsync(Body part, CancellationToken cancellationToken)
    {
        var answer = await SendAsync(new Call(HttpMethod.Patch, _location) { Body = part, IsBulk = true }, cancellationToken).ConfigureAwait(false);
        try
        {
            if (IsTaken(answer)) _location = Locate(answer) ?? _location;
            return answer;
        }
        catch
        {
            answer.Dispose();
            throw;
        }
    }

    /// <summary>202 by the book, ECR 201, crane's registry 204.</summary>
    public static bool IsTaken(Answer answer)
    {
        if (answer.Status is not (200 or 201 or 202 or 204)) return false;
        return !answer.IsHtml ? true : throw RegistryErrors.Protocol(answer.Name, "it answered with an HTML page where a part of a blob was sent");
    }

    /// <summary>How much of it the registry has; null when it knows nothing of it any more, or does not say.</summary>
    public async Task<long?> AskAsync(CancellationToken cancellationToken)
    {
        using var answer = await _connection.SendAsync(new Call(HttpMethod.Get, _location) { Scopes = _push }, cancellationToken).ConfigureAwait(false);
        if (answer.Status is 401 or 403 or 429 or >= 500) throw await RegistryErrors.FailedAsync(answer, _connection.Endpoint, cancellationToken).ConfigureAwait(false);
        if (answer.Status != 204 || !TryReadRange(answer.Header("Range"), out var count)) return null;
        _location = Locate(answer) ?? _location;
        return count;
    }

    /// <summary>Says that nothing more comes. Some do not do that, or want another right for it: then it ends by itself.</summary>
    /// <param name="isStopped">True when the user waits for this to end.</param>
    public async Task GiveUpAsync(CancellationToken cancellationToken, bool isStopped = false)
    {
        using var patience = isStopped ? new CancellationTokenSource(Short, _connection.Clock) : CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            using var answer = await SendAsync(new Call(HttpMethod.Delete, _location) { IsCourtesy = true, IsAside = isStopped }, patience.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is ViaductException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
        }
    }

    private Task<Answer> SendAsync(Call call, CancellationToken cancellationToken) =>
        _connection.SendAsync(call with { Scopes = _push, Retry = false }, cancellationToken);

    private Uri? Locate(Answer answer)
    {
        if (!Locations.TryResolve(answer.Uri, answer.Header("Location"), out var location)) return null;
        return TargetGuard.Refuse(_connection.Endpoint, answer.Uri, location) is { } why
            ? throw RegistryErrors.Location(answer.Name, $"{location.Authority} is refused: {why}")
            : location;
    }

    /// <summary><c>0-99</c>, or with a unit before it. An upload of nothing has no way to say so: distribution says <c>0-0</c>, and so do all.</summary>
    private static bool TryReadRange(string? text, out long count)
    {
        count = 0;
        if (text is null) return false;
        if (text.StartsWith("bytes=", StringComparison.Ordinal)) text = text["bytes=".Length..];
        if (!text.StartsWith("0-", StringComparison.Ordinal) || !long.TryParse(text.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out var last)) return false;
        count = last == 0 || last == long.MaxValue ? 0 : last + 1;
        return true;
    }
}
