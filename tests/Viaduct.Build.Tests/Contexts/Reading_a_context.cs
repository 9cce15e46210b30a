using System.Diagnostics;

namespace Viaduct.Build.Tests;

public sealed class Reading_a_context : IAsyncDisposable
{
    private readonly Workspace _workspace = new();

    [Theory]
    [InlineData("*.o\n", "644 0:0 .dockerignore|644 0:0 Dockerfile|755 0:0 d/|644 0:0 d/x.c|644 0:0 d/x.o")]
    [InlineData("**/*.o\nDockerfile\n.dockerignore", "755 0:0 d/|644 0:0 d/x.c")]
    [InlineData("*\n!d/x.c", "755 0:0 d/|644 0:0 d/x.c")]
    [InlineData("*\n!nothing", "")]
    [InlineData("*", "")]
    public async Task Dockerignore_decides_what_COPY_of_the_whole_context_copies(string ignore, string files)
    {
        _workspace.File("d/x.c").File("d/x.o").File("y.o").File(".dockerignore", ignore);
        var layers = await Workspace.LayersAsync(await _workspace.BuildAsync("FROM scratch\nCOPY . /"));
        Assert.Equal(files, string.Join('|', layers.SelectMany(l => l).Select(l => l.Split(" = ")[0])));
    }

    [Fact]
    public async Task The_ignore_file_beside_the_Dockerfile_goes_before_that_of_the_context()
    {
        _workspace.File("a").File("b").File(".dockerignore", "a").File("Dockerfile.dockerignore", "*\n!b");
        Assert.Equal("644 0:0 b = ", await _workspace.FilesAsync("FROM scratch\nCOPY . /"));
    }

    [Fact]
    public async Task Viaducts_own_folder_is_never_copied()
    {
        _workspace.File(".viaduct/store/blob", "secret").File("sub/.viaduct/x", "secret").File("sub/.viaduct-not/y", "fine");
        Assert.Equal("755 0:0 x/|755 0:0 x/.viaduct-not/|644 0:0 x/.viaduct-not/y = fine", (await _workspace.FilesAsync("FROM scratch\nCOPY sub /x")).Replace('\n', '|'));
        Assert.Contains("its own folder", (await _workspace.FailureAsync("FROM scratch\nCOPY .viaduct/store/blob /x")).Message);
        Assert.DoesNotContain("secret", await _workspace.FilesAsync("FROM scratch\nCOPY . /x"));
    }

    [Fact]
    public async Task A_missing_file_is_named_with_its_place_and_the_nearest_one()
    {
        _workspace.File("bin/pause-amd64");
        var error = await _workspace.FailureAsync("FROM scratch\nCOPY bin/pause-amd46 /pause");
        Assert.Equal("VIA2121", error.Code);
        Assert.Equal("the build context has no 'bin/pause-amd46'", error.Message);
        Assert.Equal(_workspace.Dockerfile + ":2:6", error.Where);
        Assert.Equal("Did you mean bin/pause-amd64?", error.Todo);
    }

    [Fact]
    public async Task A_missing_file_that_dockerignore_leaves_out_says_so()
    {
        _workspace.File("bin/pause").File(".dockerignore", "# comment\nbin\n");
        var error = await _workspace.FailureAsync("FROM scratch\nCOPY bin/pause /pause");
        Assert.Equal($"the build context has 'bin/pause', but {_workspace.Root}/.dockerignore:2 leaves it out", error.Message);
        Assert.Contains("!bin/pause", error.Todo);
    }

    [Theory]
    [InlineData("out", "/etc/passwd")]
    [InlineData("out", "../outside")]
    [InlineData("out", "sub/../../outside")]
    [InlineData("folder/out", "../../outside")]
    public async Task A_source_that_is_a_link_out_of_the_context_is_refused(string link, string target)
    {
        _workspace.File("sub/x").Link(link, target);
        foreach (var source in (string[])[link, link + "/below", link[..^1] + "*"])
            Assert.Equal("VIA2123", (await _workspace.FailureAsync($"FROM scratch\nCOPY {source} /x/")).Code);
    }

    [Fact]
    public async Task A_link_out_of_the_context_inside_a_copied_folder_stays_a_link()
    {
        _workspace.Link("d/out", "/etc/passwd").Link("d/loop", "loop").Link("d/self", ".");
        Assert.Equal("777 0:0 loop -> loop|777 0:0 out -> /etc/passwd|777 0:0 self -> .", (await _workspace.FilesAsync("FROM scratch\nCOPY d /")).Replace('\n', '|'));
    }

