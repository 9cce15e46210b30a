using System.Text;

namespace Viaduct.Cli.Tests;

/// <summary>Manifests in files and on standard input, as shells leave them there.</summary>
public sealed class SelectInputTests : IDisposable
{
    private readonly Place _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task An_empty_input_and_a_bad_one_say_where_they_came_from()
    {
        _place.Input = [];
        Assert.StartsWith("error VIA9030: standard input: cannot be read: it is empty: did the command before the pipe fail?", (await _place.RunAsync("select", "-")).Error);
        _place.Input = Encoding.UTF8.GetBytes("""{"schemaVersion":2,"manifests":[{"digest":"sha256:1"}]}""");
        Assert.StartsWith("error VIA1010: standard input: ", (await _place.RunAsync("select", "-")).Error);
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public async Task What_Windows_shells_write_to_files_is_read(string encoding)
    {
        const string text = """{"schemaVersion":2,"manifests":[{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855","size":1,"platform":{"os":"linux","architecture":"amd64"}}]}""";
        var plain = await _place.File("list.json", text).RunAsync("select", "list.json", "--platform", "linux/amd64");
        Assert.Equal(0, plain.Exit);
        File.WriteAllText(_place.PathOf("list.json"), text, Encoding.GetEncoding(encoding) is UTF8Encoding ? new UTF8Encoding(encoderShouldEmitUTF8Identifier: true) : Encoding.GetEncoding(encoding));
        var outcome = await _place.RunAsync("select", "list.json", "--platform", "linux/amd64");
        Assert.Equal((0, plain.Output, ""), (outcome.Exit, outcome.Output, outcome.Error));
    }
}
