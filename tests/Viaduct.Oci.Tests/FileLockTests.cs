namespace Viaduct.Oci.Tests;

public sealed class FileLockTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task One_at_a_time_has_it()
    {
        var (inside, most) = (0, 0);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 3; i++)
                using (await TakeAsync(TimeSpan.FromMinutes(1)))
                {
                    most = Math.Max(most, Interlocked.Increment(ref inside));
                    await Task.Yield();
                    Interlocked.Decrement(ref inside);
                }
        })));
        Assert.Equal(1, most);
    }

    [Fact]
    public async Task Whoever_waits_for_long_says_so_once_and_gives_up_after_the_limit()
    {
        var waits = 0;
        using (await TakeAsync(TimeSpan.Zero))
            Assert.Null(await TakeAsync(TimeSpan.FromMilliseconds(1200), () => waits++));
        Assert.Equal(1, waits);
        using (await TakeAsync(TimeSpan.Zero))
            Assert.Null(await TakeAsync(TimeSpan.FromMilliseconds(100), () => waits++));
        Assert.Equal(1, waits);
        using var taken = await TakeAsync(TimeSpan.Zero, () => waits++);
        Assert.NotNull(taken);
        Assert.Equal(1, waits);
    }

    [Fact]
    public async Task The_file_stays_since_another_may_be_waiting_for_it()
    {
        (await TakeAsync(TimeSpan.Zero))!.Dispose();
        Assert.True(File.Exists(_folder["locks", "a.lock"]));
    }

    [Fact]
    public async Task What_the_system_refuses_is_no_lock_of_another()
    {
        Directory.CreateDirectory(_folder["locks", "a.lock"]);
        await Assert.ThrowsAnyAsync<UnauthorizedAccessException>(() => TakeAsync(TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public async Task Nothing_is_made_where_a_link_points()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need rights there");
        Directory.CreateDirectory(_folder["locks"]);
        File.CreateSymbolicLink(_folder["locks", "a.lock"], _folder["elsewhere"]);
        await Assert.ThrowsAnyAsync<IOException>(() => TakeAsync(TimeSpan.FromMinutes(1)));
        Assert.False(File.Exists(_folder["elsewhere"]));
    }

    private Task<IDisposable?> TakeAsync(TimeSpan limit, Action? waiting = null) =>
        FileLock.TakeAsync(_folder["locks", "a.lock"], limit, waiting, TimeProvider.System, TestContext.Current.CancellationToken);
}
