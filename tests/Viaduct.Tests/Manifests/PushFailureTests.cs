using Microsoft.AspNetCore.Http;
using Viaduct.Manifests;
using Viaduct.Oci;

namespace Viaduct.Tests.Manifests;

/// <summary>Registries that refuse, waver or are not there: docker's words where it has some, and no failure where there need be none.</summary>
public sealed class PushFailureTests : IAsyncLifetime
{
    private PushBed _bed = null!;

    private string Host => _bed.Registry.Host;

    public async ValueTask InitializeAsync() => _bed = await PushBed.StartAsync();

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Theory]
    [InlineData(202)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(405)]
    public async Task A_mount_that_is_not_done_is_an_upload(int status)
    {
        var image = await ForeignListAsync();
        // A session as ECR opens it: the mount becomes an upload of another one.
        _bed.Registry.Script = http =>
        {
            if (!IsMount(http)) return Task.FromResult(false);
            if (status != 202) return PushRegistry.AnswerErrorAsync(http, status, "DENIED", "no");
            http.Request.QueryString = QueryString.Empty;
            return Task.FromResult(false);
        };
        await _bed.PushAsync("target/app:1");
        Assert.Equal(image.Manifest!.Bytes.ToArray(), (await _bed.FindAsync($"target/app@{image.Descriptor.Digest}"))!.Bytes.ToArray());
        Assert.Equal(2, _bed.Registry.CountOf("PUT", "/blobs/uploads/"));
    }

    [Theory]
    [InlineData(503, "", 1)]
    [InlineData(503, "", 2)]
    [InlineData(429, "3", 1)]
    [InlineData(500, "", 3)]
    public async Task A_failure_that_passes_is_none(int status, string after, int times)
    {
        await ForeignListAsync();
        var left = new Dictionary<string, int>();
        _bed.Registry.Script = async http =>
        {
            lock (left)
            {
                var key = http.Request.Method + http.Request.Path + http.Request.QueryString;
                var known = left.GetValueOrDefault(key, times);
                left[key] = known - 1;
                if (known <= 0) return false;
            }
            if (after.Length > 0) http.Response.Headers.RetryAfter = after;
            return await PushRegistry.AnswerAsync(http, status);
        };
        var pushed = await _bed.PushAsync("target/app:1");
        _bed.Registry.Script = null;
        Assert.Equal(pushed.List.Digest, (await _bed.FindAsync("target/app:1"))!.Digest);
        if (after.Length > 0) Assert.True(_bed.Clock.GetTimestamp() >= TimeSpan.FromSeconds(3).Ticks);
    }

    [Fact]
    public async Task A_source_that_is_not_there_is_what_is_named()
    {
        var closed = PushBed.ClosedHost();
        var image = await _bed.ImageAsync("app:a");
        await _bed.ListAsync("target/app:1", [image with { Ref = Reference.Parse($"{closed}/app:a") }]);
        var e = await _bed.RefusedAsync<ManifestException>("target/app:1");
        Assert.Equal($"failed to configure transport: error pinging v2 registry: Get \"https://{closed}/v2/\": dial tcp {closed}: connect: connection refused", e.Words);
    }

    [Theory]
    [InlineData(404, true)]
    [InlineData(400, false)]
    public async Task A_blob_with_an_address_of_its_own_may_be_missing_and_not_be_refused(int status, bool isPushed)
    {
        var foreign = new Descriptor("application/vnd.docker.image.rootfs.foreign.diff.tar.gzip", Digest.Sha256("nowhere"u8), 7) { Urls = ["https://mcr.example/x"] };
        var image = await _bed.ImageAsync("source/app:1", new("windows", "amd64"));
        var config = image.Manifest!.AsImage().Config;
        var manifest = new ImageManifest(config, [foreign]).ToManifest();
        await _bed.ListAsync("target/app:1", [image with { Manifest = manifest, Descriptor = manifest.Descriptor with { Platform = new("windows", "amd64") } }]);
        _bed.Registry.Script = http =>
        {
            if (http.Request.Method == "PUT" && http.Request.Path.Value!.Contains("/manifests/")) return Accept(http);
            var isForeign = http.Request.QueryString.Value!.Contains(foreign.Digest.Hex) || http.Request.Path.Value!.Contains(foreign.Digest.Hex);
            return isForeign ? PushRegistry.AnswerErrorAsync(http, http.Request.Method == "GET" ? status : 404, "X", "x") : Task.FromResult(false);
        };
        if (isPushed) await _bed.PushAsync("target/app:1", r => r with { Verify = false });
        else Assert.Equal("VIA3015", (await _bed.RefusedAsync<ManifestException>("target/app:1")).Code);

        static Task<bool> Accept(HttpContext http)
        {
            http.Response.Headers.Location = http.Request.Path.Value;
            return PushRegistry.AnswerAsync(http, 201);
        }
    }

    [Fact]
    public async Task A_blob_that_can_neither_be_mounted_nor_sent_is_told_with_its_names()
    {
        var image = await ForeignListAsync();
        _bed.Registry.Script = http => http.Request.Method == "POST" ? PushRegistry.AnswerAsync(http, 500) : Task.FromResult(false);
        var e = await _bed.RefusedAsync<ManifestException>("target/app:1");
        Assert.Contains(e.Words, image.Manifest!.AsImage().Blobs.Select(b =>
            $"failed to mount blob source/app@{b.Digest} to {Host}/target/app:1: received unexpected HTTP status: 500 Internal Server Error"));
        Assert.Equal("VIA3014", e.Code);
        Assert.Equal(0, _bed.Registry.CountOf("PUT", "/manifests/"));
        Assert.True(await _bed.HasListAsync("target/app:1"));
    }

    [Fact]
    public async Task A_registry_that_is_not_there_is_told_as_docker_s_ping_meets_it()
    {
        var host = PushBed.ClosedHost();
        var image = await _bed.ImageAsync("app:a");
        var name = Reference.Parse($"{host}/app:1");
        await _bed.Store.SaveAsync(new StoredList(name, [], new Companion(name)).With(image with { Ref = Reference.Parse($"{host}/app:a") }), null, default);
        using var client = _bed.Client();
        var e = await Assert.ThrowsAsync<ManifestException>(() => new ListPusher(_bed.Context(client)).PushAsync(new PushRequest(name), default));
        Assert.Equal($"failed to configure transport: error pinging v2 registry: Get \"https://{host}/v2/\": dial tcp {host}: connect: connection refused", e.Words);
        Assert.Equal("VIA3001", e.Code);
    }

    [Fact]
    public async Task A_registry_that_wants_a_password_where_there_is_none_is_told_as_docker_tells_it()
    {
        await _bed.ListAsync("app:1", [await _bed.ImageAsync("app:a")]);
        _bed.Registry.Script = http =>
        {
            http.Response.Headers.WWWAuthenticate = "Basic realm=\"x\"";
            return PushRegistry.AnswerErrorAsync(http, 401, "UNAUTHORIZED", "authentication required");
        };
        var e = await _bed.RefusedAsync<ManifestException>("app:1");
        Assert.Equal($"failed to put manifest {Host}/app:1: Put \"http://{Host}/v2/app/manifests/1\": no basic auth credentials", e.Words);
        Assert.Equal("VIA3010", e.Code);
        Assert.Contains("docker login", e.Todo);
    }

    [Fact]
    public async Task A_token_service_that_refuses_is_told_as_docker_tells_it()
    {
        await _bed.ListAsync("app:1", [await _bed.ImageAsync("app:a")]);
        _bed.Registry.Script = http =>
        {
            http.Response.Headers.WWWAuthenticate = $"Bearer realm=\"http://{Host}/token\"";
            return http.Request.Path == "/token"
                ? PushRegistry.AnswerAsync(http, 401, "{\"details\":\"incorrect username or password\"}")
                : PushRegistry.AnswerErrorAsync(http, 401, "UNAUTHORIZED", "authentication required");
        };
        var e = await _bed.RefusedAsync<ManifestException>("app:1");
        Assert.Equal($"failed to put manifest {Host}/app:1: Put \"http://{Host}/v2/app/manifests/1\": unauthorized: incorrect username or password", e.Words);
        Assert.Equal("VIA3010", e.Code);
    }

    private async Task<StoredManifest> ForeignListAsync()
    {
        var image = await _bed.ImageAsync("source/app:1");
        await _bed.ListAsync("target/app:1", [image]);
        return image;
    }

    private static bool IsMount(HttpContext http) => http.Request.Method == "POST" && http.Request.Query.ContainsKey("mount");

    private static bool Refuses(HttpContext http, string method, string part) => http.Request.Method == method && http.Request.Path.Value!.Contains(part, StringComparison.Ordinal);
}
