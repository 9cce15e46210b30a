namespace Viaduct.Build.Tests;

/// <summary>The expected trees are what BuildKit makes of the same Dockerfiles, without the parents that it repeats.</summary>
public sealed class Copying : IAsyncDisposable
{
    private readonly Workspace _workspace = new Workspace()
        .File("a", "A").File("b", "B").File("run", "R", executable: true)
        .File("dir/one", "1").File("dir/sub/two", "2").File("dir/sub/deep/three", "3")
        .Link("dir/link", "sub/two").Link("to-file", "a").Link("to-dir", "dir/sub");

    [Theory]
    [InlineData("COPY a /x", "644 0:0 x = A")]
    [InlineData("COPY run /x", "755 0:0 x = R")]
    [InlineData("COPY a /x/", "755 0:0 x/|644 0:0 x/a = A")]
    [InlineData("COPY a /x/y/z", "755 0:0 x/|755 0:0 x/y/|644 0:0 x/y/z = A")]
    [InlineData("COPY a .", "644 0:0 a = A")]
    [InlineData("COPY a ./n", "644 0:0 n = A")]
    [InlineData("COPY a n", "644 0:0 n = A")]
    [InlineData("COPY /a /x", "644 0:0 x = A")]
    [InlineData("COPY ./a /x", "644 0:0 x = A")]
    [InlineData("COPY dir/../a /x", "644 0:0 x = A")]
    [InlineData("COPY a /../../x", "644 0:0 x = A")]
    [InlineData("COPY a b /x/", "755 0:0 x/|644 0:0 x/a = A|644 0:0 x/b = B")]
    [InlineData("COPY [\"a\", \"b\", \"/x y/\"]", "755 0:0 x y/|644 0:0 x y/a = A|644 0:0 x y/b = B")]
    [InlineData("COPY dir/sub /x", "755 0:0 x/|755 0:0 x/deep/|644 0:0 x/deep/three = 3|644 0:0 x/two = 2")]
    [InlineData("COPY dir/sub/ /x/", "755 0:0 x/|755 0:0 x/deep/|644 0:0 x/deep/three = 3|644 0:0 x/two = 2")]
    [InlineData("COPY dir/sub dir/sub/deep /x", "755 0:0 x/|755 0:0 x/deep/|644 0:0 x/deep/three = 3|644 0:0 x/three = 3|644 0:0 x/two = 2")]
    [InlineData("COPY dir /", "777 0:0 link -> sub/two|644 0:0 one = 1|755 0:0 sub/|755 0:0 sub/deep/|644 0:0 sub/deep/three = 3|644 0:0 sub/two = 2")]
    [InlineData("COPY to-file /x", "644 0:0 x = A")]
    [InlineData("COPY to-file /x/", "755 0:0 x/|644 0:0 x/to-file = A")]
    [InlineData("COPY to-dir /x", "755 0:0 x/|755 0:0 x/deep/|644 0:0 x/deep/three = 3|644 0:0 x/two = 2")]
    [InlineData("COPY to-dir/two /x", "644 0:0 x = 2")]
    [InlineData("COPY dir/link /x", "644 0:0 x = 2")]
    [InlineData("COPY [ab] /x/", "755 0:0 x/|644 0:0 x/a = A|644 0:0 x/b = B")]
    [InlineData("COPY dir/*/t* /x/", "755 0:0 x/|644 0:0 x/two = 2")]
    [InlineData("COPY d* /x/", "755 0:0 x/|777 0:0 x/link -> sub/two|644 0:0 x/one = 1|755 0:0 x/sub/|755 0:0 x/sub/deep/|644 0:0 x/sub/deep/three = 3|644 0:0 x/sub/two = 2")]
    [InlineData("COPY nothing* /x/", "")]
    [InlineData("COPY a nothing* /x/", "755 0:0 x/|644 0:0 x/a = A")]
    [InlineData("COPY --chown=7 a /x/y", "755 7:7 x/|644 7:7 x/y = A")]
    [InlineData("COPY --chown=7:8 dir/sub/deep /x", "755 7:8 x/|644 7:8 x/three = 3")]
    [InlineData("COPY --chmod=0711 a /x/y", "755 0:0 x/|711 0:0 x/y = A")]
    [InlineData("COPY --chmod=4755 a /x", "4755 0:0 x = A")]
    [InlineData("COPY --chmod=700 dir/sub /x", "755 0:0 x/|700 0:0 x/deep/|700 0:0 x/deep/three = 3|700 0:0 x/two = 2")]
    [InlineData("COPY --chmod=600 dir/link dir/one /x/", "755 0:0 x/|600 0:0 x/link = 2|600 0:0 x/one = 1")]
    [InlineData("COPY a /x\nCOPY b /x", "644 0:0 x = A|--|644 0:0 x = B")]
    [InlineData("COPY a /x/y\nCOPY b /x/z", "755 0:0 x/|644 0:0 x/y = A|--|644 0:0 x/z = B")]
    [InlineData("COPY a /x/y\nCOPY b /x", "755 0:0 x/|644 0:0 x/y = A|--|644 0:0 x/b = B")]
    [InlineData("COPY --chown=5 a /x/y\nCOPY dir/sub/deep /x", "755 5:5 x/|644 5:5 x/y = A|--|644 0:0 x/three = 3")]
    [InlineData("COPY --chown=5 dir/sub /x\nCOPY dir/sub /x", "755 5:5 x/|755 5:5 x/deep/|644 5:5 x/deep/three = 3|644 5:5 x/two = 2|--|755 0:0 x/deep/|644 0:0 x/deep/three = 3|644 0:0 x/two = 2")]
    [InlineData("WORKDIR /w\nCOPY a .\nCOPY a n/m", "755 0:0 w/|--|644 0:0 w/a = A|--|755 0:0 w/n/|644 0:0 w/n/m = A")]
    [InlineData("WORKDIR /w\nWORKDIR v\nWORKDIR /w", "755 0:0 w/|--|755 0:0 w/v/")]
    [InlineData("WORKDIR /", "")]
    [InlineData("USER 3:4\nWORKDIR /w/v", "755 3:4 w/|755 3:4 w/v/")]
    public async Task Forms(string instructions, string files) =>
        Assert.Equal(files, (await _workspace.FilesAsync("FROM scratch\n" + instructions)).Replace('\n', '|'));

