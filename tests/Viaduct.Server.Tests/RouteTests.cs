using CsCheck;

namespace Viaduct.Server.Tests;

public sealed class RouteTests
{
    [Theory]
    [InlineData("/v2", "Ping", "", "")]
    [InlineData("/v2/?x=/v2/a/manifests/b", "Ping", "", "")]
    [InlineData("/v2/_catalog", "Catalog", "", "")]
    [InlineData("/v2/a/b/tags/list?n=1", "Tags", "a/b", "")]
    [InlineData("/v2/tags/list/tags/list", "Tags", "tags/list", "")]
    [InlineData("/v2/a/manifests/v1", "Manifest", "a", "v1")]
    [InlineData("/v2/manifests/manifests/manifests", "Manifest", "manifests", "manifests")]
    [InlineData("/v2/a/manifests/sha256%3Aab", "Manifest", "a", "sha256:ab")]
    [InlineData("/v2/a/blobs/x", "Blob", "a", "x")]
    [InlineData("/v2/command/blobs/blobs/x", "Blob", "command/blobs", "x")]
    [InlineData("/v2/a/blobs/uploads", "Uploads", "a", "")]
    [InlineData("/v2/a/blobs/uploads/", "Uploads", "a", "")]
    [InlineData("/v2/a/blobs/blobs/uploads/", "Uploads", "a/blobs", "")]
    [InlineData("/v2/a/blobs/uploads/id", "Upload", "a", "id")]
    [InlineData("/v2/blobs/uploads/blobs/uploads/id", "Upload", "blobs/uploads", "id")]
    [InlineData("/v2/blobs/uploads/blobs/id", "Blob", "blobs/uploads", "id")]
    [InlineData("/v2/blobs/uploads/manifests/v1", "Manifest", "blobs/uploads", "v1")]
    [InlineData("/v2/a/referrers/d", "Referrers", "a", "d")]
    [InlineData("/v2/a%2Fb/manifests/v1", "Manifest", "%2F", "v1")]
    [InlineData("/v2/a/../b/manifests/v1", "Manifest", "a/../b", "v1")]
    [InlineData("/", "None", null, null)]
    [InlineData("", "None", null, null)]
    [InlineData("http://x/v2/", "None", null, null)]
    [InlineData("/v3/a/manifests/v1", "None", null, null)]
    [InlineData("/v2/a/b", "None", null, null)]
    public void A_path_is_read_from_the_right(string target, string kind, string? name, string? reference) =>
        Assert.Equal((kind, name, reference), (Route.Parse(target).Kind.ToString(), Route.Parse(target).Name, Route.Parse(target).Reference));

    [Fact]
    public void No_target_breaks_the_router_and_no_name_that_passes_can_leave_the_store() =>
        Gen.OneOf(Gen.String, Gen.OneOf(new[] { "v2", "/", "..", ".", "%2F", "%2e", "a", "blobs", "manifests", "uploads", "tags", "list", "_x", "%", "?", "\\" }.Select(Gen.Const).ToArray()).Array[0, 14].Select(string.Concat)).Sample(target =>
        {
            var route = Route.Parse("/v2/" + target);
            if (!RepositoryName.TryParse(route.Name, out var name)) return;
            var root = Path.Join(Path.GetTempPath(), "root");
            Assert.StartsWith(Path.Join(root, "repositories") + Path.DirectorySeparatorChar, Path.GetFullPath(new StorePaths(root).Repository(name)));
        });
}
