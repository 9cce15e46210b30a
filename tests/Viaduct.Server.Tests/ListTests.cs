using System.Net;
using Viaduct.Oci;

namespace Viaduct.Server.Tests;

public sealed class ListTests : RegistryTest
{
    [Fact]
    public async Task Tags_come_in_the_order_of_their_bytes()
    {
        var manifest = await Registry.PushImageAsync("a", "b");
        foreach (var tag in (string[])["a", "B", "_", "10", "9", "v1.", "con"]) await Registry.PutManifestAsync("a", tag, manifest);
        using var response = await Registry.SendAsync("GET", "/v2/a/tags/list");
        Assert.Equal("application/json", response.Header("Content-Type"));
        Assert.Equal(["10", "9", "B", "_", "a", "b", "con", "v1."], await response.ListAsync("tags"));
        Assert.Null(response.Header("Link"));
    }

    [Theory]
    [InlineData("n=2", "a b", "</v2/x/y/tags/list?n=2&last=b>; rel=\"next\"")]
    [InlineData("n=2&last=b", "c d", null)]
    [InlineData("last=c", "d", null)]
    [InlineData("last=bb", "c d", null)]
    [InlineData("last=zzz", "", null)]
    [InlineData("n=4", "a b c d", null)]
    [InlineData("n=0", "", null)]
    [InlineData("n=99999999999999999999999", "a b c d", null)]
    public async Task Tags_come_in_pages(string query, string expected, string? link)
    {
        var manifest = await Registry.PushImageAsync("x/y", "d");
        foreach (var tag in (string[])["a", "b", "c"]) await Registry.PutManifestAsync("x/y", tag, manifest);
        using var response = await Registry.SendAsync("GET", "/v2/x/y/tags/list?" + query);
        Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries), await response.ListAsync("tags"));
        Assert.Equal(link, response.Header("Link"));
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("x")]
    [InlineData("")]
    [InlineData("1.5")]
    [InlineData("%2B1")]
    public async Task A_page_size_is_a_number(string n)
    {
        await Registry.PushImageAsync("a", "v1");
        foreach (var path in (string[])["/v2/a/tags/list", "/v2/_catalog", $"/v2/a/referrers/{Digest.Sha256([])}"])
        {
            using var response = await Registry.SendAsync("GET", $"{path}?n={n}");
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.Equal("PAGINATION_NUMBER_INVALID", await response.ErrorAsync());
        }
    }

    [Fact]
    public async Task A_repository_that_nobody_pushed_to_is_unknown()
    {
        using var response = await Registry.SendAsync("GET", "/v2/a/tags/list");
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("NAME_UNKNOWN", await response.ErrorAsync());
    }

    [Fact]
    public async Task A_repository_without_tags_has_an_empty_list()
    {
        await Registry.PushBlobAsync("a", [1]);
        using var response = await Registry.SendAsync("GET", "/v2/a/tags/list");
        Assert.Empty(await response.ListAsync("tags"));
    }

    [Fact]
    public async Task The_catalog_lists_repositories_with_manifests()
    {
        foreach (var repository in (string[])["b", "a/b/c", "a/b", "con", "a-b"]) await Registry.PushImageAsync(repository, "v1");
        await Registry.PushBlobAsync("only/blobs", [1]);
        using var all = await Registry.SendAsync("GET", "/v2/_catalog");
        Assert.Equal(["a-b", "a/b", "a/b/c", "b", "con"], await all.ListAsync("repositories"));
        using var page = await Registry.SendAsync("GET", "/v2/_catalog?n=2&last=a-b");
        Assert.Equal(["a/b", "a/b/c"], await page.ListAsync("repositories"));
        Assert.Equal("</v2/_catalog?n=2&last=a%2Fb%2Fc>; rel=\"next\"", page.Header("Link"));
    }
}