    [Theory]
    [InlineData("COPY missing /x", "VIA2121")]
    [InlineData("COPY a missing /x/", "VIA2121")]
    [InlineData("COPY a/b /x", "VIA2121")]
    [InlineData("COPY ../a /x", "VIA2122")]
    [InlineData("COPY /../a /x", "VIA2122")]
    [InlineData("COPY dir/../../a /x", "VIA2122")]
    [InlineData("COPY .. /x", "VIA2122")]
    [InlineData("COPY a b /x", "VIA2143")]
    [InlineData("COPY [ab] /x", "VIA2143")]
    [InlineData("COPY a /x\nCOPY b /x/y", "VIA2141")]
    [InlineData("COPY a /x\nCOPY dir /x", "VIA2141")]
    [InlineData("COPY dir/sub /z/a\nCOPY [ab] /z/", "VIA2142")]
    [InlineData("COPY --chmod=u+x a /x", "VIA2115")]
    [InlineData("COPY --chmod=888 a /x", "VIA2115")]
    [InlineData("COPY --chmod=77777 a /x", "VIA2115")]
    [InlineData("COPY --chown=bob a /x", "VIA2144")]
    [InlineData("COPY --chown=1:grp a /x", "VIA2144")]
    [InlineData("COPY --chown=: a /x", "VIA2115")]
    [InlineData("COPY --chown=-1 a /x", "VIA2144")]
    [InlineData("USER bob\nWORKDIR /x", "VIA2144")]
    [InlineData("COPY [z-a /x", "VIA2127")]
    [InlineData("COPY a[ /x/", "VIA2127")]
    public async Task What_cannot_be_copied_is_refused(string instructions, string code)
    {
        var error = await _workspace.FailureAsync("FROM scratch\n" + instructions);
        Assert.Equal(code, error.Code);
        Assert.Contains("Dockerfile:", error.Where);
    }

    [Fact]
    public async Task Names_of_owners_are_looked_up_in_the_image()
    {
        _workspace.File("etc/passwd", "root:x:0:0::/:\nbob:x:10:20::/:\n9:x:33:34::/:\n").File("etc/group", "grp:x:77:\nbob:x:88:\n");
        var files = await _workspace.FilesAsync("FROM scratch\nCOPY etc /etc\nCOPY --chown=bob a /1\nCOPY --chown=7:grp a /2\nCOPY --chown=bob:bob a /3\nCOPY --chown=9 a /4\nUSER bob\nWORKDIR /w");
        Assert.Equal(["644 10:20 1 = A", "644 7:77 2 = A", "644 10:88 3 = A", "644 9:9 4 = A", "755 10:20 w/"], files.Split("\n--\n")[1..]);
    }

