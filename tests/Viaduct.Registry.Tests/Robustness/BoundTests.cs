using System.Text;
using Microsoft.AspNetCore.Http;
using Viaduct.Oci;

namespace Viaduct.Registry.Tests.Robustness;

/// <summary>Nothing that a registry sends is read without an end.</summary>
public sealed class BoundTests
{
    /// <summary>What a flood has, and how much of one may be read in the worst of cases.</summary>
    private const long Endless = 256L << 20, Enough = 16L << 20;

    /// <summary>An answer that does not end.</summary>
    private static async Task FloodAsync(HttpContext http, string contentType, string start, string filling, int status = 200)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = contentType;
        var bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(filling, (1 << 20) / filling.Length)));
        try
        {
            await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(start), http.RequestAborted);
            for (var sent = 0L; sent < Endless; sent += bytes.Length) await http.Response.Body.WriteAsync(bytes, http.RequestAborted);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The client has had enough.
        }
    }

    [Theory]
    [InlineData(MediaTypes.OciManifest, """{"schemaVersion":2,"layers":[],"x":" """)]
    [InlineData(MediaTypes.OciIndex, """{"schemaVersion":2,"manifests":[],"x":" """)]
    public async Task Huge_manifest_or_index(string mediaType, string start)
    {
        await using var registry = await ScriptedRegistry.StartAsync(http => FloodAsync(http, mediaType, start, "a"));
        await FailsAsync(registry, "VIA3031", r => r.FindManifestAsync("v1", default));
    }

    [Theory]
    [InlineData(4 << 20, "VIA1012")]
    [InlineData((4 << 20) + 1, "VIA1011")]
    public async Task Huge_config(int size, string code)
    {
        await using var registry = await ScriptedRegistry.StartAsync(http => FloodAsync(http, "application/octet-stream", "{", " "));
        var config = new Descriptor(MediaTypes.OciConfig, Digest.Sha256("{}"u8), size);
        await FailsAsync(registry, code, r => r.ReadConfigAsync(config, default));
    }

    [Fact]
    public async Task Huge_token()
    {
        ScriptedRegistry? self = null;
        self = await ScriptedRegistry.StartAsync(http => http.Request.Path == "/token"
            ? FloodAsync(http, "application/json", """{"token":" """, "a")
            : http.AnswerAsync(401, null, "", ("WWW-Authenticate", $"Bearer realm=\"{self!.Url}/token\"")));
        await using var registry = self;
        await FailsAsync(registry, "VIA3031", r => r.FindManifestAsync("v1", default));
        Assert.Equal(1, registry.Count("GET", "/token"));
    }

    [Theory]
    [InlineData("application/json", """{"errors":[{"code":"DENIED","message":" """)]
    [InlineData("text/plain", "")]
    [InlineData("text/html", "<html>")]
    public async Task Huge_error(string contentType, string start)
    {
        await using var registry = await ScriptedRegistry.StartAsync(http => FloodAsync(http, contentType, start, "no ", 403));
        var error = await FailsAsync(registry, "VIA3010", r => r.FindManifestAsync("v1", default));
        Assert.InRange(error.Message.Length, 10, 400);
    }

    [Fact]
    public async Task Huge_tag_page()
    {
        await using var registry = await ScriptedRegistry.StartAsync(http => FloodAsync(http, "application/json", """{"tags":["a" """, ",\"a\""));
        await FailsAsync(registry, "VIA3031", r => r.TagsAsync(default).ToListAsync().AsTask());
    }

    [Fact]
    public async Task Packed_manifest()
    {
        using var packed = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(Samples.ManifestBytes);
        await using var registry = await ScriptedRegistry.StartAsync(async http =>
        {
            http.Response.ContentType = MediaTypes.OciIndex;
            http.Response.Headers.ContentEncoding = "gzip";
            await http.Response.Body.WriteAsync(packed.ToArray());
        });
        await FailsAsync(registry, "VIA3030", r => r.FindManifestAsync(Samples.Manifest.Digest.ToString(), default));
    }

    // how a list goes on, and how many pages of it are asked for
    [Theory]
    [InlineData("the same page", 2)]
    [InlineData("empty pages", 1)]
    [InlineData("the same tags on other pages", 2)]
    public async Task Endless_pagination(string how, int pages)
    {
        var count = 0;
        await using var registry = await ScriptedRegistry.StartAsync(http =>
        {
            Interlocked.Increment(ref count);
            http.Response.Headers.Link = $"</v2/team/app/tags/list?last={(how == "the same page" ? "a" : Guid.NewGuid().ToString("N"))}>; rel=\"next\"";
            return http.AnswerAsync(200, how == "empty pages" ? """{"tags":[]}""" : """{"tags":["a","b"]}""");
        });
        await FailsAsync(registry, "VIA3032", r => r.TagsAsync(default).ToListAsync().AsTask());
        Assert.Equal(pages, count);
    }

    [Theory]
    [InlineData("port")]
    [InlineData("host")]
    [InlineData("file")]
    public async Task Link_to_another_host(string which)
    {
        await using var decoy = await ScriptedRegistry.StartAsync(http => http.AnswerAsync(200, """{"tags":["evil"]}"""));
        ScriptedRegistry? self = null;
        self = await ScriptedRegistry.StartAsync(http =>
        {
            var port = new Uri(decoy.Url).Port;
            var link = which switch { "port" => decoy.Url, "host" => $"http://localhost:{port}", _ => "file:///etc" };
            http.Response.Headers.Link = $"<{link}/v2/team/app/tags/list?last=b>; rel=\"next\"";
            return http.AnswerAsync(200, """{"tags":["a","b"]}""");
        });
        await using var registry = self;
        await FailsAsync(registry, "VIA3032", r => r.TagsAsync(default).ToListAsync().AsTask());
        Assert.Empty(decoy.Seen);
        Assert.Single(registry.Seen);
    }

    private static async Task<ViaductException> FailsAsync(ScriptedRegistry registry, string code, Func<RepositoryClient, Task> ask)
    {
        var read = 0L;
        using var client = Samples.Client(trace: t => Interlocked.Add(ref read, t.Bytes));
        var error = await Assert.ThrowsAnyAsync<ViaductException>(() => ask(client.Repository(registry)));
        Assert.Equal(code, error.Code);
        Assert.InRange(read, 0, Enough);
        return error;
    }
}
