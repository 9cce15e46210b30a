using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Viaduct.Acceptance.Tests.Promotions;

/// <summary>A registry as a node sees it: asked over HTTP with nothing of Viaduct's between.</summary>
internal sealed class Production(Distribution registry) : IDisposable
{
    private static readonly string[] Types =
    [
        "application/vnd.oci.image.index.v1+json", "application/vnd.oci.image.manifest.v1+json",
        "application/vnd.docker.distribution.manifest.list.v2+json", "application/vnd.docker.distribution.manifest.v2+json",
    ];

    private readonly HttpClient _http = new();

    /// <summary>All tags below a path and the digest that each shows: <c>app:1</c>. Whatever a tag leads to is looked for, and is there.</summary>
    public async Task<IReadOnlyDictionary<string, string>> TagsAsync(string path)
    {
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var folder = Path.Combine(registry.Repositories, path);
        if (!Directory.Exists(folder)) return found;
        foreach (var repository in Directory.EnumerateDirectories(folder))
            if (Directory.Exists($"{repository}/_manifests/tags"))
                foreach (var tag in Directory.EnumerateDirectories($"{repository}/_manifests/tags").Select(Path.GetFileName))
                    // The registry makes a tag's folder before it shows something.
                    if (await DigestAsync($"{path}/{Path.GetFileName(repository)}", tag!) is { } digest) found.Add($"{Path.GetFileName(repository)}:{tag}", digest);
        return found;
    }

    public void Dispose() => _http.Dispose();

    private async Task<string?> DigestAsync(string repository, string tag)
    {
        using var answer = await AskAsync(HttpMethod.Get, repository, $"manifests/{tag}");
        if (answer.StatusCode == HttpStatusCode.NotFound) return null;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await WholeAsync(repository, await answer.Content.ReadAsByteArrayAsync());
        return answer.Headers.GetValues("Docker-Content-Digest").Single();
    }

    private async Task WholeAsync(string repository, byte[] manifest)
    {
        using var json = JsonDocument.Parse(manifest);
        if (json.RootElement.TryGetProperty("manifests", out var entries))
            foreach (var entry in entries.EnumerateArray().Select(Digest))
            {
                using var answer = await AskAsync(HttpMethod.Get, repository, $"manifests/{entry}");
                Assert.True(answer.StatusCode == HttpStatusCode.OK, $"a tag of {repository} leads to {entry}, which is missing");
                await WholeAsync(repository, await answer.Content.ReadAsByteArrayAsync());
            }
        else
            foreach (var blob in json.RootElement.GetProperty("layers").EnumerateArray().Append(json.RootElement.GetProperty("config")).Select(Digest))
            {
                using var answer = await AskAsync(HttpMethod.Head, repository, $"blobs/{blob}");
                Assert.True(answer.StatusCode == HttpStatusCode.OK, $"a tag of {repository} leads to {blob}, which is missing");
            }
    }

    private async Task<HttpResponseMessage> AskAsync(HttpMethod method, string repository, string what)
    {
        using var request = new HttpRequestMessage(method, $"http://{registry.Address}/v2/{repository}/{what}");
        foreach (var type in Types) request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(type));
        return await _http.SendAsync(request);
    }

    private static string Digest(JsonElement descriptor) => descriptor.GetProperty("digest").GetString()!;
}
