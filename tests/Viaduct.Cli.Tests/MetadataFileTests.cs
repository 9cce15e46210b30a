namespace Viaduct.Cli.Tests;

public sealed class MetadataFileTests
{
    [Theory]
    [InlineData("build")]
    [InlineData("push")]
    public async Task The_folder_of_the_file_is_made(string verb)
    {
        using var place = new Place().Image("hello");
        var outcome = await place.RunAsync(verb, "--metadata", "new/folder/m.json");
        Assert.Equal((0, ""), (outcome.Exit, outcome.Error));
        Assert.Equal(["m.json"], Directory.GetFileSystemEntries(place.PathOf("new/folder")).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("build", "images", 2, "VIA9001: --metadata: 'images' is a folder")]
    [InlineData("push", "images", 2, "VIA9001: --metadata: 'images' is a folder")]
    [InlineData("push", "", 2, "VIA9001: --metadata: '' is a folder")]
    [InlineData("build", "file/m.json", 1, "/file")]
    [InlineData("push", "file/m.json", 1, "/file")]
    public async Task A_file_that_cannot_be_written_stops_the_job_before_it_begins(string verb, string path, int exit, string what)
    {
        using var place = new Place().Image("hello").File("file", "");
        var outcome = await place.RunAsync(verb, "--metadata", path);
        Assert.Equal(exit, outcome.Exit);
        Assert.Contains(what, outcome.Error);
        Assert.False(Directory.Exists(place.PathOf(".viaduct")), "Nothing was begun.");
    }

    [Fact]
    public async Task A_folder_that_takes_no_file_is_found_out_first_and_the_file_named()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs a folder in which not even root makes files");
        using var place = new Place().Image("hello");
        var outcome = await place.RunAsync("push", "--metadata", "/proc/m.json");
        Assert.Equal(1, outcome.Exit);
        Assert.Contains("/proc/m.json", outcome.Error);
        Assert.DoesNotContain(".tmp-", outcome.Error);
        Assert.False(Directory.Exists(place.PathOf(".viaduct")), "Nothing was begun.");
    }

    [Fact]
    public async Task What_was_done_is_printed_although_the_file_fails_later()
    {
        using var place = new Place().Image("hello");
        using var output = new Watched(() => Directory.CreateDirectory(place.PathOf("m.json")));
        var error = new StringWriter();
        var exit = await CommandLine.RunAsync(["push", "--metadata", "m.json"], place.Caller(output, error), CancellationToken.None);
        var head = System.Text.Encoding.UTF8.GetString(output.ToArray());
        Assert.Equal(1, exit);
        Assert.StartsWith("IMAGE", head);
        Assert.Contains(place.PathOf("m.json"), error.ToString());
        Assert.DoesNotContain(".tmp-", error.ToString());
    }

    /// <summary>Standard output during whose first line something happens.</summary>
    private sealed class Watched(Action happens) : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer)
        {
            happens();
            base.Write(buffer);
        }
    }
}
