using System.Text.Json;
using Viaduct.Server;

namespace Viaduct.Acceptance.Tests;

/// <summary>Looks into registries as a stranger does.</summary>
internal static class Store
{
    /// <summary>Every tag of every repository, as <c>repository:tag</c>.</summary>
    public static async Task<IReadOnlyList<string>> TagsAsync(string address)
    {
        using var client = new HttpClient { BaseAddress = new Uri($"http://{address}") };
        var tags = new List<string>();
        foreach (var repository in await ReadAsync(client, "/v2/_catalog?n=1000", "repositories"))
            tags.AddRange((await ReadAsync(client, $"/v2/{repository}/tags/list", "tags")).Select(tag => $"{repository}:{tag}"));
        return tags;
    }

    /// <summary>The same for a folder that no process serves any more.</summary>
    public static async Task<IReadOnlyList<string>> TagsInFolderAsync(string folder)
    {
        if (!Directory.Exists(folder)) return [];
        await using var registry = await EmbeddedRegistry.StartAsync(new EmbeddedRegistryOptions { Store = folder, Port = 0 }, default);
        return await TagsAsync(registry.Address);
    }

    public static Task<IReadOnlyList<string>> TagsOfAsync(TemporaryFolder folder) => TagsInFolderAsync(folder.At(".viaduct/registry"));

    private static async Task<IReadOnlyList<string>> ReadAsync(HttpClient client, string path, string member)
    {
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
        // distribution has no list of tags for a repository of nothing but blobs.
        if (answer.StatusCode == System.Net.HttpStatusCode.NotFound) return [];
        using var json = JsonDocument.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync());
        return json.RootElement.GetProperty(member) is { ValueKind: JsonValueKind.Array } array ? [.. array.EnumerateArray().Select(e => e.GetString()!)] : [];
    }
}
