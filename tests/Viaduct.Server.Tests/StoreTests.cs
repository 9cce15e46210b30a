using System.Runtime.Versioning;
using Viaduct.Oci;

namespace Viaduct.Server.Tests;

public sealed class StoreTests : IDisposable
{
    private readonly string _store = TestRegistry.NewStore();

    public void Dispose()
    {
        if (Directory.Exists(_store)) Directory.Delete(_store, recursive: true);
    }

    [Fact]
    public async Task What_was_pushed_is_there_after_a_restart()
    {
        byte[] manifest;
        await using (var first = await TestRegistry.StartAsync(_store)) manifest = await first.PushImageAsync("a/b", "v1");
        await using var second = await TestRegistry.StartAsync(_store);
        Assert.Equal(manifest, await second.Http.GetByteArrayAsync("/v2/a/b/manifests/v1"));
        foreach (var blob in RawManifest.Parse(manifest, null).AsImage().Blobs)
            Assert.Equal(blob.Size, (await second.Http.GetByteArrayAsync($"/v2/a/b/blobs/{blob.Digest}")).Length);
    }

    [Fact]
    public async Task What_was_acknowledged_is_on_the_disk_without_any_goodbye()
    {
        await using var running = await TestRegistry.StartAsync(_store);
        var manifest = await running.PushImageAsync("a", "v1");
        var location = await running.BeginAsync("a");
        Assert.Equal(202, await running.StatusAsync("PATCH", location, [1, 2, 3]));

        var snapshot = TestRegistry.NewStore();
        Copy(_store, snapshot);
        await using (var second = await TestRegistry.StartAsync(snapshot))
        {
            Assert.Equal(manifest, await second.Http.GetByteArrayAsync("/v2/a/manifests/v1"));
            using var status = await second.SendAsync("GET", location);
            Assert.Equal("0-2", status.Header("Range"));
            Assert.Equal(202, await second.StatusAsync("PATCH", location, [4], ("Content-Range", "3-3")));
            Assert.Equal(201, await second.StatusAsync("PUT", $"{location}?digest={Digest.Sha256([1, 2, 3, 4])}"));
        }
        Directory.Delete(snapshot, recursive: true);
    }

    [Fact]
    public async Task Old_uploads_and_the_remains_of_a_crash_are_removed_at_start()
    {
        string old, young;
        await using (var first = await TestRegistry.StartAsync(_store))
        {
            old = await first.BeginAsync("a");
            young = await first.BeginAsync("a");
        }
        var uploads = Path.Join(_store, "uploads");
        File.SetLastWriteTimeUtc(Path.Join(uploads, old.Split('/')[^1]), DateTime.UtcNow.AddHours(-25));
        File.SetLastWriteTimeUtc(Path.Join(uploads, young.Split('/')[^1]), DateTime.UtcNow.AddHours(-23));
        File.WriteAllText(Path.Join(uploads, "t-rest"), "x");
        await using var second = await TestRegistry.StartAsync(_store);
        Assert.Equal(404, await second.StatusAsync("GET", old));
        Assert.Equal(204, await second.StatusAsync("GET", young));
        Assert.False(File.Exists(Path.Join(uploads, "t-rest")));
    }

    [Fact]
    public async Task One_process_owns_a_store()
    {
        await using var first = await TestRegistry.StartAsync(_store);
        var failure = await Assert.ThrowsAsync<ViaductException>(() => TestRegistry.StartAsync(_store));
        Assert.Equal("VIA4002", failure.Code);
        Assert.Equal(_store, failure.Where);
    }

    [Fact]
    public async Task A_port_in_use_is_named_and_the_store_is_let_go()
    {
        await using var first = await TestRegistry.StartAsync();
        var failure = await Assert.ThrowsAsync<ViaductException>(() => TestRegistry.StartAsync(_store, o => o with { Port = first.Server.Port }));
        Assert.Equal("VIA4001", failure.Code);
        Assert.Contains(first.Server.Port.ToString(), failure.Render());
        Assert.Contains("--port", failure.Render());
        await using var second = await TestRegistry.StartAsync(_store);
    }

