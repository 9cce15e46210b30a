using System.Text.Json;
using Viaduct.Oci;

namespace Viaduct.Registry.Tests;

public sealed class ReferrerPushTests
{
    private static readonly RawManifest Mine = Referring.Manifest(note: "mine");

    [Theory]
    [InlineData("subject", "PUT")]
    [InlineData("list", "PUT GET")]
    public async Task Where_the_registry_keeps_the_list_nothing_else_is_written(string says, string requests)
    {
        await using var registry = await ScriptedRegistry.StartAsync(http => http.Request.Method == "PUT"
            ? http.AnswerAsync(201, "", "text/plain", says == "subject" ? [("OCI-Subject", Referring.Subject.ToString())] : [])
            : http.AnswerAsync(200, Referring.Index(), MediaTypes.OciIndex));
        using var client = Samples.Client();
        await client.Repository(registry).PushManifestAsync(Mine, default);
        Assert.Equal(requests, string.Join(' ', registry.Seen.Select(s => s.Method)));
        // Known by now.
        await client.Repository(registry).PushManifestAsync(Referring.Manifest(note: "second"), default);
        Assert.Equal(requests + " PUT", string.Join(' ', registry.Seen.Select(s => s.Method)));
    }

    [Fact]
    public async Task A_manifest_without_subject_costs_its_own_request_alone()
    {
        var store = new PlainStore();
        await using var registry = await ScriptedRegistry.StartAsync(store.AnswerAsync);
        using var client = Samples.Client();
        await client.Repository(registry).PushManifestAsync(Samples.Manifest, default);
        Assert.Single(registry.Seen);
    }

    [Fact]
    public async Task Else_it_is_listed_under_the_tag_of_the_subject_with_type_and_annotations()
    {
        var store = new PlainStore();
        await using var registry = await ScriptedRegistry.StartAsync(store.AnswerAsync);
        using var client = Samples.Client();
        await client.Repository(registry).PushManifestAsync(Mine, default);
        Assert.Equal(
            $$$"""{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"{{{Mine.Digest}}}","size":{{{Mine.Bytes.Length}}},"annotations":{"note":"mine"},"artifactType":"application/x.sbom"}]}""",
            store.Manifests[Referring.Tag]);
        // The manifest, whether there is a list, the tag as it was, as it is to be, and read back.
        Assert.Equal("PUT GET GET PUT GET", string.Join(' ', registry.Seen.Select(s => s.Method)));
        Assert.Equal("mine", await client.Repository(registry).NotesAsync());
        await client.Repository(registry).PushManifestAsync(Mine, default);
        Assert.Equal("PUT GET", string.Join(' ', registry.Seen.Select(s => s.Method).TakeLast(2)));
    }

    [Fact]
    public async Task What_others_wrote_stays_to_the_byte()
    {
        var other = """{"digest":"sha256:0000000000000000000000000000000000000000000000000000000000000001","size":7,"mediaType":"x/y","x-theirs":[1, 2]}""";
        var store = new PlainStore { Manifests = { [Referring.Tag] = $$$"""{"schemaVersion":2,"mediaType":"{{{MediaTypes.OciIndex}}}","manifests":[{{{other}}},{{{other}}}],"annotations":{"k": "v"},"x-more":{"a": 1}}""" } };
        await using var registry = await ScriptedRegistry.StartAsync(store.AnswerAsync);
        using var client = Samples.Client();
        await client.Repository(registry).PushManifestAsync(Mine, default);
        using var list = JsonDocument.Parse(store.Manifests[Referring.Tag]);
        var entries = list.RootElement.GetProperty("manifests").EnumerateArray().ToList();
        Assert.Equal(other, entries[0].GetRawText());
        Assert.Equal(Mine.Digest.ToString(), entries[1].GetProperty("digest").GetString());
        Assert.Equal(2, entries.Count);
        Assert.Equal("""{"k": "v"} {"a": 1}""", $"{list.RootElement.GetProperty("annotations").GetRawText()} {list.RootElement.GetProperty("x-more").GetRawText()}");
    }

