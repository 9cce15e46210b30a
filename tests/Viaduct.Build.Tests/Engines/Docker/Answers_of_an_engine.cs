using System.Text;
using Viaduct.Build.Engines;
using Viaduct.Oci;

namespace Viaduct.Build.Tests.Engines;

public sealed class Answers_of_an_engine
{
    private static readonly EngineInfo Info = new("docker", "28", "unix:///x", Platform.Parse("linux/amd64"), HasContainerdStore: false);

    private static async Task<List<string>> LinesAsync(string text, int limit = 1 << 20)
    {
        var lines = new List<string>();
        var reader = new LineReader(new MemoryStream(Encoding.UTF8.GetBytes(text)), limit);
        while (await reader.ReadAsync(CancellationToken.None) is { } line) lines.Add(Encoding.UTF8.GetString(line.Span));
        return lines;
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("a", "a")]
    [InlineData("a\n", "a")]
    [InlineData("a\n\nb", "a||b")]
    public async Task Lines_end_and_so_does_the_answer(string text, string expected) => Assert.Equal(expected, string.Join('|', await LinesAsync(text)));

    [Fact]
    public async Task Long_lines_are_read_and_longer_ones_than_the_limit_refused()
    {
        var text = string.Join('\n', Enumerable.Range(0, 50).Select(i => new string((char)('a' + i % 26), i * 1000)));
        Assert.Equal(text, string.Join('\n', await LinesAsync(text)));
        await Assert.ThrowsAsync<InvalidDataException>(() => LinesAsync(text, limit: 30_000));
    }

    [Fact]
    public async Task The_error_is_a_line_among_others()
    {
        var output = new BuildOutput(Info, new BuildLog(null, n => n));
        await output.ReadAsync(new MemoryStream("{\"stream\":\"Step 1/2 : FROM a\"}\r\n\n{\"id\":\"moby.image.id\",\"aux\":{\"ID\":\"sha256:1\"}}\n{\"errorDetail\":{\"message\":\"why\"},\"error\":\"why\"}\n{\"error\":\"other\"}"u8.ToArray()), CancellationToken.None);
        Assert.Equal("why", output.Error);
    }

    [Theory]
    [InlineData("no json")]
    [InlineData("[1]")]
    [InlineData("{\"id\":\"moby.buildkit.trace\",\"aux\":\"Dw==\"}")]
    public async Task What_is_no_progress_is_refused(string line) =>
        Assert.Equal("VIA2166", (await Assert.ThrowsAsync<ViaductException>(() => new BuildOutput(Info, new BuildLog(null, n => n)).ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(line)), CancellationToken.None))).Code);
}
