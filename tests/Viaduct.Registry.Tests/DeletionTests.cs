using Viaduct.Oci;

namespace Viaduct.Registry.Tests;

public sealed class DeletionTests
{
    // status, code in the body: what comes of it for a tag, and for a digest
    [Theory]
    [InlineData(202, "", "True", "True")]
    [InlineData(200, "", "True", "True")]
    [InlineData(204, "", "True", "True")]
    [InlineData(404, "MANIFEST_UNKNOWN", "False", "False")]
    [InlineData(400, "DIGEST_INVALID", "VIA3060", "VIA3030")]
    [InlineData(405, "UNSUPPORTED", "VIA3060", "VIA3061")]
    [InlineData(400, "UNSUPPORTED", "VIA3060", "VIA3061")]
    [InlineData(403, "DENIED", "VIA3010", "VIA3010")]
    [InlineData(500, "UNKNOWN", "VIA3014", "VIA3014")]
    public async Task What_a_registry_says_to_a_deletion_is_understood(int status, string code, string tag, string digest)
    {
        await using var registry = await ScriptedRegistry.StartAsync(http => http.Request.Method == "GET" ? http.AnswerManifestAsync()
            : code.Length == 0 ? http.AnswerAsync(status, "") : http.AnswerErrorAsync(status, code));
        using var client = Samples.Client();
        var repository = client.Repository(registry, "team/app");
        Assert.Equal(tag, await OutcomeAsync(repository.DeleteAsync("v1", default)));
        Assert.All(registry.Seen, s => Assert.Equal(("DELETE", "/v2/team/app/manifests/v1"), (s.Method, s.Target)));
        Assert.Equal(digest, await OutcomeAsync(repository.DeleteAsync(Samples.Manifest.Digest.ToString(), default)));
        Assert.Equal($"/v2/team/app/manifests/{Samples.Manifest.Digest}", registry.Seen.Last().Target);

        static async Task<string> OutcomeAsync(Task<bool> deletion)
        {
            try
            {
                return (await deletion).ToString();
            }
            catch (ViaductException e)
            {
                return e.Code;
            }
        }
    }

    [Fact]
    public async Task A_refusal_says_what_can_be_done()
    {
        await using var registry = await ScriptedRegistry.StartAsync(http => http.AnswerErrorAsync(400, "DIGEST_INVALID"));
        using var client = Samples.Client();
        var e = await Assert.ThrowsAsync<ViaductException>(() => client.Repository(registry).DeleteAsync("v1", default));
        Assert.Equal(("the registry does not delete tags by their names", FailureKind.Refused), (e.Message, e.Kind));
        Assert.Contains("by its digest", e.Todo, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deleted_tag_is_not_waited_for()
    {
        var store = new PlainStore();
        await using var registry = await ScriptedRegistry.StartAsync(store.AnswerAsync);
        var clock = new TestClock();
        using var client = Samples.Client(clock);
        var repository = client.Repository(registry);
        await repository.TagAsync("v1", Samples.Manifest, default);
        Assert.True(await repository.DeleteAsync("v1", default));
        Assert.Null(await repository.FindManifestAsync("v1", default));
        Assert.Equal(1, registry.Count("GET", "/v2/team/app/manifests/v1"));
    }

    [Fact]
    public async Task A_deleted_referrer_leaves_the_list_and_the_others_stay()
    {
        var store = new PlainStore();
        await using var registry = await ScriptedRegistry.StartAsync(store.AnswerAsync);
        using var client = Samples.Client();
        var repository = client.Repository(registry);
        RawManifest a = Referring.Manifest(note: "a"), b = Referring.Manifest(note: "b");
        await repository.PushManifestAsync(a, default);
        await repository.PushManifestAsync(b, default);
        Assert.True(await repository.DeleteAsync(a.Digest.ToString(), default));
        Assert.Equal("b", await repository.NotesAsync());
        // Another process, which knows of none.
        using var other = Samples.Client();
        Assert.True(await other.Repository(registry).DeleteAsync(b.Digest.ToString(), default));
        Assert.Equal(Referring.Index(), store.Manifests[Referring.Tag]);
    }

    [Fact]
    public async Task A_referrer_that_is_not_deleted_stays_listed()
    {
        var store = new PlainStore();
        await using var registry = await ScriptedRegistry.StartAsync(http => http.Request.Method == "DELETE" ? http.AnswerErrorAsync(405, "UNSUPPORTED") : store.AnswerAsync(http));
        using var client = Samples.Client();
        var a = Referring.Manifest(note: "a");
        await client.Repository(registry).PushManifestAsync(a, default);
        await Assert.ThrowsAsync<ViaductException>(() => client.Repository(registry).DeleteAsync(a.Digest.ToString(), default));
        Assert.Equal("a", await client.Repository(registry).NotesAsync());
    }
}
