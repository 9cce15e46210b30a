using System.Text;
using Viaduct.Oci;

namespace Viaduct.Build.Tests;

public sealed class Reading_what_buildx_made
{
    private const string Run = "FROM scratch\nARG TOKEN\nRUN make $TOKEN\n";

    [Fact]
    public async Task The_image_of_the_archive()
    {
        await using var workspace = new Workspace();
        await using var docker = new FakeDocker();
        var request = workspace.Request(Run);
        var image = await (await docker.GivesAsync(request)).BuildAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(2, image.Blobs.Count);
        Assert.Equal((await docker.Builder().KeyAsync(request, TestContext.Current.CancellationToken)).ToString(), image.Manifest.AsImage().Annotations[Annotations.InputKey]);
        Assert.Empty(image.Attestations);
    }

    [Fact]
    public async Task A_digest_that_is_not_in_the_archive_is_refused()
    {
        await using var workspace = new Workspace();
        await using var docker = new FakeDocker();
        var request = workspace.Request(Run);
        var failure = await (await docker.GivesAsync(request, digest: Digest.Sha256("other"u8))).FailureAsync(request);
        Assert.Equal("VIA2177", failure.Code);
    }

    [Fact]
    public async Task A_manifest_without_the_key_is_refused()
    {
        await using var workspace = new Workspace();
        await using var docker = new FakeDocker();
        var request = workspace.Request(Run);
        var failure = await (await docker.GivesAsync(request, key: Digest.Sha256("other"u8))).FailureAsync(request);
        Assert.Equal("VIA2177", failure.Code);
    }

    [Fact]
    public async Task An_image_of_another_platform_is_refused()
    {
        await using var workspace = new Workspace();
        await using var docker = new FakeDocker();
        var request = workspace.Request(Run);
        Assert.Equal("VIA2160", (await (await docker.GivesAsync(request, platform: "linux/arm64")).FailureAsync(request)).Code);
    }

    [Theory]
    [InlineData("rawjson")]
    [InlineData("plain")]
    public async Task A_step_that_fails_is_named_with_its_last_lines_and_no_value_of_an_argument(string progress)
    {
        await using var workspace = new Workspace();
        await using var docker = new FakeDocker();
        workspace.Args["TOKEN"] = "hush-hush";
        var lines = string.Concat(Enumerable.Range(1, 30).Select(i => $"line {i}\n")) + "with hush-hush\n";
        docker.Write("said", progress == "plain"
            ? "#5 [1/1] RUN make hush-hush\n" + string.Concat(lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => $"#5 0.123 {l}\n")) + "#5 ERROR: process \"/bin/sh -c make\" did not complete successfully: exit code: 7\n"
            : $$"""
                {"vertexes":[{"digest":"sha256:a","name":"[1/1] RUN make hush-hush","started":"2026-01-01T00:00:00Z"}]}
                {"logs":[{"vertex":"sha256:a","stream":1,"data":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes(lines))}}"}]}
                {"vertexes":[{"digest":"sha256:a","name":"x","started":"2026-01-01T00:00:00Z","error":"process \"/bin/sh -c make\" did not complete successfully: exit code: 7"}]}

                """);
        if (progress == "plain") docker.Write("version", "github.com/docker/buildx 0.12.1 x\n");
        docker.Write("build", "cat $here/said >&2\nprintf 'Dockerfile:3\\n------\\n 3 | >>> RUN make\\nERROR: failed to build: failed to solve: process hush-hush\\n' >&2\nexit 1");
        var heard = new List<string>();
        var failure = await docker.FailureAsync(workspace.Request(Run) with { Progress = new Told(heard) });
        Assert.Equal("VIA2176", failure.Code);
        Assert.Equal(workspace.Dockerfile + ":3", failure.Where);
        Assert.StartsWith("[1/1] RUN make $TOKEN ended with exit code: 7 (linux/amd64)\n    line 12\n", failure.Message);
        Assert.EndsWith("line 30\n    with $TOKEN", failure.Message);
        Assert.Equal(["[1/1] RUN make $TOKEN"], heard);
        Assert.Contains($"--progress={progress}", docker.Arguments);
    }

    [Fact]
    public async Task What_the_driver_refuses_is_said_as_such()
    {
        await using var workspace = new Workspace();
        await using var docker = new FakeDocker();
        docker.Write("build", "printf 'ERROR: failed to build: OCI exporter is not supported for the docker driver.\\nSwitch to a different driver\\n' >&2; exit 1");
        var failure = await docker.FailureAsync(workspace.Request(Run));
        Assert.Equal(("VIA2174", "OCI exporter: the builder 'default' cannot do it (driver docker)"), (failure.Code, failure.Message));
    }

    [Fact]
    public async Task Cancelled_it_ends_with_all_that_it_started()
    {
        await using var workspace = new Workspace();
        await using var docker = new FakeDocker();
        docker.Write("build", "sleep 300 & echo $! > $here/child.new; mv $here/child.new $here/child; wait");
        using var cancel = new CancellationTokenSource();
        var building = docker.BuildAsync(workspace.Request(Run), cancel.Token);
        while (!File.Exists(docker.At("child"))) await Task.Delay(5, TestContext.Current.CancellationToken);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => building);
        var child = int.Parse(File.ReadAllText(docker.At("child")), System.Globalization.CultureInfo.InvariantCulture);
        while (IsRunning(child)) await Task.Delay(5, TestContext.Current.CancellationToken);
        Assert.Empty(Directory.EnumerateFileSystemEntries(docker.Temporary));
    }

    // A killed process whose parent is gone may stay as a zombie where no init collects it.
    private static bool IsRunning(int id) => File.Exists($"/proc/{id}/stat") && !File.ReadAllText($"/proc/{id}/stat").Contains(") Z ", StringComparison.Ordinal);

    private sealed class Told(List<string> lines) : IProgress<string>
    {
        public void Report(string value)
        {
            lock (lines) lines.Add(value);
        }
    }
}