    // where versions are compared, the other one writes between our reading and our writing; where not, it writes over what we wrote
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Another_writer_at_the_same_time_loses_nothing_and_neither_do_we(bool compares)
    {
        var theirs = Referring.Entry(Referring.Manifest(note: "theirs"), "t");
        var store = new PlainStore { Compares = compares, Manifests = { [Referring.Tag] = Referring.Index() } };
        var puts = 0;
        await using var registry = await ScriptedRegistry.StartAsync(async http =>
        {
            var isFirst = http.Request.Method == "PUT" && http.Request.Path.Value!.EndsWith(Referring.Tag, StringComparison.Ordinal) && ++puts == 1;
            if (isFirst && compares) store.Manifests[Referring.Tag] = Referring.Index(theirs);
            await store.AnswerAsync(http);
            if (isFirst && !compares) store.Manifests[Referring.Tag] = Referring.Index(theirs);
        });
        using var client = Samples.Client();
        await client.Repository(registry).PushManifestAsync(Mine, default);
        Assert.Contains(Mine.Digest.ToString(), store.Manifests[Referring.Tag], StringComparison.Ordinal);
        Assert.Contains(theirs, store.Manifests[Referring.Tag], StringComparison.Ordinal);
        Assert.Equal(2, puts);
    }

    [Fact]
    public async Task A_version_that_is_refused_though_it_is_the_one_shown_is_not_sent_again()
    {
        var conditions = new List<string?>();
        var store = new PlainStore { Manifests = { [Referring.Tag] = Referring.Index() } };
        await using var registry = await ScriptedRegistry.StartAsync(http =>
        {
            if (!http.Request.Path.Value!.EndsWith(Referring.Tag, StringComparison.Ordinal)) return store.AnswerAsync(http);
            http.Response.Headers.ETag = "\"never\"";
            if (http.Request.Method != "PUT") return store.AnswerAsync(http);
            conditions.Add(http.Request.Headers.IfMatch.FirstOrDefault());
            return conditions[^1] is null ? store.AnswerAsync(http) : http.AnswerErrorAsync(412, "UNKNOWN");
        });
        using var client = Samples.Client();
        await client.Repository(registry).PushManifestAsync(Mine, default);
        Assert.Equal(["\"never\"", null], conditions);
    }

