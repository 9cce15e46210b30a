using Viaduct.Manifests;
using Viaduct.Oci;

namespace Viaduct.Tests.Manifests;

/// <summary>What is done after the transfer: the look at what was pushed, and the local list.</summary>
public sealed class PushAfterTests : IAsyncLifetime
{
    private PushBed _bed = null!;

    public async ValueTask InitializeAsync() => _bed = await PushBed.StartAsync();

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Theory]
    [InlineData(404)]
    [InlineData(200)]
    public async Task A_registry_that_lags_is_waited_for(int status)
    {
        var old = await _bed.ImageAsync("app:1");
        await _bed.ListAsync("app:1", [await _bed.ImageAsync("app:a")]);
        var left = 4;
        _bed.Registry.Script = async http =>
        {
            if (http.Request.Method != "HEAD" || left-- <= 0) return false;
            http.Response.Headers["Docker-Content-Digest"] = old.Descriptor.Digest.ToString();
            http.Response.ContentType = old.Descriptor.MediaType;
            http.Response.ContentLength = old.Descriptor.Size;
            http.Response.StatusCode = status;
            await Task.CompletedTask;
            return true;
        };
        await _bed.PushAsync("app:1");
        Assert.Equal(5, _bed.Registry.CountOf("HEAD", "/manifests/1"));
    }

    [Fact]
    public async Task A_list_without_a_tag_is_waited_for_too()
    {
        var name = $"app@{Digest.Sha256([1])}";
        await _bed.ListAsync(name, [await _bed.ImageAsync("app:a")]);
        var left = 4;
        _bed.Registry.Script = http => http.Request.Method == "HEAD" && left-- > 0 ? PushRegistry.AnswerAsync(http, 404) : Task.FromResult(false);
        var pushed = await _bed.PushAsync(name);
        Assert.Equal(5, _bed.Registry.CountOf("HEAD", $"/manifests/{pushed.List.Digest}"));
    }

    [Theory]
    [InlineData(404, "no such tag")]
    [InlineData(200, "the tag is still sha256:")]
    public async Task A_registry_that_never_shows_the_list_has_not_got_it(int status, string text)
    {
        var old = await _bed.ImageAsync("app:1");
        var made = await _bed.ListAsync("app:1", [await _bed.ImageAsync("app:a")], c => c with { Pushed = old.Descriptor.Digest });
        _bed.Registry.Script = http =>
        {
            if (http.Request.Method != "HEAD") return Task.FromResult(false);
            http.Response.Headers["Docker-Content-Digest"] = old.Descriptor.Digest.ToString();
            http.Response.ContentType = old.Descriptor.MediaType;
            http.Response.ContentLength = old.Descriptor.Size;
            http.Response.StatusCode = status;
            return Task.FromResult(true);
        };
        var e = await _bed.RefusedAsync<ViaductException>("app:1", r => r with { Purge = true });
        Assert.Equal(("VIA5126", ExitCode.VerificationFailed), (e.Code, e.Exit));
        Assert.Contains(text, e.Message);
        Assert.InRange(_bed.Registry.CountOf("HEAD", "/manifests/1"), 5, 10);
        Assert.NotNull(await _bed.Store.FindAsync(made.Name, default));
        // What was sent is told all the same.
        Assert.NotNull(_bed.Reported);
        await _bed.PushAsync("app:1", r => r with { Verify = false });
    }

    [Fact]
    public async Task A_tag_that_somebody_else_moves_meanwhile_is_no_failure()
    {
        await _bed.ListAsync("app:1", [await _bed.ImageAsync("app:a")]);
        var other = await _bed.ImageAsync("app:b");
        _bed.Registry.Script = http =>
        {
            if (http.Request.Method == "HEAD") http.Request.Path = "/v2/app/manifests/b";
            return Task.FromResult(false);
        };
        await _bed.PushAsync("app:1", r => r with { Purge = true });
        Assert.Contains($"{_bed.Name("app:1")} is {other.Descriptor.Digest} now", Assert.Single(_bed.Notes));
        Assert.False(await _bed.HasListAsync("app:1"));
    }

    [Fact]
    public async Task An_account_that_may_write_and_not_read_pushes_all_the_same()
    {
        await _bed.ListAsync("app:1", [await _bed.ImageAsync("app:a")]);
        _bed.Registry.Script = http => http.Request.Method == "HEAD" ? PushRegistry.AnswerAsync(http, 403) : Task.FromResult(false);
        await _bed.PushAsync("app:1");
        Assert.Contains("was pushed and could not be looked at: VIA3010", Assert.Single(_bed.Notes));
    }

    [Fact]
    public async Task Purge_forgets_the_list_after_it_was_pushed_and_keeps_one_that_was_changed_meanwhile()
    {
        var (a, b) = (await _bed.ImageAsync("app:a"), await _bed.ImageAsync("app:b", new("linux", "arm64")));
        await _bed.ListAsync("app:1", [a]);
        await _bed.PushAsync("app:1", r => r with { Purge = true });
        Assert.False(await _bed.HasListAsync("app:1"));

        var list = await _bed.ListAsync("app:1", [a]);
        _bed.Registry.Script = async http =>
        {
            // Nobody holds the lock while a registry is waited for.
            if (http.Request.Method == "PUT")
                using (await _bed.Store.LockAsync(list.Name, default)) await _bed.Store.SaveAsync(list.With(b), list, default);
            return false;
        };
        await _bed.PushAsync("app:1", r => r with { Purge = true });
        Assert.Equal(2, (await _bed.Store.FindAsync(list.Name, default))!.Entries.Count);
        Assert.Contains("was changed meanwhile, and is kept", Assert.Single(_bed.Notes));

        _bed.Registry.Script = null;
        var now = (await _bed.Store.FindAsync(list.Name, default))!;
        await _bed.PushAsync("app:1");
        Assert.True((await _bed.Store.FindAsync(list.Name, default))!.IsAsPushed);
        Assert.Equal(2, now.Entries.Count);
    }

    [Fact]
    public async Task A_list_that_is_not_as_it_was_is_not_forgotten()
    {
        var made = await _bed.ListAsync("app:1", [await _bed.ImageAsync("app:a")]);
        await _bed.Store.SaveAsync(made.With(await _bed.ImageAsync("app:b", new("linux", "arm64"))), made, default);
        using var client = _bed.Client();
        await new ListPusher(_bed.Context(client)).ForgetAsync(made, default);
        Assert.Contains("was changed meanwhile, and is kept", Assert.Single(_bed.Notes));
        Assert.Equal(2, (await _bed.Store.FindAsync(made.Name, default))!.Entries.Count);
    }

    [Fact]
    public async Task Behind_a_lock_the_end_of_a_push_waits_a_little_and_says_so()
    {
        var list = await _bed.ListAsync("app:1", [await _bed.ImageAsync("app:a")]);
        IDisposable? other = null;
        _bed.Registry.Script = async http =>
        {
            if (http.Request.Method == "PUT") other ??= await _bed.Store.LockAsync(list.Name, default);
            return false;
        };
        await _bed.PushAsync("app:1", r => r with { Purge = true });
        other!.Dispose();
        Assert.Equal([$"waiting for another viaduct that is at work on {list.Name}", $"the local list {list.Name} could not be removed: VIA5132: another viaduct has been at work on the list for 10 seconds"], _bed.Notes);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_to_hinders_no_push_as_it_hinders_none_of_docker_s()
    {
        await _bed.ListAsync("app:1", [await _bed.ImageAsync("app:a")]);
        Directory.Delete(Path.Combine(_bed.Store.Folder, "viaduct"), recursive: true);
        File.WriteAllText(Path.Combine(_bed.Store.Folder, "viaduct"), "in the way");
        var pushed = await _bed.PushAsync("app:1");
        Assert.Equal(pushed.List.Digest, (await _bed.FindAsync("app:1"))!.Digest);
        Assert.Contains("VIA5131", Assert.Single(_bed.Notes));
        await _bed.PushAsync("app:1", r => r with { Purge = true });
        Assert.False(await _bed.HasListAsync("app:1"));
    }
}