    [Fact]
    public async Task Entries_are_in_ordinal_order_folders_before_their_content()
    {
        _workspace.File("o/B", "").File("o/a-b", "").File("o/a/z", "").File("o/a.b", "").File("o/ä", "");
        Assert.Equal(["B", "a/", "a-b", "a.b", "a/z", "ä"], (await _workspace.FilesAsync("FROM scratch\nCOPY o /")).Split('\n').Select(l => l.Split(' ')[2]));
    }

    [Fact]
    public async Task A_copy_writes_where_the_links_of_the_base_lead()
    {
        _workspace.File("root/usr/lib/here", "h").Link("root/lib", "usr/lib").Link("root/abs", "/usr/./lib/../lib").Link("root/out", "../../../usr").Link("root/dangling", "not/yet").Link("root/file", "usr/lib/here");
        _workspace.Bases.Add("base", await _workspace.BuildAsync("FROM scratch\nCOPY root /"));
        var files = await _workspace.FilesAsync("FROM base\nCOPY a /lib/a\nCOPY a /abs/b\nCOPY a /out/lib/\nCOPY a /dangling/c\nCOPY b /file\nCOPY --chmod=600 a /lib");
        Assert.Equal(
            ["644 0:0 usr/lib/a = A", "644 0:0 usr/lib/b = A", "644 0:0 usr/lib/a = A", "755 0:0 not/\n755 0:0 not/yet/\n644 0:0 not/yet/c = A", "644 0:0 usr/lib/here = B", "600 0:0 usr/lib/a = A"],
            files.Split("\n--\n")[1..]);
    }

    [Fact]
    public async Task A_link_inside_a_copied_folder_is_replaced_by_a_file_and_refused_by_a_folder()
    {
        _workspace.File("root/usr/lib/here", "h").Link("root/lib", "usr/lib").Link("root/file", "usr/lib/here").File("over/file", "new").File("clash/lib/x", "");
        _workspace.Bases.Add("base", await _workspace.BuildAsync("FROM scratch\nCOPY root /"));
        Assert.EndsWith("644 0:0 file = new", await _workspace.FilesAsync("FROM base\nCOPY over /"));
        Assert.Equal("VIA2141", (await _workspace.FailureAsync("FROM base\nCOPY clash /")).Code);
    }

    [Theory]
    [InlineData("COPY .wh.a /x/", "/x/.wh.a")]
    [InlineData("COPY white /x", "/x/.wh..wh..opq")]
    [InlineData("COPY hidden /x", "/x/.wh.folder")]
    [InlineData("COPY a /.wh.b", "/.wh.b")]
    [InlineData("COPY a /x/.wh.b/", "/x/.wh.b")]
    [InlineData("WORKDIR /x/.wh.w/v", "/x/.wh.w")]
    public async Task A_name_that_would_delete_a_file_of_the_base_is_refused(string instruction, string named)
    {
        _workspace.File(".wh.a").File("white/.wh..wh..opq").File("hidden/.wh.folder/file").File("hidden/wh.fine");
        var error = await _workspace.FailureAsync("FROM scratch\n" + instruction);
        Assert.Equal("VIA2147", error.Code);
        Assert.StartsWith(named + " cannot be written", error.Message);
        Assert.Contains("Dockerfile:2:", error.Where);
        Assert.Equal("644 0:0 a = ", await _workspace.FilesAsync("FROM scratch\nCOPY .wh.a /a"));
    }

    [Theory]
    [InlineData("COPY through /x", "VIA2121")]
    [InlineData("COPY deep /x", "VIA2121")]
    [InlineData("COPY through* /x/", "VIA2121")]
    public async Task Behind_a_file_is_nothing_not_even_the_way_back(string instruction, string code)
    {
        _workspace.Link("through", "a/../b").Link("deep", "a/n/../../b").Link("over", "dir/../b");
        Assert.Equal(code, (await _workspace.FailureAsync("FROM scratch\n" + instruction)).Code);
        Assert.Equal("644 0:0 x = B", await _workspace.FilesAsync("FROM scratch\nCOPY over /x"));
        _workspace.File("root/file").Link("root/l", "file/..");
        Assert.Equal("VIA2141", (await _workspace.FailureAsync("FROM scratch\nCOPY root /\nCOPY a /l/x")).Code);
    }

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();
}