    [Theory]
    [InlineData("loop")]
    [InlineData("a")]
    [InlineData("a/below")]
    [InlineData("l*")]
    public async Task A_source_that_is_a_link_to_itself_is_refused_and_never_hangs(string source)
    {
        _workspace.Link("loop", "loop").Link("a", "b").Link("b", "a");
        var error = await _workspace.FailureAsync($"FROM scratch\nCOPY {source} /x/").WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal("VIA2124", error.Code);
        Assert.NotNull(error.Where);
    }

    [Fact]
    public async Task A_pipe_is_refused_and_never_opened()
    {
        _workspace.File("d/x");
        using (var mkfifo = Process.Start("mkfifo", [Path.Combine(_workspace.Root, "d/pipe")])) await mkfifo.WaitForExitAsync();
        foreach (var source in (string[])["d", "d/pipe"])
        {
            var error = await _workspace.FailureAsync($"FROM scratch\nCOPY {source} /x/").WaitAsync(TimeSpan.FromSeconds(20));
            Assert.Equal(("VIA2125", Path.Combine(_workspace.Root, "d/pipe")), (error.Code, error.Where));
        }
        _workspace.File(".dockerignore", "**/pipe");
        Assert.Equal("755 0:0 x/\n644 0:0 x/x = ", await _workspace.FilesAsync("FROM scratch\nCOPY d /x/"));
    }

    [Theory]
    [InlineData("printf x > d/$(printf 'a\\377')")]
    [InlineData("mkdir d/$(printf 'a\\377')")]
    [InlineData("printf x > d/$(printf 'a\\377'); printf y > d/$(printf 'a\\376')")]
    [InlineData("ln -s $(printf 'a\\377') d/a-link")]
    public async Task A_name_that_is_not_UTF_8_is_refused_where_it_would_be_copied(string make)
    {
        _workspace.File("d/x");
        await ShellAsync(make);
        foreach (var source in (string[])["d", "d/*"])
        {
            var error = await _workspace.FailureAsync($"FROM scratch\nCOPY {source} /x/");
            Assert.Equal("VIA2130", error.Code);
            Assert.StartsWith(Path.Combine(_workspace.Root, "d/a"), error.Where);
        }
        Assert.Equal("644 0:0 x = ", await _workspace.FilesAsync("FROM scratch\nCOPY d/x /x"));
        foreach (var ignore in (string[])["d/a*", "*\n!d/x"])
            Assert.Equal("755 0:0 x/\n644 0:0 x/x = ", await _workspace.File(".dockerignore", ignore).FilesAsync("FROM scratch\nCOPY d /x/"));
        // .NET cannot name these files to delete them.
        await ShellAsync("rm -r d");
    }

    private async Task ShellAsync(string command)
    {
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", command]) { WorkingDirectory = _workspace.Root })!;
        await shell.WaitForExitAsync();
    }

    [Fact]
    public async Task Modes_follow_the_executable_bit_of_the_owner_alone()
    {
        _workspace.File("d/open").File("d/closed").File("d/run").File("d/others");
        void Mode(string path, int mode) => File.SetUnixFileMode(Path.Combine(_workspace.Root, path), (UnixFileMode)mode);
        Mode("d/open", 0b110_110_110);
        Mode("d/closed", 0b110_000_000);
        Mode("d/run", 0b111_000_000);
        Mode("d/others", 0b110_001_001);
        Mode("d", 0b111_000_000);
        Assert.Equal("755 0:0 x/|644 0:0 x/closed = |644 0:0 x/open = |644 0:0 x/others = |755 0:0 x/run = ", (await _workspace.FilesAsync("FROM scratch\nCOPY d /x")).Replace('\n', '|'));
    }

    [Fact]
    public async Task A_context_that_is_no_folder_is_refused()
    {
        var request = _workspace.Request("FROM scratch\n") with { Context = Path.Combine(_workspace.Root, "nowhere") };
        await using var spool = new Oci.BlobSpool(Path.GetTempPath());
        Assert.Equal("VIA2120", (await Assert.ThrowsAsync<Oci.ViaductException>(() => _workspace.Builder.BuildAsync(request, spool, CancellationToken.None))).Code);
    }

    [Fact]
    public async Task Files_that_no_COPY_names_are_not_looked_at()
    {
        _workspace.File("a", "A").File("secret/x");
        File.SetUnixFileMode(Path.Combine(_workspace.Root, "secret"), UnixFileMode.None);
        try
        {
            Assert.Equal("644 0:0 x = A", await _workspace.FilesAsync("FROM scratch\nCOPY a /x"));
        }
        finally
        {
            File.SetUnixFileMode(Path.Combine(_workspace.Root, "secret"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();
}
