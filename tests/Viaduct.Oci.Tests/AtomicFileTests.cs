namespace Viaduct.Oci.Tests;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_file_is_made_and_replaced()
    {
        await AtomicFile.WriteAsync(_folder["f"], "one"u8.ToArray(), default);
        await AtomicFile.WriteAsync(_folder["f"], "two"u8.ToArray(), default);
        Assert.Equal("two", File.ReadAllText(_folder["f"]));
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task A_failure_leaves_the_old_file_and_nothing_else()
    {
        await AtomicFile.WriteAsync(_folder["f"], "old"u8.ToArray(), default);
        await Assert.ThrowsAsync<InvalidDataException>(() => AtomicFile.WriteAsync(_folder["f"], async (stream, token) =>
        {
            await stream.WriteAsync("new"u8.ToArray(), token);
            throw new InvalidDataException();
        }, null, default));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => AtomicFile.WriteAsync(_folder["f"], "new"u8.ToArray(), new CancellationToken(true)));
        Assert.Equal("old", File.ReadAllText(_folder["f"]));
        Assert.Single(Directory.GetFiles(_folder.Path));
        await Assert.ThrowsAsync<DirectoryNotFoundException>(() => AtomicFile.WriteAsync(_folder["no", "f"], "x"u8.ToArray(), default));
    }

    [Fact]
    public async Task The_folder_is_flushed_once_the_new_name_is_in_it()
    {
        var flushed = new List<(string Folder, string Content)>();
        await AtomicFile.WriteAsync(
            _folder["f"], (stream, token) => stream.WriteAsync("x"u8.ToArray(), token), null, folder => flushed.Add((folder, File.ReadAllText(_folder["f"]))), default);
        Assert.Equal([(_folder.Path, "x")], flushed);
    }

    [Fact]
    public void A_folder_that_is_there_can_be_flushed_and_one_that_is_gone_needs_it_not()
    {
        DirectorySync.Flush(_folder.Path);
        DirectorySync.Flush(_folder["gone"]);
    }

    [Fact]
    public async Task A_mode_is_kept_from_the_first_byte()
    {
        if (OperatingSystem.IsWindows()) return;
        await AtomicFile.WriteAsync(_folder["f"], (stream, token) => stream.WriteAsync("x"u8.ToArray(), token), UnixFileMode.UserRead | UnixFileMode.UserWrite, default);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder["f"]));
    }

    [Fact]
    public async Task A_reader_sees_one_whole_version()
    {
        var versions = Enumerable.Range(0, 8).Select(i => Enumerable.Repeat((byte)i, 100_000).ToArray()).ToArray();
        await AtomicFile.WriteAsync(_folder["f"], versions[0], default);
        var writing = Task.WhenAll(versions.Select(v => Task.Run(() => AtomicFile.WriteAsync(_folder["f"], v, default))));
        do
        {
            var bytes = File.ReadAllBytes(_folder["f"]);
            Assert.Equal(100_000, bytes.Length);
            Assert.Single(bytes.Distinct());
        }
        while (!writing.IsCompleted);
        await writing;
    }

    [Fact]
    public async Task A_folder_in_which_every_file_counts_never_sees_a_temporary_one()
    {
        Directory.CreateDirectory(_folder["elsewhere"]);
        Directory.CreateDirectory(_folder["here"]);
        using var watched = new FileSystemWatcher(_folder["here"]) { EnableRaisingEvents = true };
        var seen = new System.Collections.Concurrent.ConcurrentBag<string>();
        watched.Created += (_, e) => seen.Add(e.Name!);
        watched.Changed += (_, e) => seen.Add(e.Name!);

        await AtomicFile.WriteAsync(_folder["here", "f"], "x"u8.ToArray(), _folder["elsewhere"], null, default);
        await Assert.ThrowsAnyAsync<IOException>(() => AtomicFile.WriteAsync(_folder["none", "f"], "x"u8.ToArray(), _folder["elsewhere"], null, default));

        Assert.Equal("x", await File.ReadAllTextAsync(_folder["here", "f"]));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder["elsewhere"]));
        Assert.All(seen, name => Assert.Equal("f", name));
    }
}
