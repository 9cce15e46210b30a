namespace Viaduct.Server.Tests;

/// <summary>Uploads that nobody finishes, in a server that runs on.</summary>
public sealed class StaleUploadTests
{
    private readonly MovedClock _clock = new();

    [Fact]
    public async Task A_running_server_removes_old_uploads_once_an_hour()
    {
        await using var registry = await TestRegistry.StartAsync(change: o => o with { Clock = _clock });
        var old = await registry.BeginAsync("a");
        Assert.Equal(202, await registry.StatusAsync("PATCH", old, [1, 2, 3]));

        _clock.Offset = TimeSpan.FromHours(23.5);
        var young = await registry.BeginAsync("a");
        File.SetLastWriteTimeUtc(FileOf(registry, young), _clock.GetUtcNow().UtcDateTime);
        _clock.Offset = TimeSpan.FromHours(24.2);
        await registry.BeginAsync("a");
        Assert.Equal(204, await registry.StatusAsync("GET", old));

        _clock.Offset = TimeSpan.FromHours(24.7);
        await registry.BeginAsync("a");
        Assert.Equal(404, await registry.StatusAsync("GET", old));
        Assert.Equal(404, await registry.StatusAsync("PATCH", old, [4]));
        Assert.Equal(204, await registry.StatusAsync("GET", young));
    }

    [Fact]
    public async Task What_a_request_holds_or_the_store_is_about_to_move_stays()
    {
        await using var registry = await TestRegistry.StartAsync(change: o => o with { Clock = _clock });
        var location = await registry.BeginAsync("a");
        var temporary = Path.Join(registry.Store, "uploads", "t-moving");
        File.WriteAllText(temporary, "x");
        await registry.BreakOffAsync(
            $"PATCH {location} HTTP/1.1\r\nHost: {registry.Server.Address}\r\nContent-Length: 10\r\n\r\n01234",
            async () =>
            {
                if (await registry.RangeAsync(location) != "0-4") return false;
                _clock.Offset = TimeSpan.FromHours(48);
                await registry.BeginAsync("b");
                Assert.Equal(204, await registry.StatusAsync("GET", location));
                return true;
            });
        Assert.True(File.Exists(temporary));
    }

    private static string FileOf(TestRegistry registry, string location) => Path.Join(registry.Store, "uploads", location.Split('/')[^1]);
}
