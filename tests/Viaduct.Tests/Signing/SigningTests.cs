using Viaduct.Configuration;
using Viaduct.Oci;

namespace Viaduct.Tests.Signing;

/// <summary>The set's own command signs what was pushed; here it is a shell, and the test attaches the signature while it waits.</summary>
public sealed class SigningTests : IAsyncLifetime
{
    /// <summary>Says what it was asked for, and ends when the signature is there.</summary>
    private const string Waits = """echo "$VIADUCT_IMAGE $VIADUCT_TAGS $(DIGEST) $VIADUCT_DIGEST" >> asked; n=$(wc -l < asked | tr -d ' '); while [ ! -f done$n ]; do sleep 0.02; done""";

    private TestSet _set = null!;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the commands are those of a Unix shell");
        _set = await TestSet.StartAsync();
        _set.Folder.With("images/app/Dockerfile", "FROM scratch\nCOPY f /f\n").With("images/app/f", "x").With("images/app/image.yaml", "platforms: [linux/amd64, linux/arm64]\ntags: [\"1\", \"2\"]\n");
    }

    public async ValueTask DisposeAsync()
    {
        if (_set is not null) await _set.DisposeAsync();
    }

    private string At(string file) => Path.Combine(_set.Folder.Path, file);

    private async Task<ViaductException?> SignAsync(string yaml)
    {
        _set.Folder.With("viaduct.yaml", yaml);
        await using var job = _set.Job();
        await job.BuildAsync(default);
        await job.PushAsync(default);
        await job.AssembleAsync(default);
        return await job.SignAsync(default);
    }

    /// <summary>Does what a program that signs would do, as often as it is asked to.</summary>
    private async Task AttachAsync(int times)
    {
        for (var n = 1; n <= times; n++)
        {
            string[] asked;
            while (!File.Exists(At("asked")) || (asked = File.ReadAllLines(At("asked"))).Length < n) await Task.Delay(10);
            var words = asked[n - 1].Split(' ');
            Assert.Equal(words[2], words[3]);
            var repository = _set.Client.Repository(Reference.Parse(words[0]), push: true);
            var subject = (await repository.FindManifestAsync(words[3], default))!.Descriptor;
            var config = Blob.FromBytes("application/vnd.cncf.notary.signature", "{}"u8.ToArray());
            await repository.PushBlobAsync(config, default);
            await repository.PushManifestAsync(new ImageManifest(config.Descriptor, []) { Subject = subject }.ToManifest(), default);
            File.WriteAllText(At($"done{n}"), "");
        }
    }

    [Fact]
    public async Task Nothing_is_signed_unless_it_is_asked_for() => Assert.Null(await SignAsync(""));

    [Theory]
    [InlineData("false", 1)]
    [InlineData("true", 3)]
    public async Task Each_list_is_signed_once_and_its_images_where_it_is_said(string platforms, int times)
    {
        var yaml = $"sign:\n  run: '{Waits.Replace("'", "''")}'\n  platforms: {platforms}\n";
        var attaching = AttachAsync(times);
        Assert.Null(await SignAsync(yaml));
        await attaching;
        var list = (await _set.FindAsync("app:1"))!;
        var asked = File.ReadAllLines(At("asked"));
        Assert.Equal(times, asked.Length);
        Assert.Equal($"{_set.Address}/app 1,2 {list.Digest} {list.Digest}", asked[^1]);
        Assert.All(asked[..^1], line => Assert.StartsWith($"{_set.Address}/app  sha256:", line));

        Assert.Null(await SignAsync(yaml));
        Assert.Equal(times, File.ReadAllLines(At("asked")).Length);
    }

    [Theory]
    [InlineData("sign: {run: 'echo no key hunter2hunter2; exit 7', env: {KEY: hunter2hunter2}}", "VIA5086", "'echo no key hunter2hunter2; exit 7' failed with exit code 7\n  | no key ***")]
    [InlineData("sign: [./nothing-here, $(IMAGE)@$(DIGEST)]", "VIA5086", "'./nothing-here $(IMAGE)@$(DIGEST)' cannot be started: it is not there")]
    [InlineData("sign: {run: sleep 60, timeout: 1s}", "VIA5086", "'sleep 60' was stopped after 1 seconds")]
    [InlineData("sign: 'true'", "VIA5087", "'true' ended well, and ")]
    public async Task What_does_not_sign_is_an_error_that_names_what_is_unsigned(string yaml, string code, string message)
    {
        var error = Assert.IsType<ViaductException>(await SignAsync(yaml + "\n"));
        var list = (await _set.FindAsync("app:1"))!;
        Assert.Equal((code, ExitCode.Failed), (error.Code, error.Exit));
        Assert.StartsWith(message, error.Message);
        Assert.Contains($"{_set.Address}/app@{list.Digest}", error.Todo);
        Assert.StartsWith("viaduct.yaml:1:", error.Where);
    }

    [Fact]
    public async Task What_was_not_signed_is_signed_by_the_next_run()
    {
        Assert.NotNull(await SignAsync("sign: exit 1\n"));
        var attaching = AttachAsync(1);
        Assert.Null(await SignAsync($"sign: '{Waits.Replace("'", "''")}'\n"));
        await attaching;
    }

    [Theory]
    [InlineData("sign: {}", "VIA2005")]
    [InlineData("sign: []", "VIA2005")]
    [InlineData("sign: {run: x, tags: y}", "VIA2004")]
    [InlineData("sign: {run: {a: b}}", "VIA2005")]
    [InlineData("sign: {run: x, platforms: all}", "VIA2005")]
    [InlineData("sign: {run: x, timeout: 2d}", "VIA2035")]
    [InlineData("sign: cosign sign $(DIGST)", "VIA2031")]
    [InlineData("sign: {run: x, env: {A: $(TAG)}}", "VIA2031")]
    public void What_says_no_command_is_refused(string yaml, string code)
    {
        _set.Folder.With("viaduct.yaml", yaml + "\n");
        var error = Assert.Throws<ViaductException>(() => ImageSetReader.Read(_set.Folder.Path, new SetOverrides()));
        Assert.Equal((code, ExitCode.Usage), (error.Code, error.Exit));
    }
}
