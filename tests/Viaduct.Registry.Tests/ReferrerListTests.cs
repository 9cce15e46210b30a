using Microsoft.AspNetCore.Http;
using Viaduct.Oci;

namespace Viaduct.Registry.Tests;

public sealed class ReferrerListTests
{
    private static readonly RawManifest A = Referring.Manifest(note: "a"), B = Referring.Manifest("application/x.signature", "b"), C = Referring.Manifest(note: "c");

    private static string Short(params RawManifest[] manifests) => string.Join(' ', manifests.Select(m => m.Digest.Short));

    [Fact]
    public async Task Pages_are_followed_and_each_referrer_comes_once()
    {
        await using var registry = await ScriptedRegistry.StartAsync(http =>
        {
            var second = http.Request.QueryString.Value == "?last=b&x=%2F";
            return http.AnswerAsync(200, second ? Referring.Index(Referring.Entry(B, "t"), Referring.Entry(C, "t")) : Referring.Index(Referring.Entry(A, "t"), Referring.Entry(B, "t"), Referring.Entry(A, "t")),
                MediaTypes.OciIndex, second ? [] : [("Link", $"</v2/team/app/referrers/{Referring.Subject}?last=b&x=%2F>; rel=\"next\"")]);
        });
        using var client = Samples.Client();
        Assert.Equal(Short(A, B, C), await client.Repository(registry).NotesAsync());
        Assert.Equal($"/v2/team/app/referrers/{Referring.Subject}", registry.Seen.First().Target);
        Assert.Equal(2, registry.Seen.Count);
    }

    // what the registry says of its filtering, the entries' types, and which of the two entries are taken
    [Theory]
    [InlineData(true, "application/x.sbom", null, "a b")]
    [InlineData(true, "application/x.sbom", "application/x.signature", "a")]
    [InlineData(false, "application/x.sbom", "application/x.signature", "a")]
    [InlineData(false, "application/x.signature", "application/x.signature", "")]
    public async Task Only_the_wanted_type_comes_whoever_filters(bool filters, string? a, string? b, string taken)
    {
        await using var registry = await ScriptedRegistry.StartAsync(http => http.AnswerAsync(200, Referring.Index(Referring.Entry(A, a), Referring.Entry(B, b)), MediaTypes.OciIndex,
            filters ? [("OCI-Filters-Applied", "artifactType")] : []));
        using var client = Samples.Client();
        var found = await client.Repository(registry).NotesAsync("application/x.sbom");
        Assert.Equal(taken, found.Replace(A.Digest.Short, "a", StringComparison.Ordinal).Replace(B.Digest.Short, "b", StringComparison.Ordinal));
        Assert.EndsWith("?artifactType=application%2Fx.sbom", Assert.Single(registry.Seen).Target, StringComparison.Ordinal);
    }

