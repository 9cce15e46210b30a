using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Viaduct.Oci;

namespace Viaduct.Registry.Tests;

/// <summary>Uploads in parts as the distribution specification has them, with what a test wants to go wrong.</summary>
internal sealed class UploadDesk
{
    private readonly ConcurrentDictionary<string, MemoryStream> _sessions = new();
    private readonly ConcurrentDictionary<string, byte[]> _blobs = new();
    private int _opened;
    private int _requests;

    /// <summary>Is asked before each request to a session: what it answers itself, with true, the desk leaves alone.</summary>
    public Func<HttpContext, int, Task<bool>> Before { get; init; } = (_, _) => Task.FromResult(false);

    public int PatchStatus { get; init; } = 202;

    public string? LeastChunk { get; init; }

    /// <summary>What a PATCH carried, in their order.</summary>
    public ConcurrentQueue<(string Range, int Length)> Parts { get; } = new();

    public bool Holds(Blob blob) => _blobs.ContainsKey(blob.Descriptor.Digest.ToString());

    /// <returns>The registry that it was pushed to, for what it saw.</returns>
    public async Task<ScriptedRegistry> TakeAsync(Blob blob)
    {
        var registry = await ScriptedRegistry.StartAsync(AnswerAsync);
        using var client = Samples.Client();
        await client.Repository(registry).PushBlobAsync(blob, default);
        return registry;
    }

    /// <summary>A fault that comes with the first requests of a method.</summary>
    public static Func<HttpContext, int, Task<bool>> Once(Func<HttpContext, Task> fault, string method = "PUT", int times = 1) => async (http, _) =>
    {
        if (http.Request.Method != method || Interlocked.Decrement(ref times) < 0) return false;
        await fault(http);
        return true;
    };

    public async Task AnswerAsync(HttpContext http)
    {
        var path = http.Request.Path.Value!;
        if (http.Request.Method == "HEAD")
        {
            await http.AnswerAsync(_blobs.TryGetValue(path[(path.LastIndexOf('/') + 1)..], out var blob) ? 200 : 404);
            if (blob is not null) http.Response.ContentLength = blob.Length;
            return;
        }
        if (http.Request.Method == "POST")
        {
            var id = Interlocked.Increment(ref _opened).ToString();
            _sessions[id] = new MemoryStream();
            if (LeastChunk is not null) http.Response.Headers["OCI-Chunk-Min-Length"] = LeastChunk;
            await http.AnswerAsync(202, null, "", ("Location", $"/upload/{id}?at=0"));
            return;
        }
        if (await Before(http, Interlocked.Increment(ref _requests))) return;
        if (!_sessions.TryGetValue(path["/upload/".Length..], out var session)) await http.AnswerErrorAsync(404, "BLOB_UPLOAD_UNKNOWN");
        else await (http.Request.Method switch
        {
            "PATCH" => AppendAsync(http, path, session),
            "PUT" => CommitAsync(http, path, session),
            "GET" => http.AnswerAsync(204, null, "", ("Location", $"{path}?at={session.Length}"), ("Range", $"0-{Math.Max(session.Length - 1, 0)}")),
            "DELETE" => EndAsync(http, path),
            _ => http.AnswerAsync(405),
        });
    }

    /// <summary>Takes some of the body and then breaks the connection.</summary>
    /// <param name="lose">True when the session is gone by then.</param>
    public async Task BreakAsync(HttpContext http, int after, bool keep = true, bool lose = false)
    {
        var taken = new byte[after];
        await http.Request.Body.ReadExactlyAsync(taken);
        if (keep) _sessions[http.Request.Path.Value!["/upload/".Length..]].Write(taken);
        if (lose) _sessions.Clear();
        http.Abort();
    }

    private async Task AppendAsync(HttpContext http, string path, MemoryStream session)
    {
        using var part = new MemoryStream();
        await http.Request.Body.CopyToAsync(part);
        var range = http.Request.Headers.ContentRange.ToString();
        if (range != $"{session.Length}-{session.Length + part.Length - 1}") { await http.AnswerErrorAsync(416, "BLOB_UPLOAD_INVALID", range); return; }
        Parts.Enqueue((range, (int)part.Length));
        part.WriteTo(session);
        // The Range of ECR, which nobody may believe.
        await http.AnswerAsync(PatchStatus, null, "", ("Location", $"{path}?at={session.Length}"), ("Range", "0-0"));
    }

    private async Task CommitAsync(HttpContext http, string path, MemoryStream session)
    {
        await http.Request.Body.CopyToAsync(session);
        var digest = http.Request.Query["digest"].ToString();
        _sessions.TryRemove(path["/upload/".Length..], out _);
        if (Digest.Sha256(session.ToArray()).ToString() != digest) { await http.AnswerErrorAsync(400, "DIGEST_INVALID"); return; }
        _blobs[digest] = session.ToArray();
        await http.AnswerAsync(201, null, "", ("Docker-Content-Digest", digest));
    }

    private async Task EndAsync(HttpContext http, string path)
    {
        _sessions.TryRemove(path["/upload/".Length..], out _);
        await http.AnswerAsync(204);
    }
}
