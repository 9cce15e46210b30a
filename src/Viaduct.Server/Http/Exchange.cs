using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Viaduct.Oci;

namespace Viaduct.Server;

/// <summary>A request and its answer, with the few habits that all endpoints share.</summary>
internal sealed class Exchange(HttpContext http, long began)
{
    private const string Json = "application/json";

    private RepositoryName? _repository;

    public HttpContext Http { get; } = http;

    public long Began { get; } = began;

    public string Target { get; } = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;

    public string Method => Http.Request.Method;

    public bool IsHead => HttpMethods.IsHead(Method);

    public Route Route
    {
        get;
        set => (field, _repository) = (value, null);
    }

    /// <exception cref="RegistryFault">NAME_INVALID.</exception>
    public RepositoryName Repository => _repository ??= RepositoryName.TryParse(Route.Name, out var name) ? name : throw RegistryFault.BadName();

    public PipeReader Body => Http.Request.BodyReader;

    public CancellationToken Aborted => Http.RequestAborted;

    /// <summary>Bytes of the answer's body, as they are sent.</summary>
    public long Written { get; set; }

    public string? Problem { get; set; }

    /// <summary>In a rehearsal: who asks; null for nobody in particular.</summary>
    public string? Account { get; set; }

    /// <summary>In a rehearsal: the rule that refused.</summary>
    public string? RefusedBy { get; set; }

    /// <exception cref="RegistryFault">DIGEST_INVALID.</exception>
    public static Digest ParseDigest(string? text) => Digest.TryParse(text, out var digest) ? digest : throw RegistryFault.BadDigest();

    public string? Query(string name) => Http.Request.Query.TryGetValue(name, out var values) ? values[0] : null;

    public void Header(string name, string value) => Http.Response.Headers[name] = value;

    public void Empty(int status)
    {
        Http.Response.StatusCode = status;
        // 204 and 304 have no body to speak of (RFC 9110, 8.6).
        if (status is not (204 or 304)) Http.Response.ContentLength = 0;
    }

    public void Content(Digest digest)
    {
        Header("Docker-Content-Digest", digest.ToString());
        Header("ETag", $"\"{digest}\"");
    }

    /// <summary>True when the client has the content already; the answer is made then.</summary>
    public bool IsNotModified(Digest digest)
    {
        var known = Http.Request.Headers.IfNoneMatch;
        if (known.Count == 0 || !known.Any(k => k is not null && (k == "*" || k.Contains(digest.ToString(), StringComparison.Ordinal)))) return false;
        Empty(304);
        return true;
    }

    public ValueTask JsonAsync(int status, ReadOnlyMemory<byte> bytes) => BytesAsync(status, Json, bytes);

    public async ValueTask BytesAsync(int status, string mediaType, ReadOnlyMemory<byte> bytes)
    {
        Http.Response.StatusCode = status;
        Http.Response.ContentType = mediaType;
        Http.Response.ContentLength = bytes.Length;
        if (IsHead || bytes.IsEmpty) return;
        await Http.Response.BodyWriter.WriteAsync(bytes, Aborted).ConfigureAwait(false);
        Written += bytes.Length;
    }

    /// <summary>A piece of a body whose length has been announced.</summary>
    public async ValueTask PieceAsync(int count)
    {
        Http.Response.BodyWriter.Advance(count);
        Written += count;
        await Http.Response.BodyWriter.FlushAsync(Aborted).ConfigureAwait(false);
    }

    public ValueTask FaultAsync(RegistryFault fault)
    {
        var json = new GoJsonWriter().BeginObject().Name("errors").BeginArray();
        if (fault.Digests.Count == 0) Error(null);
        foreach (var digest in fault.Digests) Error(digest);
        return JsonAsync(fault.Status, json.EndArray().EndObject().ToBytes());

        void Error(Digest? digest)
        {
            json.BeginObject().Name("code").String(fault.Code).Name("message").String(fault.Message).Name("detail");
            if (digest is null) json.Null();
            else json.BeginObject().Name("digest").String(digest.Value.ToString()).EndObject();
            json.EndObject();
        }
    }

    /// <summary>The path, and the parameters that the distribution-spec knows: any other may be somebody's secret.</summary>
    public string Loggable()
    {
        var end = Target.IndexOf('?');
        var text = new StringBuilder(end < 0 ? Target : Target[..end]);
        if (end >= 0)
        {
            var separator = '?';
            foreach (var part in Target[(end + 1)..].Split('&'))
            {
                if (part.Split('=')[0] is not ("digest" or "mount" or "from" or "n" or "last" or "artifactType" or "tag")) continue;
                text.Append(separator).Append(part);
                separator = '&';
            }
        }
        if (text.Length > 1024) text.Length = 1024;
        for (var i = 0; i < text.Length; i++)
            if (char.IsControl(text[i]))
                text[i] = '?';
        return text.ToString();
    }
}