    [Fact]
    public async Task Many_at_once_from_one_process_are_all_listed()
    {
        var store = new PlainStore();
        await using var registry = await ScriptedRegistry.StartAsync(store.AnswerAsync);
        using var client = Samples.Client();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => client.Repository(registry).PushManifestAsync(Referring.Manifest(note: $"{i}"), default)));
        Assert.Equal(Enumerable.Range(0, 20), (await client.Repository(registry).NotesAsync()).Split(' ').Select(int.Parse).Order());
    }

    [Fact]
    public async Task A_registry_that_shows_an_older_list_makes_nobody_lose_an_entry()
    {
        var store = new PlainStore();
        var stale = 0;
        await using var registry = await ScriptedRegistry.StartAsync(http => stale-- > 0 && http.Request is { Method: "GET" } && http.Request.Path.Value!.EndsWith(Referring.Tag, StringComparison.Ordinal)
            ? http.AnswerErrorAsync(404, "MANIFEST_UNKNOWN") : store.AnswerAsync(http));
        using var client = Samples.Client();
        await client.Repository(registry).PushManifestAsync(Mine, default);
        stale = 2; // the manifest itself, and the list before it is merged
        await client.Repository(registry).PushManifestAsync(Referring.Manifest(note: "second"), default);
        Assert.Equal("mine second", await client.Repository(registry).NotesAsync());
    }

    [Fact]
    public async Task A_tag_that_names_an_image_is_not_written_over()
    {
        var store = new PlainStore { Manifests = { [Referring.Tag] = Mine.Text() } };
        await using var registry = await ScriptedRegistry.StartAsync(store.AnswerAsync);
        using var client = Samples.Client();
        var e = await Assert.ThrowsAsync<ViaductException>(() => client.Repository(registry).PushManifestAsync(Referring.Manifest(note: "2"), default));
        Assert.Equal("VIA3062", e.Code);
        Assert.Equal(Mine.Text(), store.Manifests[Referring.Tag]);
    }

    [Theory]
    [InlineData("""{"schemaVersion":2,"manifests":[{"size":3}]}""")]
    [InlineData("""{"schemaVersion":2,"manifests":7}""")]
    public async Task A_list_that_cannot_be_read_is_not_written_over(string text)
    {
        var store = new PlainStore { Manifests = { [Referring.Tag] = text } };
        await using var registry = await ScriptedRegistry.StartAsync(store.AnswerAsync);
        using var client = Samples.Client();
        var e = await Assert.ThrowsAsync<ViaductException>(() => client.Repository(registry).PushManifestAsync(Referring.Manifest(note: "2"), default));
        Assert.Equal("VIA3062", e.Code);
        Assert.EndsWith(":" + Referring.Tag, e.Where, StringComparison.Ordinal);
        Assert.Equal(text, store.Manifests[Referring.Tag]);
    }

    [Fact]
    public async Task A_registry_that_takes_minutes_to_show_the_list_is_given_the_entry_all_the_same()
    {
        var (store, clock) = (new PlainStore(), new TestClock());
        await using var registry = await ScriptedRegistry.StartAsync(http =>
        {
            if (http.Request.Path.Value!.EndsWith(Referring.Tag, StringComparison.Ordinal)) clock.Advance(TimeSpan.FromMinutes(2));
            return store.AnswerAsync(http);
        });
        using var client = Samples.Client(clock);
        await client.Repository(registry).PushManifestAsync(Mine, default);
        Assert.Equal("mine", await client.Repository(registry).NotesAsync());
    }

    [Theory]
    [InlineData(1, null)]
    [InlineData(2, null)]
    [InlineData(9, "VIA3030")]
    public async Task What_was_stored_in_other_bytes_is_put_again(int damaged, string? code)
    {
        var store = new PlainStore();
        var puts = 0;
        await using var registry = await ScriptedRegistry.StartAsync(async http =>
        {
            if (http.Request.Method != "PUT" || ++puts > damaged)
            {
                await store.AnswerAsync(http);
                return;
            }
            await http.Request.Body.CopyToAsync(Stream.Null);
            await http.AnswerAsync(201, "", "text/plain", ("Docker-Content-Digest", Digest.Sha256("other"u8).ToString()));
        });
        using var client = Samples.Client();
        var failure = await Record.ExceptionAsync(() => client.Repository(registry).TagAsync("1", Mine, default));
        Assert.True(code == (failure as ViaductException)?.Code, failure?.ToString());
        // One more is the list of referrers.
        Assert.Equal(code is null ? damaged + 2 : 3, puts);
        Assert.Equal(code is null, store.Manifests.ContainsKey("1"));
    }

    [Fact]
    public async Task Writing_ends_where_what_is_written_never_shows()
    {
        var store = new PlainStore();
        await using var registry = await ScriptedRegistry.StartAsync(async http =>
        {
            await store.AnswerAsync(http);
            store.Manifests.TryRemove(Referring.Tag, out _);
        });
        using var client = Samples.Client();
        var e = await Assert.ThrowsAsync<ViaductException>(() => client.Repository(registry).PushManifestAsync(Mine, default));
        Assert.Equal("VIA3063", e.Code);
        Assert.Equal(6, registry.Count("PUT", "/v2/team/app/manifests/" + Referring.Tag));
    }
}
