using Microsoft.AspNetCore.Http;
using Viaduct.Oci;

namespace Viaduct.Registry.Tests;

/// <summary>Rows of the robustness table: read-after-write lag, and 403 for what is absent.</summary>
public sealed class ReadAfterWriteTests
{
    private static readonly RawManifest Other = RawManifest.Parse((byte[])[.. Samples.ManifestBytes, (byte)' '], MediaTypes.OciIndex);

    // answers to a tag that was put, one after another, the last one again and again: what is believed, after how many
    [Theory]
    [InlineData("404 404 new", "new", 3)]
    [InlineData("old old new", "new", 3)]
    [InlineData("new", "new", 1)]
    [InlineData("old", "old", 9)]
    [InlineData("404", "none", 9)]
    public async Task Tag_shown_late_after_it_was_put(string answers, string believed, int reads)
    {
        foreach (var method in new[] { "GET", "HEAD" })
        {
            var script = new Queue<string>(answers.Split(' '));
            await using var registry = await ScriptedRegistry.StartAsync(http => http.Request.Method == "PUT"
                ? http.AnswerAsync(201, "")
                : (script.Count > 1 ? script.Dequeue() : script.Peek()) switch { "404" => http.AnswerAsync(404, "{}"), "old" => http.AnswerManifestAsync(Other), _ => http.AnswerManifestAsync() });
            var clock = new TestClock();
            using var client = Samples.Client(clock);
            var repository = client.Repository(registry);
            await repository.TagAsync("v1", Samples.Manifest, default);
            var found = method == "GET" ? (await repository.FindManifestAsync("v1", default))?.Descriptor : await repository.HeadManifestAsync("v1", default);
            Assert.Equal(believed, found is null ? "none" : found.Digest == Samples.Manifest.Digest ? "new" : "old");
            Assert.Equal(["PUT", .. Enumerable.Repeat(method, reads)], registry.Seen.Select(s => s.Method));
            if (reads == 9) Assert.Equal(10, clock.Waits.Where(w => w <= TimeSpan.FromSeconds(2)).Sum(w => w.TotalSeconds));
        }
    }

    [Fact]
    public async Task Digests_of_two_algorithms_are_not_compared()
    {
        await using var registry = await ScriptedRegistry.StartAsync(http => http.Request.Method == "PUT" ? http.AnswerAsync(201, "") : http.AnswerManifestAsync());
        using var client = Samples.Client();
        var repository = client.Repository(registry);
        await repository.TagAsync("v1", RawManifest.Parse(Samples.ManifestBytes, MediaTypes.OciIndex, "x", Samples.Sha512(Samples.ManifestBytes)), default);
        Assert.Equal(Samples.Manifest.Digest, (await repository.HeadManifestAsync("v1", default))!.Digest);
        Assert.Equal(2, registry.Seen.Count);
    }

    [Fact]
    public async Task A_put_while_an_earlier_one_is_given_up_is_remembered()
    {
        RepositoryClient repository = null!;
        var reads = 0;
        await using var registry = await ScriptedRegistry.StartAsync(async http =>
        {
            if (http.Request.Method == "PUT")
            {
                await http.AnswerAsync(201, "");
                return;
            }
            if (++reads == 9) await repository.TagAsync("v1", Samples.Manifest, default);
            await http.AnswerManifestAsync(reads < 11 ? Other : null);
        });
        using var client = Samples.Client();
        repository = client.Repository(registry);
        await repository.TagAsync("v1", RawManifest.Parse("{\"schemaVersion\":2,\"manifests\":[]}"u8.ToArray(), MediaTypes.OciIndex), default);
        Assert.Equal(Other.Digest, (await repository.FindManifestAsync("v1", default))!.Digest);
        Assert.Equal(Samples.Manifest.Digest, (await repository.FindManifestAsync("v1", default))!.Digest);
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

    [Fact]
    public async Task Digest_that_is_answered_403_is_absent_for_who_pushes()
    {
        await using var registry = await ScriptedRegistry.StartAsync(http => http.AnswerAsync(403, "{}"));
        using var client = Samples.Client();
        var repository = client.Repository(registry);
        Assert.Null(await repository.HeadForPushAsync(Samples.Manifest.Digest.ToString(), default));
        Assert.Equal("VIA3010", (await Assert.ThrowsAsync<RegistryException>(() => repository.HeadManifestAsync(Samples.Manifest.Digest.ToString(), default))).Code);
        Assert.Equal("VIA3010", (await Assert.ThrowsAsync<RegistryException>(() => repository.PushManifestAsync(Samples.Manifest, default))).Code);
    }

    // what comes in the place of a list of tags, or how long it is: outcome for who is about to push
    [Theory]
    [InlineData("HTML", "VIA3010")]
    [InlineData("no end", "VIA3010")]
    [InlineData("large", "VIA3010")]
    [InlineData("999", "absent")]
    [InlineData("1000", "VIA3010")]
    [InlineData("1500", "VIA3010")]
    [InlineData("1000 and one more page", "absent")]
    public async Task List_of_tags_that_does_not_say_what_is_absent(string list, string outcome)
    {
        await using var registry = await ScriptedRegistry.StartAsync(http =>
        {
            if (!http.Request.Path.Value!.EndsWith("/tags/list", StringComparison.Ordinal)) return http.AnswerAsync(403, "{}");
            (string, string)[] next = list.Contains('n') && !http.Request.Query.ContainsKey("last") || list == "no end" ? [("Link", "</v2/team/app/tags/list?last=x>; rel=\"next\"")] : [];
            return list switch
            {
                "HTML" => http.AnswerAsync(200, "<html>Please log in</html>", "text/html"),
                "large" => http.AnswerAsync(200, new string(' ', 9 << 20)),
                _ => http.AnswerAsync(200, Tags(http.Request.Query.ContainsKey("last") || list == "no end" ? 1 : int.Parse(list.Split(' ')[0])), headers: next),
            };
        });
        using var client = Samples.Client();
        var failure = await Record.ExceptionAsync(async () => Assert.Null(await client.Repository(registry).HeadForPushAsync("v1", default)));
        Assert.Equal(outcome, failure is null ? "absent" : Assert.IsType<RegistryException>(failure).Code);
    }

    private static string Tags(int count) => $"{{\"tags\":[{string.Join(',', Enumerable.Range(1, count).Select(i => $"\"t{i}\""))}]}}";
}
