using System.Formats.Tar;
using System.Text;
using Viaduct.Build.Engines;
using Viaduct.Build.Engines.Connections;
using Viaduct.Oci;
using Viaduct.Registry;

namespace Viaduct.Build.Tests.Engines;

/// <summary>Whatever an engine answers, a build ends: with a code, soon, in little memory, and without names left behind.</summary>
public sealed class Engines_that_misbehave : IAsyncDisposable
{
    // A test that hangs is a failure of its own kind; none takes more than a few seconds.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    // Long enough for what answers to answer on a busy machine.
    private static readonly EnginePatience Short = new() { Connect = TimeSpan.FromSeconds(5), Answer = TimeSpan.FromSeconds(5), Farewell = TimeSpan.FromMilliseconds(200) };

    private readonly Workspace _work = new();
    private ScriptedBuilder? _engine;

    public async ValueTask DisposeAsync()
    {
        if (_engine is not null) await _engine.DisposeAsync();
        _work.Dispose();
    }

    private async Task<ViaductException> FailureAsync(Action<ScriptedBuilder> script, EnginePatience? patience = null)
    {
        var failure = await Assert.ThrowsAsync<ViaductException>(() => BuildAsync(script, patience, TestContext.Current.CancellationToken));
        Assert.NotEmpty(failure.Message);
        Assert.True(failure.Message.Length < 20_000);
        Assert.DoesNotContain(failure.Message, c => c is '\u001b' or '\r');
        return failure;
    }

    private async Task<BuiltImage> BuildAsync(Action<ScriptedBuilder> script, EnginePatience? patience, CancellationToken cancellationToken)
    {
        _engine = await ScriptedBuilder.StartAsync();
        script(_engine);
        var host = new BuilderHost(_ => null, NoCredentials.Instance, Path.Combine(_work.Root, "temporary"));
        using var builder = new DockerBuilder(BuilderName.TryParse(_engine.Address)!, host, new ContentHashes(), patience);
        await using var spool = new BlobSpool(Path.Combine(_work.Root, "spool"));
        return await builder.BuildAsync(_work.Request("FROM scratch\nCOPY . /x\n"), spool, cancellationToken).WaitAsync(Limit, CancellationToken.None);
    }

    /// <summary>What the build was called was taken away again.</summary>
    private void IsTidy() => Assert.Single(_engine!.Seen, s => s.StartsWith("DELETE /images/127.0.0.1:0/viaduct/", StringComparison.Ordinal));

    [Theory]
    [InlineData("no json at all")]
    [InlineData("{\"id\":")]
    [InlineData("[[[[")]
    [InlineData("null\n")]
    [InlineData("{\"id\":\"moby.buildkit.trace\",\"aux\":\"////\"}\n")]
    [InlineData("<html>\u001b[2J</html>")]
    public async Task Garbage_in_the_place_of_progress(string text)
    {
        Assert.Equal("VIA2166", (await FailureAsync(e => e.Build = ScriptedBuilder.Text(text))).Code);
        IsTidy();
    }