    [Fact]
    public async Task Who_serves_this_very_store_already_is_joined_and_anybody_else_is_not()
    {
        await using var first = await TestRegistry.StartAsync(_store);
        var options = new EmbeddedRegistryOptions { Store = _store, Port = first.Server.Port };
        await using (var joined = await EmbeddedRegistry.OpenAsync(options, default))
            Assert.Equal((first.Server.Address, first.Server.StoreId), (joined.Address, joined.StoreId));
        Assert.Equal(200, await first.StatusAsync("GET", "/v2/"));

        await using var other = await TestRegistry.StartAsync();
        var failure = await Assert.ThrowsAsync<ViaductException>(() => EmbeddedRegistry.OpenAsync(options with { Port = other.Server.Port }, default));
        Assert.Equal("VIA4002", failure.Code);
    }

    [Fact]
    public async Task A_store_that_is_a_file_is_refused()
    {
        Directory.CreateDirectory(_store);
        var file = Path.Join(_store, "file");
        File.WriteAllText(file, "");
        var failure = await Assert.ThrowsAsync<ViaductException>(() => TestRegistry.StartAsync(file));
        Assert.Equal("VIA4004", failure.Code);
    }

    [Fact]
    public async Task The_id_on_the_wire_is_the_id_of_the_folder()
    {
        Assert.Null(EmbeddedRegistry.ReadStoreId(_store));
        string? id;
        await using (var first = await TestRegistry.StartAsync(_store))
        {
            using var ping = await first.SendAsync("GET", "/v2/");
            id = ping.Header(EmbeddedRegistry.StoreHeader);
            Assert.Equal(id, EmbeddedRegistry.ReadStoreId(_store));
            Assert.Equal(id, first.Server.StoreId);
        }
        await using var second = await TestRegistry.StartAsync(_store);
        Assert.Equal(id, second.Server.StoreId);
        await using var other = await TestRegistry.StartAsync();
        Assert.NotEqual(id, other.Server.StoreId);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Only_the_owner_can_enter_the_store()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no modes.");
        await using (var registry = await TestRegistry.StartAsync(_store)) await registry.PushImageAsync("a/b", "v1");
        foreach (var folder in Directory.EnumerateDirectories(_store, "*", SearchOption.AllDirectories).Prepend(_store))
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
    }

    [Fact]
    public async Task Every_request_is_logged_once_and_without_strange_parameters()
    {
        var log = new List<RegistryRequest>();
        await using (var registry = await TestRegistry.StartAsync(_store, o => o with { Log = r => { lock (log) log.Add(r); } }))
        {
            await registry.StatusAsync("GET", "/v2/");
            await registry.StatusAsync("GET", "/v2/a/tags/list?n=1&token=secret&last=x");
        }
        Assert.Equal([("GET", "/v2/", 200, 2L), ("GET", "/v2/a/tags/list?n=1&last=x", 404, log[1].ResponseBytes)], log.Select(r => (r.Method, r.Path, r.Status, r.ResponseBytes)));
    }

    [Fact]
    public async Task Stopping_does_not_wait_for_idle_connections()
    {
        var registry = await TestRegistry.StartAsync(_store);
        await registry.StatusAsync("GET", "/v2/");
        var began = TimeProvider.System.GetTimestamp();
        await registry.Server.DisposeAsync();
        Assert.InRange(TimeProvider.System.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(1.5));
        await registry.DisposeAsync();
    }

    private static void Copy(string from, string to)
    {
        foreach (var folder in Directory.EnumerateDirectories(from, "*", SearchOption.AllDirectories).Prepend(from))
            Directory.CreateDirectory(Path.Join(to, Path.GetRelativePath(from, folder)));
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
            if (Path.GetFileName(file) != "store.lock")
                File.Copy(file, Path.Join(to, Path.GetRelativePath(from, file)));
    }
}
