using Viaduct.Oci;

namespace Viaduct.Build.Tests;

public sealed class Input_keys : IAsyncDisposable
{
    private const string Dockerfile = "ARG used=1\nARG unused=1\nFROM scratch AS other\nCOPY other /o\nFROM scratch\nARG used\nARG unused\nENV e=$used\nCOPY a d /x/\n";
    private readonly Workspace _workspace = new Workspace().File("a", "A").File("d/b", "B").File("other", "O").File("elsewhere", "E").Link("d/l", "b");

    private async Task Changes(bool expected, Action change, string dockerfile = Dockerfile, string? after = null)
    {
        var before = await _workspace.KeyAsync(dockerfile);
        change();
        Assert.Equal(expected, before != await _workspace.KeyAsync(after ?? dockerfile));
    }

    [Fact]
    public Task Content_counts() => Changes(true, () => _workspace.File("a", "X"));

    [Fact]
    public Task Content_below_a_folder_counts() => Changes(true, () => _workspace.File("d/b", "X"));

    [Fact]
    public Task A_new_file_counts() => Changes(true, () => _workspace.File("d/c"));

    [Fact]
    public Task A_file_that_is_not_copied_does_not_count() => Changes(false, () => _workspace.File("elsewhere", "X"));

    [Fact]
    public Task A_stage_that_is_not_needed_does_not_count() => Changes(false, () => _workspace.File("other", "X"));

    [Fact]
    public Task The_executable_bit_counts() => Changes(true, () => _workspace.File("a", "A", executable: true));

    [Fact]
    public Task Other_mode_bits_do_not_count() => Changes(false, () => File.SetUnixFileMode(Path.Combine(_workspace.Root, "a"), UnixFileMode.UserRead | UnixFileMode.UserWrite));

    [Fact]
    public Task Times_do_not_count() => Changes(false, () => File.SetLastWriteTimeUtc(Path.Combine(_workspace.Root, "a"), DateTime.UnixEpoch));

    [Fact]
    public Task The_target_of_a_link_counts() => Changes(true, () =>
    {
        File.Delete(Path.Combine(_workspace.Root, "d/l"));
        _workspace.Link("d/l", "../a");
    });

    [Fact]
    public Task Leaving_a_copied_file_out_counts() => Changes(true, () => _workspace.File(".dockerignore", "d/b"));

    [Fact]
    public Task An_argument_that_is_used_counts() => Changes(true, () => _workspace.Args["used"] = "2");

    [Fact]
    public Task An_argument_that_is_not_used_does_not_count() => Changes(false, () => _workspace.Args["unused"] = "2");

    [Fact]
    public Task An_argument_with_its_own_default_does_not_count() => Changes(false, () => _workspace.Args["used"] = "1");

    [Fact]
    public Task A_label_counts() => Changes(true, () => _workspace.Labels["l"] = "1");

    [Fact]
    public Task Comments_and_blanks_do_not_count() => Changes(false, () => { }, after: Dockerfile.Replace("COPY a", "# comment\n\nCOPY   a"));

    [Fact]
    public Task An_instruction_counts() => Changes(true, () => { }, after: Dockerfile + "USER 1\n");

    [Fact]
    public Task The_form_of_a_command_counts() => Changes(true, () => { }, "FROM scratch\nCMD [\"a\"]", "FROM scratch\nCMD a");

    [Fact]
    public async Task Platform_and_epoch_count()
    {
        var key = await _workspace.KeyAsync("FROM scratch");
        Assert.NotEqual(key, await _workspace.KeyAsync("FROM scratch", "linux/arm64"));
        Assert.NotEqual(key, await _workspace.KeyAsync("FROM scratch", epoch: 1));
        Assert.NotEqual(await _workspace.KeyAsync("FROM scratch", "linux/arm64"), await _workspace.KeyAsync("FROM scratch", "linux/arm64/v8"));
    }

    [Fact]
    public async Task A_base_counts_by_its_key_and_is_not_opened()
    {
        _workspace.Bases.Add("base", await _workspace.BuildAsync("FROM scratch\nENV f=a"));
        var key = await _workspace.KeyAsync("FROM base\nCOPY a /x\nLABEL p=$PATH");
        _workspace.Bases.Add("base", await _workspace.BuildAsync("FROM scratch\nENV f=b"));
        Assert.NotEqual(key, await _workspace.KeyAsync("FROM base\nCOPY a /x\nLABEL p=$PATH"));
        Assert.Equal(0, _workspace.Bases.Opened);
    }

    [Theory]
    [InlineData("FROM base\nCOPY $f /x", true)]
    [InlineData("FROM base\nENV g=$f\nCOPY $g /x", true)]
    [InlineData("FROM base\nENV g=a\nENV g=$f\nCOPY $g /x", true)]
    [InlineData("FROM base\nARG g=$f\nCOPY ${g:-a} /x", true)]
    [InlineData("FROM base AS s\nENV g=$f\nFROM s\nCOPY $g /x", true)]
    [InlineData("FROM base\nENV $f=1\nENV b=2\nCOPY a /x", false)]
    [InlineData("FROM base\nENV f=a\nCOPY $f /x", false)]
    [InlineData("FROM base\nCOPY a /x$f", false)]
    public async Task A_source_that_only_the_base_knows_makes_the_whole_context_count(string dockerfile, bool whole)
    {
        _workspace.File("Dockerfile", dockerfile);
        _workspace.Bases.Add("base", await _workspace.BuildAsync("FROM scratch\nENV f=a"));
        await Changes(whole, () => _workspace.File("elsewhere", "X"), dockerfile);
        await Changes(true, () => _workspace.File("a", "X"), dockerfile);
    }

    [Theory]
    [InlineData("LABEL l=$f\\$g", true)]
    [InlineData("LABEL l=\"$f\"", true)]
    [InlineData("ENV f=1\nLABEL l=$f", false)]
    [InlineData("COPY a /x", false)]
    public async Task The_escape_character_counts_where_a_word_counts_as_it_is_written(string instructions, bool counts)
    {
        _workspace.Bases.Add("base", await _workspace.BuildAsync("FROM scratch\nENV f=a g=b"));
        await Changes(counts, () => { }, "FROM base\n" + instructions, "# escape=`\nFROM base\n" + instructions);
    }

    [Fact]
    public async Task Neighbouring_words_do_not_run_together()
    {
        var keys = new HashSet<Digest>();
        foreach (var line in (string[])["ENV ab=c", "ENV a=bc", "ENV a=b c=", "LABEL a=bc", "CMD [\"ab\", \"c\"]", "CMD [\"a\", \"bc\"]", "ENTRYPOINT [\"a\", \"bc\"]", "COPY --chown=1 a /x", "COPY --chmod=1 a /x"])
            Assert.True(keys.Add(await _workspace.KeyAsync("FROM scratch\n" + line)));
    }

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();
}