    [Theory]
    [InlineData("no json at all")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"Os\":7}")]
    public async Task Garbage_in_the_place_of_what_the_image_is(string text)
    {
        Assert.Equal("VIA2169", (await FailureAsync(e => e.Inspect = ScriptedBuilder.Text(text))).Code);
        IsTidy();
    }

    [Theory]
    [InlineData("no json at all")]
    [InlineData("")]
    [InlineData("{\"Version\":[]}")]
    public async Task Garbage_in_the_place_of_a_version(string text) =>
        Assert.Equal("VIA2161", (await FailureAsync(e => e.Version = ScriptedBuilder.Text(text))).Code);

    [Theory]
    [InlineData(400, "{\"message\":\"failed to parse stage name\"}", "failed to parse stage name")]
    [InlineData(500, "{\"message\":\"no space left on device\"}", "no space left on device")]
    [InlineData(500, "<html>gateway\u001b[2J</html>", "gateway")]
    [InlineData(503, "", "")]
    public async Task A_refusal_is_told_in_its_words(int status, string body, string words)
    {
        var failure = await FailureAsync(e => e.Build = ScriptedBuilder.Text(body, status));
        Assert.Equal("VIA2165", failure.Code);
        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
        IsTidy();
    }

    [Fact]
    public async Task A_connection_that_breaks_in_the_middle_of_a_build()
    {
        Assert.Equal("VIA2161", (await FailureAsync(e => e.Build = ScriptedBuilder.Many("{\"stream\":\"a\"}\n"u8.ToArray(), 100, ScriptedBuilder.Break))).Code);
        IsTidy();
    }

    [Fact]
    public async Task A_build_that_ends_and_has_made_nothing()
    {
        var failure = await FailureAsync(e => (e.Build, e.Inspect) = (ScriptedBuilder.Text(""), ScriptedBuilder.Text("{\"message\":\"No such image\"}", 404)));
        Assert.Equal("VIA2169", failure.Code);
        Assert.Contains("No such image", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_without_an_end()
    {
        var failure = await FailureAsync(e => e.Build = ScriptedBuilder.Many(Enumerable.Repeat((byte)'a', 1 << 20).ToArray(), long.MaxValue, ScriptedBuilder.Hang));
        Assert.Equal("VIA2166", failure.Code);
        IsTidy();
    }

    [Fact]
    public async Task A_refusal_without_an_end()
    {
        var body = Enumerable.Repeat((byte)'a', 1 << 20).ToArray();
        await FailureAsync(e => e.Build = http =>
        {
            http.Response.StatusCode = 500;
            return ScriptedBuilder.Many(body, long.MaxValue, ScriptedBuilder.Hang)(http);
        });
        IsTidy();
    }

    [Fact]
    public async Task A_log_of_256_MiB_is_read_and_not_kept()
    {
        var line = Encoding.ASCII.GetBytes($"{{\"stream\":\"{new string('x', (1 << 15) - 20)}\\n\"}}\n");
        var kept = 0L;
        var failure = await FailureAsync(e => e.Build = ScriptedBuilder.Many(Encoding.ASCII.GetBytes("{\"stream\":\"Step 1/1 : RUN yes\"}\n"), 1, ScriptedBuilder.Many(line, (256 << 20) / line.Length, http =>
        {
            kept = GC.GetTotalMemory(forceFullCollection: true);
            return ScriptedBuilder.Text("{\"errorDetail\":{\"message\":\"enough\"}}\n")(http);
        })));
        Assert.Equal("VIA2165", failure.Code);
        // Other tests run beside this one; the log alone would be 512 MiB as text.
        Assert.InRange(kept, 1, 400 << 20);
        IsTidy();
    }

    [Fact]
    public async Task A_build_without_an_end_can_be_cancelled()
    {
        using var cancel = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => BuildAsync(e => e.Build = ScriptedBuilder.Many("{\"stream\":\"a\"}\n"u8.ToArray(), 10, http =>
        {
            cancel.Cancel();
            return ScriptedBuilder.Hang(http);
        }), null, cancel.Token));
        IsTidy();
    }

    [Fact]
    public async Task One_that_never_says_what_it_is() =>
        Assert.Equal("VIA2161", (await FailureAsync(e => e.Version = ScriptedBuilder.Hang, Short)).Code);

    [Fact]
    public async Task One_that_never_says_what_it_built()
    {
        Assert.Equal("VIA2169", (await FailureAsync(e => e.Inspect = ScriptedBuilder.Hang, Short)).Code);
        IsTidy();
    }

    [Fact]
    public async Task One_that_never_forgets_a_name_is_not_waited_for() =>
        Assert.Equal("VIA2165", (await FailureAsync(e => (e.Build, e.Delete) = (ScriptedBuilder.Text("{\"error\":\"no\"}"), ScriptedBuilder.Hang), Short)).Code);

    [Fact]
    public async Task Garbage_in_the_place_of_a_farewell_hides_nothing() =>
        Assert.Equal("VIA2165", (await FailureAsync(e => (e.Build, e.Delete) = (ScriptedBuilder.Text("{\"error\":\"no\"}"), ScriptedBuilder.Text("garbage")))).Code);

    [Fact]
    public async Task What_it_saves_is_an_image_or_refused()
    {
        var saved = await SavedAsync("amd64");
        var image = await BuildAsync(e => e.Save = ScriptedBuilder.Bytes(saved), null, CancellationToken.None);
        Assert.Equal("linux/amd64", image.Config.Platform.ToString());
        IsTidy();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(700)]
    [InlineData(1500)]
    [InlineData(2600)]
    public async Task A_truncated_archive(int length)
    {
        var saved = await SavedAsync("amd64");
        Assert.Equal("VIA2169", (await FailureAsync(e => e.Save = ScriptedBuilder.Bytes(saved[..length]))).Code);
        IsTidy();
    }

    [Theory]
    [InlineData("no archive")]
    [InlineData("{\"message\":\"it is gone\"}", 404)]
    public async Task No_archive(string text, int status = 200)
    {
        Assert.Equal("VIA2169", (await FailureAsync(e => e.Save = ScriptedBuilder.Text(text, status))).Code);
        IsTidy();
    }

    [Fact]
    public async Task A_connection_that_breaks_in_the_middle_of_an_archive()
    {
        var saved = await SavedAsync("amd64");
        Assert.Equal("VIA2169", (await FailureAsync(e => e.Save = ScriptedBuilder.Many(saved[..1024], 1, ScriptedBuilder.Break))).Code);
        IsTidy();
    }

    [Theory]
    [InlineData("arm64", "amd64")]
    [InlineData("amd64", "arm64")]
    public async Task An_image_of_another_platform(string told, string inside)
    {
        var saved = await SavedAsync(inside);
        var failure = await FailureAsync(e => (e.Inspect, e.Save) = (ScriptedBuilder.Text($"{{\"Os\":\"linux\",\"Architecture\":\"{told}\"}}"), ScriptedBuilder.Bytes(saved)));
        Assert.Equal("VIA2160", failure.Code);
        IsTidy();
    }

    /// <summary>A docker archive of one layer, as <c>docker save</c> writes it.</summary>
    private static async Task<byte[]> SavedAsync(string architecture)
    {
        var layer = await TarAsync(("file", "content"u8.ToArray()));
        var diffId = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(layer));
        var config = Encoding.UTF8.GetBytes($$"""{"architecture":"{{architecture}}","os":"linux","config":{},"rootfs":{"type":"layers","diff_ids":["sha256:{{diffId}}"] } }""");
        var name = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(config)) + ".json";
        return await TarAsync((name, config), ("layer.tar", layer), ("manifest.json", Encoding.UTF8.GetBytes($$"""[{"Config":"{{name}}","RepoTags":["a:1"],"Layers":["layer.tar"]}]""")));
    }

    private static async Task<byte[]> TarAsync(params (string Name, byte[] Content)[] files)
    {
        using var bytes = new MemoryStream();
        await using (var tar = new TarWriter(bytes, TarEntryFormat.Ustar, leaveOpen: true))
            foreach (var (name, content) in files) await tar.WriteEntryAsync(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });
        return bytes.ToArray();
    }
}
