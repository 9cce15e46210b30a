using Viaduct.Oci;

namespace Viaduct.Server.Tests.Personalities;

public sealed class GarTests
{
    private const string Scope = "repository:p:pull,push repository:p/r/i:pull,push repository:p/repositories/uploads:pull,push";

    [Theory]
    [InlineData("p", "/artifacts-uploads/namespaces/p/uploads/")]
    [InlineData("p/r/i", "/artifacts-uploads/namespaces/p/repositories/r/i/uploads/")]
    [InlineData("p/repositories/uploads", "/artifacts-uploads/namespaces/p/repositories/repositories/uploads/uploads/")]
    public async Task Uploads_are_elsewhere(string repository, string start)
    {
        await using var registry = await PlayedRegistry.StartAsync("gar", scope: Scope);
        Assert.StartsWith(start, await registry.BeginAsync(repository));
        var digest = await registry.PushBlobAsync([7], repository);
        Assert.Equal("200", await registry.AnswerAsync("HEAD", $"/v2/{repository}/blobs/{digest}"));
    }

    [Theory]
    [InlineData("/artifacts-uploads/namespaces/p/uploads/x", "404 BLOB_UPLOAD_UNKNOWN")]
    [InlineData("/artifacts-uploads/namespaces/q/uploads/x", "401 UNAUTHORIZED")]
    [InlineData("/artifacts-uploads/namespaces/p/else/r/uploads/x", "404 UNSUPPORTED")]
    [InlineData("/artifacts-uploads/namespaces/", "404 UNSUPPORTED")]
    public async Task An_address_of_uploads_has_one_shape(string path, string answer)
    {
        await using var registry = await PlayedRegistry.StartAsync("gar", scope: Scope);
        Assert.Equal(answer, await registry.AnswerAsync("PUT", $"{path}?digest={Digest.Sha256([7])}", [7]));
    }

    [Fact]
    public async Task Chunks_are_refused_and_one_stream_passes()
    {
        await using var registry = await PlayedRegistry.StartAsync("gar", scope: Scope);
        Assert.Equal("400 BLOB_UPLOAD_INVALID", await registry.AnswerAsync("PATCH", await registry.BeginAsync("p/r/i"), [7], ("Content-Range", "0-0")));
        var place = await registry.BeginAsync("p/r/i");
        Assert.Equal("202", await registry.AnswerAsync("PATCH", place, [7]));
        Assert.Equal("400 BLOB_UPLOAD_INVALID", await registry.AnswerAsync("PATCH", place, [8]));
        Assert.Equal("201", await registry.AnswerAsync("PUT", $"{place}?digest={Digest.Sha256([7])}"));
    }
}
