namespace Viaduct.Build.Tests;

/// <summary><c>--exclude</c>, <c>--parents</c> and <c>--link</c>. What is expected of <c>--exclude</c> is what BuildKit 0.25 makes.</summary>
public sealed class Copying_a_part : IAsyncDisposable
{
    private const string All = "755 0:0 x/|755 0:0 x/b/|755 0:0 x/b/c/|644 0:0 x/b/c/f.txt = f|644 0:0 x/b/g.md = g|777 0:0 x/link -> b";

    private readonly Workspace _workspace = new Workspace()
        .File("a/b/c/f.txt", "f").File("a/b/g.md", "g").Link("a/link", "b").Link("a/file-link", "b/g.md").File("top.txt", "t").File("d/h", "h").File(".dockerignore", "a/file-link");

    [Theory]
    [InlineData("COPY --exclude=nothing a /x", All)]
    [InlineData("COPY --exclude=a/b a /x", All)]
    [InlineData("COPY --exclude=*.txt a /x", All)]
    [InlineData("COPY --exclude=c a /x", All)]
    [InlineData("COPY --exclude= a /x", All)]
    [InlineData("COPY --exclude a /x", "VIA2106")]
    [InlineData("COPY --exclude=b/c a /x", "755 0:0 x/|755 0:0 x/b/|644 0:0 x/b/g.md = g|777 0:0 x/link -> b")]
    [InlineData("COPY --exclude=./b/c/ a /x", "755 0:0 x/|755 0:0 x/b/|644 0:0 x/b/g.md = g|777 0:0 x/link -> b")]
    [InlineData("COPY --exclude=b --exclude=l* a /x", "755 0:0 x/")]
    [InlineData("COPY --exclude=**/*.txt --exclude=g.md a/b /x/", "755 0:0 x/|755 0:0 x/c/")]
    [InlineData("COPY --exclude=* --exclude=!b/g.md a /x/", "755 0:0 x/|755 0:0 x/b/|644 0:0 x/b/g.md = g")]
    [InlineData("COPY --exclude=* a/b/g.md top* /x/", "755 0:0 x/|644 0:0 x/g.md = g|644 0:0 x/top.txt = t")]
    [InlineData("COPY --exclude=d --exclude=b a d /x/", "755 0:0 x/|644 0:0 x/h = h|777 0:0 x/link -> b")]
    [InlineData("ADD --exclude=b a /x", "755 0:0 x/|777 0:0 x/link -> b")]
    [InlineData("ARG P=b/c\nCOPY --exclude=$P a /x", "755 0:0 x/|755 0:0 x/b/|644 0:0 x/b/g.md = g|777 0:0 x/link -> b")]
    [InlineData("COPY --exclude=[ a /x", "VIA2127")]
    public Task What_is_excluded_is_not_copied(string instructions, string files) => AssertAsync(instructions, files);

    [Theory]
    [InlineData("COPY --parents a/b/c /x/", "755 0:0 x/|755 0:0 x/a/|755 0:0 x/a/b/|755 0:0 x/a/b/c/|644 0:0 x/a/b/c/f.txt = f")]
    [InlineData("COPY --parents ./a/b/g.md top.txt /x/", "755 0:0 x/|755 0:0 x/a/|755 0:0 x/a/b/|644 0:0 x/a/b/g.md = g|644 0:0 x/top.txt = t")]
    [InlineData("COPY --parents a/./b/c top.txt /x/", "755 0:0 x/|755 0:0 x/b/|755 0:0 x/b/c/|644 0:0 x/b/c/f.txt = f|644 0:0 x/top.txt = t")]
    [InlineData("COPY --parents ./a/./b/g.md /x/", "755 0:0 x/|755 0:0 x/b/|644 0:0 x/b/g.md = g")]
    [InlineData("COPY --parents /a/./b/g.md /x", "755 0:0 x/|755 0:0 x/b/|644 0:0 x/b/g.md = g")]
    [InlineData("COPY --parents a/b/./g.md /x", "755 0:0 x/|644 0:0 x/g.md = g")]
    [InlineData("COPY --parents a/*/*.md /x/", "755 0:0 x/|755 0:0 x/a/|755 0:0 x/a/b/|644 0:0 x/a/b/g.md = g")]
    [InlineData("COPY --parents **/*.txt /x/", "755 0:0 x/|755 0:0 x/a/|755 0:0 x/a/b/|755 0:0 x/a/b/c/|644 0:0 x/a/b/c/f.txt = f|644 0:0 x/top.txt = t")]
    [InlineData("COPY --parents a/**/c /x/", "755 0:0 x/|755 0:0 x/a/|755 0:0 x/a/b/|755 0:0 x/a/b/c/|644 0:0 x/a/b/c/f.txt = f")]
    [InlineData("COPY --parents a/./ /x/", All)]
    [InlineData("COPY --parents a/link/./g.md /x/", "755 0:0 x/|644 0:0 x/g.md = g")]
    [InlineData("COPY --parents a/link /x/", "755 0:0 x/|755 0:0 x/a/|777 0:0 x/a/link -> b")]
    [InlineData("COPY --parents none* /x/", "755 0:0 x/")]
    [InlineData("COPY --parents --exclude=**/*.md --chown=5 --chmod=700 a/b /x/", "755 5:5 x/|700 5:5 x/a/|700 5:5 x/a/b/|700 5:5 x/a/b/c/|700 5:5 x/a/b/c/f.txt = f")]
    [InlineData("COPY --parents=false a/b/g.md /x/", "755 0:0 x/|644 0:0 x/g.md = g")]
    [InlineData("COPY --parents a/none /x/", "VIA2121")]
    [InlineData("COPY --parents none/./b /x/", "VIA2121")]
    [InlineData("COPY --parents a/file-link /x/", "VIA2121")]
    [InlineData("COPY --parents a/link/g.md /x/", "VIA2115")]
    [InlineData("COPY --parents a/../../b /x/", "VIA2122")]
    [InlineData("COPY --parents ../b /x/", "VIA2122")]
    [InlineData("COPY --parents a/[ /x/", "VIA2127")]
    [InlineData("COPY --parents=some a /x/", "VIA2106")]
    [InlineData("ADD --parents a /x/", "VIA2109")]
    public Task Parents_are_copied_with_what_is_in_them(string instructions, string files) => AssertAsync(instructions, files);