    // what is answered for the list: the tag is read instead; and how often two lists are asked for
    [Theory]
    [InlineData(404, "404 page not found", "text/plain", 1)]
    [InlineData(404, """{"errors":[{"code":"NAME_UNKNOWN"}]}""", "application/json", 2)]
    [InlineData(400, """{"errors":[{"code":"DIGEST_INVALID"}]}""", "application/json", 2)]
    [InlineData(405, """{"errors":[{"code":"UNSUPPORTED"}]}""", "application/json", 1)]
    [InlineData(501, "", "text/plain", 1)]
    [InlineData(200, "<html>welcome</html>", "text/html", 4)]
    [InlineData(404, "<html>no such page</html>", "text/html", 4)]
    [InlineData(404, """{"errors":[{"code":"MANIFEST_UNKNOWN"}]}""", "application/json", 2)]
    [InlineData(200, "[]", "application/json", 1)]
    [InlineData(200, "{}", "application/json", 1)]
    public async Task Where_the_registry_keeps_no_list_the_tag_is_read(int status, string body, string type, int requests)
    {
        await using var registry = await ScriptedRegistry.StartAsync(http => http.Request.Path.Value!.EndsWith("/manifests/" + Referring.Tag, StringComparison.Ordinal)
            ? http.AnswerAsync(200, Referring.Index(Referring.Entry(A, "t")), MediaTypes.OciIndex) : http.AnswerAsync(status, body, type));
        using var client = Samples.Client();
        var repository = client.Repository(registry);
        Assert.Equal(Short(A), await repository.NotesAsync());
        Assert.Equal(Short(A), await repository.NotesAsync());
        Assert.Equal(requests, registry.Count("GET", "/v2/team/app/referrers/"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_a_proxy_or_another_host_answered_once_is_no_word_of_the_registrys(bool elsewhere)
    {
        await using var other = await ScriptedRegistry.StartAsync(http => http.AnswerAsync(404, "nothing", "text/plain"));
        var asked = 0;
        await using var registry = await ScriptedRegistry.StartAsync(http => ++asked > 1 ? http.AnswerAsync(200, Referring.Index(Referring.Entry(A, "t")), MediaTypes.OciIndex)
            : elsewhere ? http.AnswerAsync(307, "", "text/plain", ("Location", other.Url + "/somewhere")) : http.AnswerAsync(200, "<html>", "text/html"));
        using var client = Samples.Client();
        Assert.Equal(Short(A), await client.Repository(registry).NotesAsync());
    }

    [Fact]
    public async Task No_list_and_no_tag_are_no_referrers()
    {
        await using var registry = await ScriptedRegistry.StartAsync(new PlainStore().AnswerAsync);
        using var client = Samples.Client();
        Assert.Equal("", await client.Repository(registry).NotesAsync());
    }

    [Fact]
    public async Task An_image_under_the_tag_is_no_list()
    {
        var store = new PlainStore { Manifests = { [Referring.Tag] = A.Text() } };
        await using var registry = await ScriptedRegistry.StartAsync(store.AnswerAsync);
        using var client = Samples.Client();
        Assert.Equal("", await client.Repository(registry).NotesAsync());
    }

    [Fact]
    public async Task An_entry_that_says_no_type_is_looked_at()
    {
        var store = new PlainStore { Manifests = { [Referring.Tag] = Referring.Index(Referring.Entry(A, null), Referring.Entry(B, null)), [A.Digest.ToString()] = A.Text(), [B.Digest.ToString()] = B.Text() } };
        await using var registry = await ScriptedRegistry.StartAsync(store.AnswerAsync);
        using var client = Samples.Client();
        var found = Assert.Single(await client.Repository(registry).ReferrersAsync(Referring.Subject, "application/x.signature", default).ToListAsync());
        Assert.Equal((B.Digest, "application/x.signature"), (found.Digest, found.ArtifactType));
    }

    [Theory]
    [InlineData("same", "VIA3032", 2)]
    [InlineData("host", "VIA3032", 1)]
    [InlineData("page", "VIA3020", 3)]
    public async Task A_list_without_a_good_end_is_given_up(string how, string code, int requests)
    {
        var pages = 0;
        await using var registry = await ScriptedRegistry.StartAsync(http => ++pages >= 2 && how == "page" ? http.AnswerAsync(200, "<html>", "text/html")
            : http.AnswerAsync(200, Referring.Index(Referring.Entry(A, "t")), MediaTypes.OciIndex, ("Link", how == "host" ? "<http://127.0.0.1:1/v2/x>; rel=next" : $"</v2/x?{pages}>; rel=next")));
        using var client = Samples.Client();
        Assert.Equal(code, (await Assert.ThrowsAnyAsync<ViaductException>(() => client.Repository(registry).NotesAsync())).Code);
        Assert.Equal(requests, pages);
    }

    // what comes where a list is expected, or came before: never an empty list
    [Theory]
    [InlineData(false, MediaTypes.OciIndex, "VIA1010")]
    [InlineData(true, "text/html", "VIA3020")]
    [InlineData(true, "application/json", "VIA3020")]
    public async Task A_list_that_is_broken_is_not_none(bool after, string type, string code)
    {
        await using var registry = await ScriptedRegistry.StartAsync(http => after ? http.AnswerAsync(200, Referring.Index(), MediaTypes.OciIndex) : http.AnswerAsync(200, "{\"manifests\":[", type));
        using var client = Samples.Client();
        if (after) Assert.Equal("", await client.Repository(registry).NotesAsync());
        after = false;
        Assert.Equal(code, (await Assert.ThrowsAnyAsync<ViaductException>(() => client.Repository(registry).NotesAsync())).Code);
    }

    [Fact]
    public async Task The_first_question_goes_alone_and_the_others_wait_for_what_it_learns()
    {
        var store = new PlainStore();
        await using var registry = await ScriptedRegistry.StartAsync(store.AnswerAsync);
        using var client = Samples.Client();
        var repository = client.Repository(registry);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => repository.ReferrersAsync(Digest.Sha256([(byte)i]), null, default).ToListAsync().AsTask()));
        Assert.Equal(1, registry.Count("GET", "/v2/team/app/referrers/"));
    }

    // Artifactory says 403 of a tag that is missing; what the list of tags has decides
    [Theory]
    [InlineData("v1", null)]
    [InlineData("its own", "VIA3010")]
    public async Task A_list_under_a_tag_that_is_answered_403_is_looked_for_among_the_tags(string tag, string? code)
    {
        var puts = 0;
        await using var registry = await ScriptedRegistry.StartAsync(http => http.Request.Path.Value! switch
        {
            var path when path.Contains("/referrers/", StringComparison.Ordinal) => http.AnswerAsync(404, "404 page not found", "text/plain"),
            var path when path.EndsWith("/tags/list", StringComparison.Ordinal) => http.AnswerAsync(200, $$"""{"tags":["{{(tag == "v1" ? tag : Referring.Tag)}}"]}"""),
            var path when http.Request.Method == "PUT" => http.AnswerAsync(path.EndsWith(Referring.Tag, StringComparison.Ordinal) && ++puts > 1 ? 500 : 201, ""),
            _ => puts > 0 ? http.AnswerAsync(200, Referring.Index(Referring.Entry(A, "application/x.sbom")), MediaTypes.OciIndex) : http.AnswerErrorAsync(403, "DENIED"),
        });
        using var client = Samples.Client();
        var repository = client.Repository(registry);
        if (code is null)
        {
            Assert.Equal("", await repository.NotesAsync());
            await repository.PushManifestAsync(A, default);
            Assert.Equal(1, puts);
        }
        else
        {
            Assert.Equal(code, (await Assert.ThrowsAsync<RegistryException>(() => repository.NotesAsync())).Code);
        }
    }

    [Theory]
    [InlineData(403, FailureKind.Denied)]
    [InlineData(500, FailureKind.Failed)]
    public async Task A_list_that_is_denied_or_fails_is_not_an_empty_one(int status, FailureKind kind)
    {
        await using var registry = await ScriptedRegistry.StartAsync(http => http.AnswerErrorAsync(status, "X"));
        using var client = Samples.Client();
        Assert.Equal(kind, (await Assert.ThrowsAnyAsync<ViaductException>(() => client.Repository(registry).NotesAsync())).Kind);
    }
}
