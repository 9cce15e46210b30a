using System.Text;
using Microsoft.AspNetCore.Http;
using Viaduct.Oci;

namespace Viaduct.Registry.Tests;

/// <summary>Rows of the robustness table: read-after-write lag, and 403 for what is absent.</summary>
public sealed class ReadAfterWriteTests
{
    // answers to a tag that was put, one after another: what is believed
    [Theory]
    [InlineData("404 404 new", "new")]
    [InlineData("old old new", "new")]
    [InlineData("new", "new")]
    [InlineData("old old old old old old", "old")]
    [InlineData("404 404 404 404 404 404", "none")]
    public async Task Tag_shown_late_after_it_was_put(string answers, string believed)
    {
        var script = new Queue<string>(answers.Split(' '));
        await using var registry = await ScriptedRegistry.StartAsync(http =>
        {
            if (http.Request.Method == "PUT") return http.AnswerAsync(201, "");
            return script.Dequeue() switch
            {
                "404" => http.AnswerAsync(404, "{}"),
                "old" => http.AnswerAsync(200, Encoding.UTF8.GetString(Samples.ManifestBytes) + " ", MediaTypes.OciIndex),
                _ => http.AnswerAsync(200, Encoding.UTF8.GetString(Samples.ManifestBytes), MediaTypes.OciIndex),
            };
        });
        using var client = Samples.Client();
        var repository = client.Repository(registry);
        await repository.TagAsync("v1", Samples.Manifest, default);
        var found = await repository.FindManifestAsync("v1", default);
        Assert.Equal(believed, found is null ? "none" : found.Digest == Samples.Manifest.Digest ? "new" : "old");
    }

    [Fact]
    public async Task A_tag_that_nobody_put_is_asked_for_once()
    {
        await using var registry = await ScriptedRegistry.StartAsync(http => http.AnswerAsync(404, "{}"));
        using var client = Samples.Client();
        Assert.Null(await client.Repository(registry).HeadManifestAsync("v1", default));
        Assert.Single(registry.Seen);
    }

    // status of the list of tags, and the list: outcome for who is about to push
    [Theory]
    [InlineData(200, "[\"v2\"]", "absent")]
    [InlineData(200, "[]", "absent")]
    [InlineData(404, "", "absent")]
    [InlineData(200, "[\"v2\",\"v1\"]", "VIA3010")]
    [InlineData(403, "", "VIA3010")]
    public async Task Tag_that_is_absent_and_answered_403(int status, string tags, string outcome)
    {
        await using var registry = await ScriptedRegistry.StartAsync(http => http.Request.Path.Value!.EndsWith("/tags/list", StringComparison.Ordinal)
            ? http.AnswerAsync(status, $"{{\"tags\":{(tags.Length == 0 ? "null" : tags)}}}", "application/json")
            : http.AnswerAsync(403, "{}"));
        using var client = Samples.Client();
        var repository = client.Repository(registry);
        var heading = repository.HeadForPushAsync("v1", default);
        if (outcome == "absent") Assert.Null(await heading);
        else Assert.Equal(outcome, (await Assert.ThrowsAsync<RegistryException>(() => heading)).Code);
        // A node that pulls meets the 403 as it is.
        Assert.Equal("VIA3010", (await Assert.ThrowsAsync<RegistryException>(() => repository.HeadManifestAsync("v1", default))).Code);
    }
}
