using Viaduct.Oci;

namespace Viaduct.Acceptance.Tests.Failures;

/// <summary>What is wrong with an image is said in one message, and no tag is left behind: not by a build, not by a push.</summary>
public sealed class Broken_images
{
    [Theory]
    [InlineData("", "VIA2105")]
    [InlineData("# nothing but a comment\n", "VIA2105")]
    [InlineData("ARG A=1\n", "VIA2105")]
    [InlineData("FROM scratch\nCOPPY file /file\n", "VIA2108")]
    [InlineData("FROM scratch\nCOPY --chmood=0755 file /file\n", "VIA2109")]
    [InlineData("FROM scratch\nCOPY flie /file\n", "VIA2121")]
    [InlineData("FROM scratch\nCOPY ../../viaduct.yaml /file\n", "VIA2122")]
    [InlineData("FROM scratch\nCOPY loop /file\n", "VIA2124")]
    [InlineData("FROM scratch\nCOPY out /file\n", "VIA2123")]
    [InlineData("FROM scratch\nRUN true\n", "VIA2110")]
    public async Task Are_refused_with_place_and_reason(string dockerfile, string code)
    {
        using var folder = new TemporaryFolder().WithApp(dockerfile).With("images/app/file", "content").With("viaduct.yaml", "images: images\ndefaults: {builder: embedded}\n");
        File.CreateSymbolicLink(folder.At("images/app/loop"), "other");
        File.CreateSymbolicLink(folder.At("images/app/other"), "loop");
        File.CreateSymbolicLink(folder.At("images/app/out"), "/etc/hostname");

        foreach (var verb in (string[])["build", "push"])
            FailureAssert.IsClear(await ViaductCli.RunAsync(folder, verb), code, ExitCode.Failed);
        Assert.Empty(await Store.TagsOfAsync(folder));
    }

    [Fact]
    public async Task Whose_Dockerfile_is_missing_are_refused()
    {
        using var folder = new TemporaryFolder().WithApp(null);
        FailureAssert.IsClear(await ViaductCli.RunAsync(folder, "push"), "VIA2101", ExitCode.Failed, "images/app/Dockerfile");
        Assert.Empty(await Store.TagsOfAsync(folder));
    }

    [Fact]
    public async Task Whose_Dockerfile_is_a_folder_are_refused()
    {
        using var folder = new TemporaryFolder().WithApp(null).With("images/app/Dockerfile/file", "");
        FailureAssert.IsClear(await ViaductCli.RunAsync(folder, "push"), "VIA2102", ExitCode.Failed, "images/app/Dockerfile");
        Assert.Empty(await Store.TagsOfAsync(folder));
    }

    [Theory]
    [InlineData("images/app/Dockerfile", "VIA2102")]
    [InlineData("images/app/file", "VIA2126")]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task With_a_file_that_this_user_may_not_read_are_refused(string file, string code)
    {
        RealParts.NeedLinux();
        using var folder = new TemporaryFolder().WithApp("FROM scratch\nCOPY file /file\n").With("images/app/file", "content");
        File.SetUnixFileMode(folder.At(file), UnixFileMode.None);
        // Modes mean nothing to root, so it steps down.
        IReadOnlyList<string> somebody = Environment.IsPrivilegedProcess ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"] : [];
        File.SetUnixFileMode(folder.Path, (UnixFileMode)0b111_111_111);
        using var command = ViaductCli.Start(somebody, folder, new Dictionary<string, string?> { ["HOME"] = folder.Path }, "push");
        FailureAssert.IsClear(await command.EndAsync(), code, ExitCode.Failed, file);
        Assert.Empty(await Store.TagsOfAsync(folder));
    }

    [Fact]
    public async Task Of_which_one_is_broken_leave_no_tags_of_the_others()
    {
        using var folder = new TemporaryFolder().WithImages().WithApp("FROM scratch\nCOPY missing /file\n");
        FailureAssert.IsClear(await ViaductCli.RunAsync(folder, "push"), "VIA2121", ExitCode.Failed, "images/app/Dockerfile:2");
        Assert.Empty(await Store.TagsOfAsync(folder));
    }

    [Fact]
    public async Task Leave_the_tags_of_the_last_good_push_where_they_are()
    {
        using var folder = new TemporaryFolder().WithApp("FROM scratch\nCOPY file /file\n").With("images/app/file", "content");
        (await ViaductCli.RunAsync(folder, "push")).MustSucceed();
        var before = await Store.TagsOfAsync(folder);
        Assert.Equal(["app:1", "app-amd64:1", "app-arm64:1"], before.OrderBy(t => t.Length));

        folder.With("images/app/Dockerfile", "FROM scratch\nCOPY missing /file\n");
        FailureAssert.IsClear(await ViaductCli.RunAsync(folder, "push"), "VIA2121", ExitCode.Failed);
        Assert.Equal(before, await Store.TagsOfAsync(folder));
    }

    [Theory]
    [InlineData("linux/arm46")]
    [InlineData("linux")]
    [InlineData("linux/arm/v77")]
    public async Task For_a_platform_that_does_not_exist_are_refused(string platform)
    {
        using var folder = new TemporaryFolder().WithApp("FROM scratch\nCOPY file /file\n", platform).With("images/app/file", "content");
        var outcome = await ViaductCli.RunAsync(folder, "push");
        FailureAssert.IsClear(outcome, outcome.Error.Length > 13 ? outcome.Error[6..13] : "", ExitCode.Usage, platform, "image.yaml");
        Assert.StartsWith("error VIA20", outcome.Error);

        folder.WithApp("FROM scratch\nCOPY file /file\n");
        FailureAssert.IsClear(await ViaductCli.RunAsync(folder, "push", "--platform", platform), "VIA9005", ExitCode.Usage, platform);
        Assert.Empty(await Store.TagsOfAsync(folder));
    }
}
