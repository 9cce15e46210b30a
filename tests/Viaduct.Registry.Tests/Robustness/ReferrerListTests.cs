using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Http;
using Viaduct.Oci;

namespace Viaduct.Registry.Tests.Robustness;

/// <summary>The list of referrers under a tag, at a registry that keeps none: everybody writes it, and nobody's entry is lost.</summary>
public sealed class ReferrerListTests
{
    private static readonly Digest Subject = Samples.Manifest.Digest;
    private static readonly string Tag = $"sha256-{Subject.Hex}";
    private static readonly RawManifest Theirs = Referrer("theirs");
    private readonly ConcurrentDictionary<string, (string Body, string Type)> _manifests = new();
    private bool _hasVersions;
    private int _lists;

    /// <summary>What another client does, at the n-th time that ours puts the list: before it, or after it.</summary>
    private Action<int> _before = _ => { };
    private Action<int> _after = _ => { };

    private static RawManifest Referrer(string name) => RawManifest.Parse(Encoding.UTF8.GetBytes(
        $$"""{"schemaVersion":2,"mediaType":"{{MediaTypes.OciManifest}}","artifactType":"application/vnd.example.{{name}}","config":{"mediaType":"application/vnd.oci.empty.v1+json","digest":"{{Digest.Sha256("{}"u8)}}","size":2},"layers":[],"subject":{"mediaType":"{{MediaTypes.OciIndex}}","digest":"{{Subject}}","size":{{Samples.ManifestBytes.Length}}},"annotations":{"name":"{{name}}"} }"""), null);

    private static string List(params RawManifest[] entries) =>
        $$"""{"schemaVersion":2,"mediaType":"{{MediaTypes.OciIndex}}","manifests":[{{string.Join(',', entries.Select(e => $$"""{"mediaType":"{{e.MediaType}}","digest":"{{e.Digest}}","size":{{e.Bytes.Length}} }"""))}}]}""";

    private async Task AnswerAsync(HttpContext http)
    {
        var path = http.Request.Path.Value!;
        var asked = path[(path.LastIndexOf('/') + 1)..];
        if (path == "/v2/") await http.AnswerAsync(200, "{}");
        else if (path.Contains("/referrers/")) await http.AnswerAsync(404, "404 page not found", "text/plain");
        else if (http.Request.Method == "PUT")
        {
            var body = await new StreamReader(http.Request.Body).ReadToEndAsync();
            var n = asked == Tag ? Interlocked.Increment(ref _lists) : 0;
            if (n > 0) _before(n);
            if (n > 0 && _hasVersions && _manifests.TryGetValue(Tag, out var now) && http.Request.Headers.IfMatch != Version(now.Body))
            {
                await http.AnswerErrorAsync(412, "DENIED");
                return;
            }
            _manifests[asked] = _manifests[Digest.Sha256(Encoding.UTF8.GetBytes(body)).ToString()] = (body, http.Request.ContentType!);
            if (n > 0) _after(n);
            await http.AnswerAsync(201);
        }
        else if (_manifests.TryGetValue(asked, out var found))
            await http.AnswerAsync(200, found.Body, found.Type, _hasVersions ? [("ETag", Version(found.Body))] : []);
        else await http.AnswerErrorAsync(404, "MANIFEST_UNKNOWN");
    }

    private static string Version(string body) => $"\"{Digest.Sha256(Encoding.UTF8.GetBytes(body)).Short}\"";

    /// <summary>Whoever wrote at the same moment, both entries are there in the end.</summary>
    [Theory]
    [InlineData("nobody else", false)]
    [InlineData("another one after us", false)]
    [InlineData("another one twice after us", false)]
    [InlineData("another one before us", true)]
    public async Task Concurrent_update_of_a_fallback_referrers_tag(string who, bool hasVersions)
    {
        _hasVersions = hasVersions;
        void Write() => _manifests[Tag] = (List(Theirs), MediaTypes.OciIndex);
        if (who is "nobody else" or "another one before us") _manifests[Tag] = (List(), MediaTypes.OciIndex);
        if (who == "nobody else") Write();
        if (who.Contains("after us", StringComparison.Ordinal)) _after = n => { if (n <= (who.Contains("twice", StringComparison.Ordinal) ? 2 : 1)) Write(); };
        if (who == "another one before us") _before = n => { if (n == 1) Write(); };
        await using var registry = await ScriptedRegistry.StartAsync(AnswerAsync);
        using var client = Samples.Client();
        var mine = Referrer("mine");
        await client.Repository(registry).PushManifestAsync(mine, default);
        var listed = RawManifest.Parse(Encoding.UTF8.GetBytes(_manifests[Tag].Body), MediaTypes.OciIndex).AsIndex().Manifests;
        Assert.Equal(new[] { Theirs.Digest, mine.Digest }.Select(d => d.Hex).Order(), listed.Select(e => e.Digest.Hex).Order());
        var entry = listed.Single(e => e.Digest == mine.Digest);
        Assert.Equal(("application/vnd.example.mine", "mine"), (entry.ArtifactType, entry.Annotations["name"]));
    }

    [Fact]
    public async Task Concurrent_updates_of_one_process()
    {
        await using var registry = await ScriptedRegistry.StartAsync(AnswerAsync);
        using var client = Samples.Client();
        var all = Enumerable.Range(0, 8).Select(i => Referrer($"r{i}")).ToList();
        await Task.WhenAll(all.Select(r => client.Repository(registry).PushManifestAsync(r, default)));
        var listed = await client.Repository(registry).ReferrersAsync(Subject, null, default).ToListAsync();
        Assert.Equal(all.Select(r => r.Digest.Hex).Order(), listed.Select(e => e.Digest.Hex).Order());
    }

    /// <summary>A tag that somebody uses for an image is no list, and stays.</summary>
    [Fact]
    public async Task Fallback_referrers_tag_that_is_an_image()
    {
        _manifests[Tag] = (Encoding.UTF8.GetString(Theirs.Bytes.Span), Theirs.MediaType);
        await using var registry = await ScriptedRegistry.StartAsync(AnswerAsync);
        using var client = Samples.Client();
        await Assert.ThrowsAnyAsync<ViaductException>(() => client.Repository(registry).PushManifestAsync(Referrer("mine"), default));
        Assert.Equal(0, _lists);
        Assert.Empty(await client.Repository(registry).ReferrersAsync(Subject, null, default).ToListAsync());
    }

    [Theory]
    [InlineData("other host")]
    [InlineData("same page")]
    [InlineData("huge")]
    public async Task Endless_list_of_referrers(string how)
    {
        await using var decoy = await ScriptedRegistry.StartAsync(http => http.AnswerAsync(200, List(), MediaTypes.OciIndex));
        await using var registry = await ScriptedRegistry.StartAsync(http =>
        {
            http.Response.Headers.Link = how == "other host" ? $"<{decoy.Url}/v2/x/referrers/{Subject}>; rel=\"next\"" : $"<{http.Request.Path}?page={Guid.NewGuid():N}>; rel=\"next\"";
            return http.AnswerAsync(200, List(Theirs) + (how == "huge" ? new string(' ', RawManifest.MaxSize) : ""), MediaTypes.OciIndex);
        });
        using var client = Samples.Client();
        var error = await Assert.ThrowsAnyAsync<ViaductException>(() => client.Repository(registry).ReferrersAsync(Subject, null, default).ToListAsync().AsTask());
        Assert.Equal(how == "huge" ? "VIA3031" : "VIA3032", error.Code);
        Assert.Empty(decoy.Seen);
        Assert.InRange(registry.Seen.Count, 1, 2);
    }
}
