using System.Net;
using System.Text;
using System.Text.Json;
using Viaduct.Oci;

namespace Viaduct.Server.Tests;

public sealed class ReferrersTests : RegistryTest
{
    private static string Subject(Digest digest) =>
        $$""","subject":{"mediaType":"{{MediaTypes.OciManifest}}","digest":"{{digest}}","size":1}""";

    private async Task<JsonElement> ListAsync(string path)
    {
        using var response = await Registry.SendAsync("GET", path);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(MediaTypes.OciIndex, response.Header("Content-Type"));
        return JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync()).RootElement.GetProperty("manifests");
    }

    [Fact]
    public async Task A_manifest_without_referrers_has_an_empty_list()
    {
        Assert.Equal(0, (await ListAsync($"/v2/nobody/referrers/{Digest.Sha256([])}")).GetArrayLength());
        Assert.Equal(400, await Registry.StatusAsync("GET", "/v2/a/referrers/sha256:x"));
    }

    [Fact]
    public async Task A_referrer_is_listed_with_type_and_annotations_even_before_its_subject_exists()
    {
        var subject = Digest.Sha256("later"u8);
        var manifest = await Registry.PushImageAsync("a", "ref", Subject(subject) + ""","artifactType":"application/x.sig","annotations":{"k":"v<>"}""");
        using var again = await Registry.PutManifestAsync("a", "ref2", manifest);
        Assert.Equal(subject.ToString(), again.Header("OCI-Subject"));

        var entry = Assert.Single((await ListAsync($"/v2/a/referrers/{subject}")).EnumerateArray());
        Assert.Equal(Digest.Sha256(manifest).ToString(), entry.GetProperty("digest").GetString());
        Assert.Equal(manifest.Length, entry.GetProperty("size").GetInt32());
        Assert.Equal(MediaTypes.OciManifest, entry.GetProperty("mediaType").GetString());
        Assert.Equal("application/x.sig", entry.GetProperty("artifactType").GetString());
        Assert.Equal("v<>", entry.GetProperty("annotations").GetProperty("k").GetString());
        Assert.Equal(0, (await ListAsync($"/v2/b/referrers/{subject}")).GetArrayLength());
    }

    [Fact]
    public async Task The_config_names_the_type_where_the_image_does_not_and_an_index_may_have_none()
    {
        var subject = Digest.Sha256("s"u8);
        await Registry.PushImageAsync("a", "image", Subject(subject));
        var index = Encoding.UTF8.GetBytes($$"""{"schemaVersion":2,"mediaType":"{{MediaTypes.OciIndex}}","manifests":[]{{Subject(subject)}}}""");
        await Registry.PutManifestAsync("a", "index", index, MediaTypes.OciIndex);
        var entries = (await ListAsync($"/v2/a/referrers/{subject}")).EnumerateArray().ToDictionary(e => e.GetProperty("mediaType").GetString()!);
        Assert.Equal(MediaTypes.OciConfig, entries[MediaTypes.OciManifest].GetProperty("artifactType").GetString());
        Assert.False(entries[MediaTypes.OciIndex].TryGetProperty("artifactType", out _));
    }

    [Fact]
    public async Task A_filter_is_applied_and_said()
    {
        var subject = Digest.Sha256("s"u8);
        foreach (var type in (string[])["a/one", "a/two", "a/one"]) await Registry.PushImageAsync("a", "t", Subject(subject) + $$""","artifactType":"{{type}}" """);
        Assert.Equal(3, (await ListAsync($"/v2/a/referrers/{subject}")).GetArrayLength());
        using var response = await Registry.SendAsync("GET", $"/v2/a/referrers/{subject}?artifactType=a%2Fone");
        Assert.Equal("artifactType", response.Header("OCI-Filters-Applied"));
        Assert.Equal(2, JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync()).RootElement.GetProperty("manifests").GetArrayLength());
    }

    [Fact]
    public async Task Many_referrers_come_in_pages()
    {
        var subject = Digest.Sha256("s"u8);
        for (var i = 0; i < 5; i++) await Registry.PushImageAsync("a", "t", Subject(subject) + ""","artifactType":"a/b" """);
        var found = new HashSet<string>();
        string? next = $"/v2/a/referrers/{subject}?n=2&artifactType=a%2Fb";
        var pages = 0;
        while (next is not null)
        {
            using var response = await Registry.SendAsync("GET", next);
            foreach (var entry in JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync()).RootElement.GetProperty("manifests").EnumerateArray())
                Assert.True(found.Add(entry.GetProperty("digest").GetString()!));
            next = response.Header("Link") is { } link ? link[1..link.IndexOf('>')] : null;
            pages++;
        }
        Assert.Equal((5, 3), (found.Count, pages));
    }

    [Fact]
    public async Task A_page_of_long_annotations_stays_below_what_clients_read()
    {
        var subject = Digest.Sha256("s"u8);
        for (var i = 0; i < 3; i++) await Registry.PushImageAsync("a", "t", Subject(subject) + $$""","annotations":{"k":"{{new string('x', 2 << 20)}}"}""");
        string? next = $"/v2/a/referrers/{subject}";
        var pages = 0;
        for (; next is not null; pages++)
        {
            using var response = await Registry.SendAsync("GET", next);
            var bytes = await response.Content.ReadAsByteArrayAsync();
            Assert.InRange(bytes.Length, 2 << 20, 4 << 20);
            next = response.Header("Link") is { } link ? link[1..link.IndexOf('>')] : null;
        }
        Assert.Equal(3, pages);
    }

    [Fact]
    public async Task A_deleted_referrer_is_not_listed()
    {
        var subject = Digest.Sha256("s"u8);
        var manifest = await Registry.PushImageAsync("a", "t", Subject(subject));
        Assert.Equal(202, await Registry.StatusAsync("DELETE", $"/v2/a/manifests/{Digest.Sha256(manifest)}"));
        Assert.Equal(0, (await ListAsync($"/v2/a/referrers/{subject}")).GetArrayLength());
    }
}
