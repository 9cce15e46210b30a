using System.Formats.Tar;
using System.Security.Cryptography;

namespace Viaduct.Cli.Tests;

public sealed class ExportTests : IAsyncLifetime
{
    private readonly Place _place = new Place().Image("hello");

    private string Name => $"{_place.Registry}/hello:latest";

    public async ValueTask InitializeAsync() => Assert.Equal(0, (await _place.RunAsync("push")).Exit);

    public ValueTask DisposeAsync()
    {
        _place.Dispose();
        return default;
    }

    [Fact]
    public async Task A_list_becomes_a_layout_with_all_its_images()
    {
        Assert.Equal(0, (await _place.RunAsync("export", Name, "--format", "oci", "--output", "out")).Exit);
        var raw = await _place.RunAsync("inspect", Name, "--raw");
        Assert.Equal(raw.Bytes, (await _place.RunAsync("inspect", "oci:out", "--raw")).Bytes);
        Assert.Equal(2, (await _place.RunAsync("inspect", "oci:out:latest", "-o", "json")).Json.GetProperty("manifests").GetArrayLength());
    }

    [Fact]
    public async Task An_archive_is_the_same_in_a_file_and_on_standard_output()
    {
        Assert.Equal(0, (await _place.RunAsync("export", Name, "--format", "oci-archive", "--output", "a.tar")).Exit);
        var piped = await _place.RunAsync("export", Name, "--format", "oci-archive", "--output", "-");
        Assert.Equal(SHA256.HashData(File.ReadAllBytes(_place.PathOf("a.tar"))), SHA256.HashData(piped.Bytes));
    }

    [Fact]
    public async Task A_docker_archive_takes_one_platform()
    {
        var whole = await _place.RunAsync("export", Name, "--format", "docker-archive", "--output", "d.tar");
        Assert.Equal(1, whole.Exit);
        Assert.StartsWith("error VIA1033", whole.Error);
        Assert.False(File.Exists(_place.PathOf("d.tar")), "A failure leaves no file.");

        Assert.Equal(0, (await _place.RunAsync("export", Name, "--platform", "linux/arm64", "--format", "docker-archive", "--output", "d.tar")).Exit);
        using var tar = new TarReader(File.OpenRead(_place.PathOf("d.tar")));
        var names = new List<string>();
        while (tar.GetNextEntry() is { } entry) names.Add(entry.Name);
        Assert.Contains("manifest.json", names);
    }

    [Fact]
    public async Task A_platform_that_is_not_there_is_named_with_those_that_are()
    {
        var outcome = await _place.RunAsync("export", Name, "--platform", "linux/s390x", "--format", "oci", "--output", "out");
        Assert.Equal(1, outcome.Exit);
        Assert.Contains("VIA9009", outcome.Error);
        Assert.Contains("linux/amd64, linux/arm64", outcome.Error);
    }

    [Theory]
    [InlineData("")]
    [InlineData(",")]
    [InlineData("linux/amd64,linux/arm64")]
    public async Task One_platform_is_taken_and_no_other_number(string platform)
    {
        var outcome = await _place.RunAsync("export", Name, "--platform", platform, "--format", "oci", "--output", "out");
        Assert.Equal(2, outcome.Exit);
        Assert.StartsWith("error VIA9001: export takes one platform", outcome.Error);
    }

    [Theory]
    [InlineData("missing/a.tar")]
    [InlineData("folder")]
    public async Task An_archive_that_cannot_be_written_is_named_as_it_was_given(string path)
    {
        Directory.CreateDirectory(_place.PathOf("folder"));
        var outcome = await _place.RunAsync("export", Name, "--format", "oci-archive", "--output", path);
        Assert.Equal(1, outcome.Exit);
        Assert.Contains(_place.PathOf(path), outcome.Error);
        Assert.DoesNotContain(".tmp-", outcome.Error);
    }

    [Fact]
    public async Task A_layout_can_be_exported_again()
    {
        await _place.RunAsync("export", Name, "--format", "oci", "--output", "out");
        Assert.Equal(0, (await _place.RunAsync("export", "oci:out:latest", "--platform", "linux/amd64", "--format", "oci-archive", "--output", "a.tar")).Exit);
    }

    [Fact]
    public async Task A_terminal_is_not_given_an_archive()
    {
        using var place = new Place { OutputIsTerminal = true };
        Assert.Equal(2, (await place.RunAsync("export", Name, "--format", "oci-archive", "--output", "-")).Exit);
        Assert.Equal(2, (await _place.RunAsync("export", Name, "--format", "oci", "--output", "-")).Exit);
    }

    [Fact]
    public async Task A_place_that_cannot_be_written_is_named()
    {
        _place.File("file", "");
        var outcome = await _place.RunAsync("export", Name, "--format", "oci", "--output", "file/out");
        Assert.Equal(1, outcome.Exit);
        Assert.StartsWith("error VIA900", outcome.Error);
        Assert.Contains("file/out", outcome.Error);
    }
}
