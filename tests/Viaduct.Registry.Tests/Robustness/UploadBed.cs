using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Viaduct.Oci;

namespace Viaduct.Registry.Tests.Robustness;

/// <summary>A registry that takes uploads in every way of the specification, keeps what came of a broken one, and fails where a test says.</summary>
internal sealed class UploadBed
{
    private readonly ConcurrentDictionary<string, MemoryStream> _sessions = new();
    private readonly Lock _lock = new();
    private int _count;

    public ConcurrentDictionary<Digest, byte[]> Blobs { get; } = new();

    /// <summary>What was asked of uploads: <c>POST</c>, <c>PATCH 0-99</c>, <c>PUT</c>, <c>GET</c>, <c>DELETE</c>, <c>HEAD</c>.</summary>
    public List<string> Log { get; } = [];

    /// <summary>Called before a request is looked at, with its word of the log; true when it has been answered.</summary>
    public Func<HttpContext, string, Task<bool>> Refuse { get; set; } = (_, _) => Task.FromResult(false);

    /// <summary>Called when a request has been done and nothing has been answered; true when it has been answered.</summary>
    public Func<HttpContext, string, Task<bool>> Lose { get; set; } = (_, _) => Task.FromResult(false);

    public int Sessions => _sessions.Count;

    public int Count(string method)
    {
        lock (_lock) return Log.Count(l => l.Split(' ')[0] == method);
    }

    /// <summary>As another replica, or the same one after a restart, that knows nothing of sessions.</summary>
    public void Forget() => _sessions.Clear();

    public async Task HandleAsync(HttpContext http)
    {
        var (method, path) = (http.Request.Method, http.Request.Path.Value!);
        if (path == "/v2/")
        {
            await http.AnswerAsync(200, "{}");
            return;
        }
        var word = http.Request.Headers.ContentRange.Count > 0 ? $"{method} {http.Request.Headers.ContentRange}" : method;
        lock (_lock) Log.Add(word);
        if (await Refuse(http, word)) return;
        var id = path[(path.LastIndexOf('/') + 1)..];
        if (method == "HEAD") await HeadAsync(http, id);
        else if (method == "POST") await BeginAsync(http, path);
        else if (!_sessions.TryGetValue(id, out var session)) await http.AnswerErrorAsync(404, "BLOB_UPLOAD_UNKNOWN");
        else if (method == "GET") await SayAsync(http, id, session, 204);
        else if (method == "DELETE")
        {
            _sessions.TryRemove(id, out _);
            await http.AnswerAsync(204);
        }
        else await TakeAsync(http, id, session, word);
    }

    private Task HeadAsync(HttpContext http, string id)
    {
        if (!Blobs.TryGetValue(Digest.Parse(id), out var bytes)) return http.AnswerErrorAsync(404, "BLOB_UNKNOWN");
        http.Response.ContentLength = bytes.Length;
        return Task.CompletedTask;
    }

    private Task BeginAsync(HttpContext http, string path)
    {
        var id = $"s{Interlocked.Increment(ref _count)}";
        _sessions[id] = new MemoryStream();
        return http.AnswerAsync(202, null, "", ("Location", $"{path}{id}?state={Guid.NewGuid():N}"));
    }

    private static Task SayAsync(HttpContext http, string id, MemoryStream session, int status) => http.AnswerAsync(status, null, "",
        ("Location", $"/v2/team/app/blobs/uploads/{id}?state={Guid.NewGuid():N}"), ("Range", $"0-{Math.Max(session.Length - 1, 0)}"));

    private async Task TakeAsync(HttpContext http, string id, MemoryStream session, string word)
    {
        if (word.StartsWith("PATCH ", StringComparison.Ordinal) && word["PATCH ".Length..].Split('-')[0] != $"{session.Length}")
        {
            await SayAsync(http, id, session, 416);
            return;
        }
        var before = session.Length;
        try
        {
            await http.Request.Body.CopyToAsync(session);
        }
        catch (Exception e) when (e is IOException or BadHttpRequestException or OperationCanceledException)
        {
            // What came by PATCH stays; distribution drops what half a PUT brought.
            if (http.Request.Method == "PUT") session.SetLength(before);
            return;
        }
        if (http.Request.Method == "PUT")
        {
            var digest = Digest.Parse(http.Request.Query["digest"]!);
            _sessions.TryRemove(id, out _);
            if (Digest.FromSha256(SHA256.HashData(session.ToArray())) != digest)
            {
                await http.AnswerErrorAsync(400, "DIGEST_INVALID");
                return;
            }
            Blobs[digest] = session.ToArray();
        }
        if (await Lose(http, word)) return;
        if (http.Request.Method == "PUT") await http.AnswerAsync(201);
        else await SayAsync(http, id, session, 202);
    }
}
