using Microsoft.AspNetCore.Http;
using Viaduct.Oci;

namespace Viaduct.Registry.Tests;

public sealed class MirrorTests
{
    private static readonly Blob Layer = Samples.Blob(1000);

    private readonly List<string> _passed = [];

    private RegistryClient Client(ScriptedRegistry registry, TestClock? clock, ICredentialSource? credentials, params RegistryMirror[] mirrors) => new(new RegistryOptions
    {
        Clock = clock ?? new TestClock(),
        Credentials = credentials ?? NoCredentials.Instance,
        Mirrors = new Dictionary<string, IReadOnlyList<RegistryMirror>> { [registry.Host] = mirrors },
        MirrorPassedOver = text => { lock (_passed) _passed.Add(text); },
    });

    private static RegistryMirror At(ScriptedRegistry mirror, bool resolves = true) => new(new Uri(mirror.Url), resolves);

    private static async Task ServeAsync(HttpContext http)
    {
        if (http.Request.Path.Value!.Contains("/blobs/", StringComparison.Ordinal))
        {
            await using var content = await Layer.OpenAsync(default);
            http.Response.ContentLength = Layer.Descriptor.Size;
            if (http.Request.Method == "GET") await content.CopyToAsync(http.Response.Body);
        }
        else
        {
            await (http.Request.Path.Value.Contains("/tags/", StringComparison.Ordinal) ? http.AnswerAsync(200, """{"tags":["m"]}""") : http.AnswerManifestAsync());
        }
    }

    [Fact]
    public async Task What_a_mirror_has_the_registry_is_not_asked_for()
    {
        await using var registry = await ScriptedRegistry.StartAsync(ServeAsync);
        await using var mirror = await ScriptedRegistry.StartAsync(ServeAsync);
        using var client = Client(registry, null, null, At(mirror));
        var repository = client.Repository(registry);
        Assert.NotNull(await repository.FindManifestAsync("v1", default));
        Assert.NotNull(await repository.HeadManifestAsync(Samples.Manifest.Digest.ToString(), default));
        Assert.Equal(1000, await repository.HeadBlobAsync(Layer.Descriptor.Digest, default));
        Assert.Equal(1000, (await repository.ReadSmallBlobAsync(Layer.Descriptor, 1 << 20, default)).Length);
        Assert.Empty(registry.Seen);
        Assert.Equal(4, mirror.Seen.Count);
        Assert.All(mirror.Seen, s => Assert.EndsWith($"?ns={Uri.EscapeDataString(registry.Host)}", s.Target, StringComparison.Ordinal));
    }

