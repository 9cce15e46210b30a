using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Viaduct.Oci;
using Viaduct.Simulation;

namespace Viaduct.Acceptance.Tests.Kubelet;

/// <summary>
/// A registry with its token service that does what the first word of the repository says: <c>open</c>, <c>basic</c>, <c>bearer</c>, <c>plain</c>
/// (the same, and its token has the old name alone), <c>tokenNNN</c>
/// (the token service's status), <c>denied</c> (a token that does not suffice), <c>sNNN</c> (the registry's status), <c>away</c> (no such repository).
/// </summary>
internal sealed class ScriptedRegistry : IAsyncDisposable
{
    public static readonly RegistryLogin Right = new("user", "opensesame");

    private readonly WebApplication _app;
    private readonly DescribedRegistries _images;

    private ScriptedRegistry(WebApplication app, string address, DescribedRegistries images)
    {
        (_app, Address, _images) = (app, address, images);
        app.Run(ServeAsync);
    }

    public string Address { get; }

    /// <param name="images">A registries.yaml whose one host is <c>*</c>: what all repositories hold.</param>
    public static async Task<ScriptedRegistry> StartAsync(string address, string images)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://" + address);
        var registry = new ScriptedRegistry(builder.Build(), address, DescribedRegistries.Parse(images, "images"));
        await registry._app.StartAsync();
        return registry;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    /// <summary>The image as every repository has it.</summary>
    public ValueTask<ImageAnswer> FindAsync(string tagOrDigest) => _images.AskAsync(
        Reference.Parse($"{Address}/images{(tagOrDigest.Contains(':', StringComparison.Ordinal) ? "@" : ":")}{tagOrDigest}"), null, CancellationToken.None);

    private async Task ServeAsync(HttpContext http)
    {
        var path = http.Request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var refusal = path is ["token", var word] ? Token(http, word) : path is ["v2", var first, .., "manifests" or "blobs", _] ? Refuse(http, first) : path is ["v2"] ? 0 : 404;
        if (refusal > 0) await SayAsync(http, refusal);
        else if (path is ["token", var of]) await http.Response.WriteAsync(of == "plain" ? """{"token":"right"}""" : """{"token":"right","access_token":"right"}""");
        else if (path is [.., "manifests", var name]) await ManifestAsync(http, name);
        else if (path is [.., "blobs", var digest]) await BlobAsync(http, Digest.Parse(digest));
    }

    /// <returns>A status of refusal; 0 for none.</returns>
    private static int Refuse(HttpContext http, string word)
    {
        var isBasic = word == "basic";
        if (isBasic || word is "bearer" or "plain" or "denied" || word.StartsWith("token", StringComparison.Ordinal))
        {
            var shown = http.Request.Headers.Authorization.ToString();
            if (shown == (isBasic ? Basic(Right) : "Bearer right") && word != "denied") return 0;
            http.Response.Headers.WWWAuthenticate = isBasic ? "Basic realm=\"tests\""
                : $"Bearer realm=\"http://{http.Request.Host}/token/{word}\",service=\"tests\",scope=\"repository:{word}/app:pull\"{(shown.Length > 0 ? ",error=\"insufficient_scope\"" : "")}";
            return 401;
        }
        return word == "away" ? 404 : word[0] == 's' && int.TryParse(word[1..], NumberStyles.None, CultureInfo.InvariantCulture, out var status) ? status : 0;
    }

    private static int Token(HttpContext http, string word)
    {
        if (word.StartsWith("token", StringComparison.Ordinal)) return int.Parse(word[5..], CultureInfo.InvariantCulture);
        var shown = http.Request.Headers.Authorization.ToString();
        var form = http.Request.HasFormContentType ? http.Request.Form : null;
        var given = form is null ? shown : Basic(new RegistryLogin(form["username"].ToString(), form["password"].ToString()));
        return given.Length == 0 ? word is "bearer" or "plain" ? 401 : 0 : given == Basic(Right) ? 0 : 401;
    }

    private async Task ManifestAsync(HttpContext http, string name)
    {
        var found = name.StartsWith("sha256:", StringComparison.Ordinal) && await FindAsync("multi") is { Source: { } source }
            ? await source.FindManifestAsync(name, http.RequestAborted) : (await FindAsync(name)).Manifest;
        if (found is null)
        {
            await SayAsync(http, 404);
            return;
        }
        http.Response.ContentType = found.MediaType;
        http.Response.Headers["Docker-Content-Digest"] = found.Digest.ToString();
        await SendAsync(http, found.Bytes);
    }

    private async Task BlobAsync(HttpContext http, Digest digest)
    {
        var source = (await FindAsync("multi")).Source!;
        // Of the described images all blobs are smaller, and only the digest decides.
        using var bytes = new MemoryStream();
        foreach (var image in Names)
        {
            var manifest = (await FindAsync(image)).Manifest!;
            foreach (var child in manifest.IsIndex ? manifest.AsIndex().Manifests : [manifest.Descriptor])
                if ((await source.FindManifestAsync(child.Digest.ToString(), http.RequestAborted))!.AsImage().Blobs.FirstOrDefault(b => b.Digest == digest) is { } blob)
                {
                    await using var stream = await source.OpenBlobAsync(blob, http.RequestAborted);
                    await stream.CopyToAsync(bytes, http.RequestAborted);
                    await SendAsync(http, bytes.ToArray());
                    return;
                }
        }
        await SayAsync(http, 404);
    }

    public IReadOnlyList<string> Names { get; init; } = ["multi", "foreign", "older", "single"];

    private static async Task SendAsync(HttpContext http, ReadOnlyMemory<byte> bytes)
    {
        http.Response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(http.Request.Method)) await http.Response.Body.WriteAsync(bytes);
    }

    private static async Task SayAsync(HttpContext http, int status)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        if (!HttpMethods.IsHead(http.Request.Method)) await http.Response.WriteAsync($$"""{"errors":[{"code":"SAID","message":"status {{status}}"}]}""");
    }

    private static string Basic(RegistryLogin login) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{login.Username}:{login.Password}"));
}
