using System.Net;
using Viaduct.Oci;

namespace Viaduct.Server.Tests.Robustness;

/// <summary>Names and numbers of a request are a stranger's.</summary>
public sealed class AskedNamesTests : RegistryTest
{
    [Fact]
    public async Task Absurd_page_size()
    {
        var manifest = TestRegistry.Index();
        await Task.WhenAll(Enumerable.Range(0, 1001).Select(i => Registry.PutManifestAsync("a", $"t{i}", manifest, MediaTypes.OciIndex)));
        foreach (var n in (string[])["99999999999999999999", "2147483647", "5000"])
        {
            using var tags = await Registry.SendAsync("GET", $"/v2/a/tags/list?n={n}");
            Assert.Equal(1000, (await tags.ListAsync("tags")).Length);
            Assert.Contains("n=1000&last=", tags.Header("Link"));
            Assert.Equal(200, await Registry.StatusAsync("GET", $"/v2/_catalog?n={n}"));
        }
        foreach (var n in (string[])["-1", "-99999999999999999999", "ten", "1e3", ""])
            foreach (var path in (string[])["/v2/a/tags/list", "/v2/_catalog"])
            {
                using var refused = await Registry.SendAsync("GET", $"{path}?n={n}");
                Assert.Equal((HttpStatusCode.BadRequest, "PAGINATION_NUMBER_INVALID"), (refused.StatusCode, await refused.ErrorAsync()));
            }
    }

    public static TheoryData<string> NoDigests => new("sha256:../../../store.id", "sha256:..%2F..%2Fstore.id", "sha256:" + new string('a', 63), "sha256:" + new string('A', 64),
        "sha256:" + "../../".PadRight(64, 'a'), "md5:d41d8cd98f00b204e9800998ecf8427e", "sha384:" + new string('a', 96), "sha512:" + new string('a', 64), "sha256:", "..");

    [Theory]
    [MemberData(nameof(NoDigests))]
    public async Task Digest_used_as_a_path_in_a_request(string digest)
    {
        var location = await Registry.BeginAsync("a");
        string[] requests =
        [
            $"GET /v2/a/blobs/{digest}", $"HEAD /v2/a/blobs/{digest}", $"DELETE /v2/a/blobs/{digest}", $"GET /v2/a/manifests/{digest}", $"DELETE /v2/a/manifests/{digest}",
            $"GET /v2/a/referrers/{digest}", $"PUT {location}?digest={digest}", $"POST /v2/a/blobs/uploads/?digest={digest}", $"POST /v2/a/blobs/uploads/?mount={digest}&from=a",
        ];
        await RefusedAsync(requests);
    }

    [Theory]
    [InlineData("x/../../etc")]
    [InlineData("x/%2e%2e/%2e%2e/etc")]
    [InlineData("x%2F..%2F..%2Fetc")]
    [InlineData("..")]
    [InlineData("/etc")]
    [InlineData("A")]
    [InlineData("a%00b")]
    [InlineData("a%5C..%5Cb")]
    [InlineData("con:x")]
    public Task Repository_names_in_a_request(string name) =>
        RefusedAsync([$"GET /v2/{name}/manifests/v1", $"PUT /v2/{name}/manifests/v1", $"POST /v2/{name}/blobs/uploads/", $"GET /v2/{name}/tags/list"]);

    [Theory]
    [InlineData("..")]
    [InlineData(".x")]
    [InlineData("-x")]
    [InlineData("a%2F..%2F..%2Fb")]
    [InlineData("a%00b")]
    [InlineData("a%5Cb")]
    public async Task Tag_names_in_a_request(string tag)
    {
        var manifest = TestRegistry.Index();
        Assert.Equal(201, (int)(await Registry.PutManifestAsync("a", "v1", manifest, MediaTypes.OciIndex)).StatusCode);
        await RefusedAsync([$"GET /v2/a/manifests/{tag}", $"PUT /v2/a/manifests/{tag}", $"DELETE /v2/a/manifests/{tag}"], System.Text.Encoding.UTF8.GetString(manifest));
    }

    /// <summary>400 or 404, and nothing in the store is another than before.</summary>
    private async Task RefusedAsync(string[] requests, string body = "")
    {
        var before = Store();
        foreach (var request in requests)
        {
            var line = await Registry.RawAsync(
                $"{request} HTTP/1.1\r\nHost: {Registry.Server.Address}\r\nContent-Type: {MediaTypes.OciIndex}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}");
            Assert.True(line.StartsWith("HTTP/1.1 400 ", StringComparison.Ordinal) || line.StartsWith("HTTP/1.1 404 ", StringComparison.Ordinal), $"{request}: {line}");
        }
        Assert.Equal(before, Store());
    }

    private List<string> Store() => [.. Directory.EnumerateFileSystemEntries(Registry.Store, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
}