    // what the first mirror does: how often it is asked for two manifests by digest, and whether that is said
    [Theory]
    [InlineData("404", 2, false)]
    [InlineData("500", 1, true)]
    [InlineData("403", 1, true)]
    [InlineData("401", 1, true)]
    [InlineData("429", 1, true)]
    [InlineData("html", 1, true)]
    [InlineData("other bytes", 1, true)]
    [InlineData("drop", 1, true)]
    public async Task A_mirror_that_is_of_no_use_is_followed_by_the_next_and_then_by_the_registry(string how, int asked, bool said)
    {
        await using var registry = await ScriptedRegistry.StartAsync(ServeAsync);
        var requests = 0;
        await using var first = await ScriptedRegistry.StartAsync(http =>
        {
            Interlocked.Increment(ref requests);
            if (how == "drop") http.Abort();
            return how switch
            {
                "drop" => Task.CompletedTask,
                "html" => http.AnswerAsync(200, "<html>", "text/html"),
                "other bytes" => http.AnswerManifestAsync(Referring.Manifest()),
                "404" => http.AnswerErrorAsync(404, "MANIFEST_UNKNOWN"),
                _ => http.AnswerErrorAsync(int.Parse(how), "X"),
            };
        });
        await using var second = await ScriptedRegistry.StartAsync(http => http.AnswerErrorAsync(404, "MANIFEST_UNKNOWN"));
        using var client = Client(registry, null, null, At(first), At(second));
        for (var i = 0; i < 2; i++)
            Assert.Equal(Samples.Manifest.Digest, (await client.Repository(registry).FindManifestAsync(Samples.Manifest.Digest.ToString(), default))!.Digest);
        // A 401 without a challenge has /v2/ asked for one.
        Assert.Equal(how == "401" ? asked + 1 : asked, requests);
        Assert.Equal((2, 2), (second.Seen.Count, registry.Seen.Count));
        Assert.Equal(said ? 1 : 0, _passed.Count);
        if (said) Assert.StartsWith($"the mirror {first.Host} is passed over for {registry.Host}: ", _passed[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_failed_is_asked_again_after_a_minute()
    {
        var ok = false;
        await using var registry = await ScriptedRegistry.StartAsync(ServeAsync);
        await using var mirror = await ScriptedRegistry.StartAsync(http => ok ? ServeAsync(http) : http.AnswerErrorAsync(503, "UNAVAILABLE"));
        var clock = new TestClock();
        using var client = Client(registry, clock, null, At(mirror));
        await client.Repository(registry).FindManifestAsync("v1", default);
        ok = true;
        await client.Repository(registry).FindManifestAsync("v1", default);
        Assert.Equal((1, 2), (mirror.Seen.Count, registry.Seen.Count));
        clock.Advance(TimeSpan.FromSeconds(61));
        await client.Repository(registry).FindManifestAsync("v1", default);
        Assert.Equal((2, 2), (mirror.Seen.Count, registry.Seen.Count));
    }

    [Fact]
    public async Task A_mirror_that_does_not_resolve_is_asked_for_digests_alone()
    {
        await using var registry = await ScriptedRegistry.StartAsync(ServeAsync);
        await using var mirror = await ScriptedRegistry.StartAsync(ServeAsync);
        using var client = Client(registry, null, null, At(mirror, resolves: false));
        await client.Repository(registry).FindManifestAsync("v1", default);
        Assert.Empty(mirror.Seen);
        await client.Repository(registry).FindManifestAsync(Samples.Manifest.Digest.ToString(), default);
        Assert.Equal((1, 1), (mirror.Seen.Count, registry.Seen.Count));
    }

    [Fact]
    public async Task Nothing_is_written_to_a_mirror_or_asked_of_it_by_who_writes()
    {
        await using var registry = await ScriptedRegistry.StartAsync(http => http.Request.Method switch
        {
            "PUT" => http.AnswerAsync(201, ""),
            "POST" => http.AnswerAsync(202, "", "text/plain", ("Location", "/v2/team/app/blobs/uploads/1")),
            "DELETE" => http.AnswerAsync(202, ""),
            _ => ServeAsync(http),
        });
        await using var mirror = await ScriptedRegistry.StartAsync(ServeAsync);
        using var client = Client(registry, null, null, At(mirror));
        foreach (var push in new[] { true, false })
        {
            var repository = client.Repository(Reference.Parse($"{registry.Host}/team/app"), push);
            await repository.PushBlobAsync(Layer, default);
            await repository.PushManifestAsync(Samples.Manifest, default);
            await repository.TagAsync("v1", Samples.Manifest, default);
            await repository.HeadForPushAsync("v2", default);
            await repository.FindForPushAsync("v2", default);
            // Put from here: a mirror may show what was there before.
            await repository.FindManifestAsync("v1", default);
            await repository.DeleteAsync("v1", default);
        }
        await client.Repository(Reference.Parse($"{registry.Host}/team/app"), push: true).FindManifestAsync("v3", default);
        Assert.Empty(mirror.Seen);
    }

    [Fact]
    public async Task Each_is_shown_the_credentials_of_its_own_host()
    {
        static Task Guarded(HttpContext http, Func<HttpContext, Task> serve) => http.Request.Headers.Authorization.Count > 0 ? serve(http)
            : http.AnswerAsync(401, "", "text/plain", ("WWW-Authenticate", "Basic realm=\"x\""));
        await using var registry = await ScriptedRegistry.StartAsync(http => Guarded(http, ServeAsync));
        await using var mirror = await ScriptedRegistry.StartAsync(http => Guarded(http, h => h.AnswerErrorAsync(404, "MANIFEST_UNKNOWN")));
        using var client = Client(registry, null, new TestCredentials((registry.Host, new Credential("r", "x")), (mirror.Host, new Credential("m", "y"))), At(mirror));
        Assert.NotNull(await client.Repository(registry).FindManifestAsync("v1", default));
        Assert.Equal([null, "Basic bTp5"], mirror.Seen.Select(s => s.Authorization));
        Assert.Equal([null, "Basic cjp4"], registry.Seen.Select(s => s.Authorization));
    }

    [Fact]
    public async Task Lists_come_from_the_registry_and_from_a_mirror_only_when_it_is_not_there()
    {
        var up = true;
        await using var registry = await ScriptedRegistry.StartAsync(http => up ? http.AnswerAsync(200, """{"tags":["r"]}""") : http.AnswerErrorAsync(503, "X"));
        await using var mirror = await ScriptedRegistry.StartAsync(ServeAsync);
        using var client = Client(registry, null, null, At(mirror));
        Assert.Equal(["r"], await client.Repository(registry).TagsAsync(default).ToListAsync());
        Assert.Empty(mirror.Seen);
        up = false;
        Assert.Equal(["m"], await client.Repository(registry).TagsAsync(default).ToListAsync());
        using var alone = Client(registry, null, null, At(mirror, resolves: false));
        Assert.Equal("VIA3014", (await Assert.ThrowsAnyAsync<ViaductException>(() => alone.Repository(registry).TagsAsync(default).ToListAsync().AsTask())).Code);
    }

    // what is written down, whether the path is the API's own, and where a manifest is asked for
    [Theory]
    [InlineData("", false, "/v2/team/app/manifests/v1?ns=")]
    [InlineData("/", false, "/v2/team/app/manifests/v1?ns=")]
    [InlineData("/v2", false, "/v2/team/app/manifests/v1?ns=")]
    [InlineData("/proxy/hub", false, "/proxy/hub/v2/team/app/manifests/v1?ns=")]
    [InlineData("/v2/hub", true, "/v2/hub/team/app/manifests/v1?ns=")]
    public async Task A_mirror_may_be_below_a_path(string path, bool overrides, string target)
    {
        await using var registry = await ScriptedRegistry.StartAsync(ServeAsync);
        await using var mirror = await ScriptedRegistry.StartAsync(ServeAsync);
        using var client = Client(registry, null, null, RegistryMirror.Parse(mirror.Url + path) with { OverridePath = overrides });
        await client.Repository(registry).FindManifestAsync("v1", default);
        Assert.Equal(target + Uri.EscapeDataString(registry.Host), Assert.Single(mirror.Seen).Target);
    }

    [Fact]
    public async Task The_registry_itself_is_no_mirror()
    {
        await using var registry = await ScriptedRegistry.StartAsync(http => http.AnswerErrorAsync(404, "MANIFEST_UNKNOWN"));
        using var client = Client(registry, null, null, At(registry));
        Assert.Null(await client.Repository(registry).FindManifestAsync("v1", default));
        Assert.Single(registry.Seen);
    }
}