    [Theory]
    [InlineData("COPY --link a/b/g.md /x/", "755 0:0 x/|644 0:0 x/g.md = g")]
    [InlineData("COPY --link=true a/b/g.md /x/", "755 0:0 x/|644 0:0 x/g.md = g")]
    [InlineData("ADD --link=false a/b/g.md /x/", "755 0:0 x/|644 0:0 x/g.md = g")]
    [InlineData("COPY --link=maybe a /x", "VIA2106")]
    public Task A_copy_with_link_is_a_copy(string instructions, string files) => AssertAsync(instructions, files);

    [Fact]
    public async Task From_a_stage_parents_and_excludes_work_as_from_the_context()
    {
        const string stages = "FROM scratch AS s\nCOPY a /r/a\nFROM scratch\n";
        Assert.Equal("755 0:0 x/|755 0:0 x/a/|755 0:0 x/a/b/|644 0:0 x/a/b/g.md = g", (await _workspace.FilesAsync(stages + "COPY --from=s --parents --exclude=**/c /r/./a/b /x/")).Replace('\n', '|'));
        Assert.Equal("VIA2121", (await _workspace.FailureAsync(stages + "COPY --from=s --parents /r/none /x/")).Code);
    }

    [Fact]
    public async Task The_key_is_of_what_is_copied()
    {
        const string excluding = "FROM scratch\nCOPY --exclude=**/*.md a /x", parents = "FROM scratch\nCOPY --parents a/b/c /x";
        var before = (await _workspace.KeyAsync(excluding), await _workspace.KeyAsync(parents));
        _workspace.File("a/b/g.md", "changed");
        Assert.Equal(before, (await _workspace.KeyAsync(excluding), await _workspace.KeyAsync(parents)));
        _workspace.File("a/b/c/f.txt", "changed");
        Assert.NotEqual(before.Item1, await _workspace.KeyAsync(excluding));
        Assert.NotEqual(before.Item2, await _workspace.KeyAsync(parents));
        Assert.Distinct([await _workspace.KeyAsync("FROM scratch\nCOPY d /x/"), await _workspace.KeyAsync("FROM scratch\nCOPY --parents d /x/"), await _workspace.KeyAsync("FROM scratch\nADD d /x/"),
            await _workspace.KeyAsync("FROM scratch\nADD --unpack=false d /x/"), await _workspace.KeyAsync("FROM scratch\nCOPY --exclude=z d /x/"), await _workspace.KeyAsync("FROM scratch\nCOPY --exclude=y d /x/")]);
    }

    private async Task AssertAsync(string instructions, string files)
    {
        if (files.StartsWith("VIA")) Assert.Equal(files, (await _workspace.FailureAsync("FROM scratch\n" + instructions)).Code);
        else Assert.Equal(files, (await _workspace.FilesAsync("FROM scratch\n" + instructions)).Replace('\n', '|'));
    }

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();
}
