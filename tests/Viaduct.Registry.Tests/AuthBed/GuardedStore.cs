using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Viaduct.Oci;

namespace Viaduct.Registry.Tests;

/// <summary>The smallest registry that can be pushed to and pulled from; blobs are fetched elsewhere, as clouds have it.</summary>
internal sealed class GuardedStore
{
    private readonly ConcurrentDictionary<string, byte[]> _content = new();

    /// <summary>Where blobs are; null for here.</summary>
    public string? Store { get; set; }

    /// <summary>What a request needs.</summary>
    public static ScopeSet NeedOf(HttpRequest request)
    {
        var segments = request.Path.Value!.Split('/');
        var repository = string.Join('/', segments[2..(Array.FindLastIndex(segments, s => s is "manifests" or "blobs"))]);
        var need = request.Method is "GET" or "HEAD" ? ScopeSet.Pull(repository) : ScopeSet.Push(repository);
        return request.Query["from"].ToString() is { Length: > 0 } from ? need.Union(ScopeSet.Pull(from)) : need;
    }

    public bool Has(Digest digest) => _content.ContainsKey(digest.ToString());

    public async Task AnswerAsync(HttpContext http)
    {
        var (method, path) = (http.Request.Method, http.Request.Path.Value!);
        var name = path[(path.LastIndexOf('/') + 1)..];
        if (method == "POST")
        {
            await http.AnswerAsync(202, null, "", ("Location", path + "session?_state=a%2Fb"));
        }
        else if (method == "PUT")
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);
            _content[http.Request.Query["digest"].ToString() is { Length: > 0 } digest ? digest : name] = body.ToArray();
            await http.AnswerAsync(201);
        }
        else if (!_content.TryGetValue(name, out var bytes))
        {
            await http.AnswerErrorAsync(404, "UNKNOWN");
        }
        else if (path.Contains("/blobs/", StringComparison.Ordinal) && Store is not null)
        {
            await http.AnswerAsync(307, null, "", ("Location", $"{Store}/{name}?sig=1"));
        }
        else
        {
            await SendAsync(http, bytes, path.Contains("/blobs/", StringComparison.Ordinal) ? "application/octet-stream" : MediaTypes.OciManifest);
        }
    }

    /// <summary>The same content, for whoever has the address.</summary>
    public Task GiveAsync(HttpContext http) => SendAsync(http, _content[http.Request.Path.Value![1..]], "application/octet-stream");

    private static async Task SendAsync(HttpContext http, byte[] bytes, string mediaType)
    {
        http.Response.ContentType = mediaType;
        http.Response.ContentLength = bytes.Length;
        if (http.Request.Method != "HEAD") await http.Response.Body.WriteAsync(bytes);
    }
}
