using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Http;
using Viaduct.Oci;

namespace Viaduct.Registry.Tests;

/// <summary>A registry that keeps manifests under the names they are put by, and does no more: no list of referrers, as distribution 2.8.</summary>
internal sealed class PlainStore
{
    public ConcurrentDictionary<string, string> Manifests { get; } = new();

    /// <summary>With an ETag, and If-Match that counts.</summary>
    public bool Compares { get; init; }

    public Task AnswerAsync(HttpContext http)
    {
        var path = http.Request.Path.Value!;
        if (!path.Contains("/manifests/", StringComparison.Ordinal))
            return http.AnswerAsync(404, "404 page not found\n", "text/plain", ("Docker-Distribution-Api-Version", "registry/2.0"));
        var name = path[(path.LastIndexOf('/') + 1)..];
        return http.Request.Method switch
        {
            "PUT" => PutAsync(http, name),
            "DELETE" => http.AnswerAsync(Manifests.TryRemove(name, out _) ? 202 : 404, """{"errors":[{"code":"MANIFEST_UNKNOWN"}]}"""),
            _ when Manifests.TryGetValue(name, out var text) => http.AnswerAsync(200, text, TypeOf(text), Compares ? [("ETag", VersionOf(text))] : []),
            _ => http.AnswerErrorAsync(404, "MANIFEST_UNKNOWN"),
        };
    }

    private async Task PutAsync(HttpContext http, string name)
    {
        using var reader = new StreamReader(http.Request.Body, new UTF8Encoding(false));
        var text = await reader.ReadToEndAsync();
        if (Compares && http.Request.Headers.IfMatch.FirstOrDefault() is { } version && version != VersionOf(Manifests.GetValueOrDefault(name, "")))
        {
            await http.AnswerErrorAsync(412, "UNKNOWN");
            return;
        }
        Manifests[name] = text;
        await http.AnswerAsync(201, "");
    }

    private static string TypeOf(string text) => text.Contains("\"manifests\"", StringComparison.Ordinal) ? MediaTypes.OciIndex : MediaTypes.OciManifest;

    private static string VersionOf(string text) => $"\"{Digest.Sha256(Encoding.UTF8.GetBytes(text)).Short}\"";
}
