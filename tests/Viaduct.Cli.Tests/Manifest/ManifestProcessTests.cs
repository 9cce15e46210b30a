using System.Diagnostics;

namespace Viaduct.Cli.Tests.Manifest;

/// <summary>The built program, called by other names as shells and docker call it.</summary>
public sealed class ManifestProcessTests : IDisposable
{
    private readonly Place _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task A_link_named_docker_does_manifest_itself()
    {
        var (exit, output, _) = await RunAsync("docker manifest rm --help");
        Assert.Equal(0, exit);
        Assert.StartsWith("Usage:  docker manifest rm ", output);
    }

    [Fact]
    public async Task A_link_named_docker_becomes_the_next_docker_with_its_streams_and_exit_code()
    {
        Script("next", "echo \"$0 $*\"; cat; echo wrong >&2; exit 7");
        Assert.Equal((7, $"{_place.PathOf("next/docker")} run -i x\nsent", "wrong\n"), await RunAsync("docker run -i x"));
    }

    [Fact]
    public async Task The_next_docker_has_words_and_variables_byte_for_byte()
    {
        Script("next", "printf '%s|%s|%s' \"$LATIN\" \"$2\" \"$3\" | od -An -tx1");
        Assert.Equal((0, " 63 61 66 e9 7c 63 61 66 e9 7c\n", ""), await RunAsync("LATIN=$(printf 'caf\\351') docker ps \"$(printf 'caf\\351')\" ''"));
    }

    [Fact]
    public async Task A_script_before_the_link_may_call_it()
    {
        Script("first", "\"$BIN/docker\" \"$@\"; exit $?");
        Script("next", "echo next; exit 7");
        Assert.Equal((7, "next\n", ""), await RunAsync("docker ps"));
    }

    [Fact]
    public async Task A_script_that_calls_a_link_outside_of_the_path_for_ever_is_told_so()
    {
        Script("first", "\"$BIN/docker\" \"$@\"; exit $?");
        var (exit, output, error) = await RunAsync("PATH=\"${PATH%%:*}:/usr/bin:/bin\" docker ps");
        Assert.Equal((127, ""), (exit, output));
        Assert.StartsWith($"viaduct: VIA9041: {_place.PathOf("first/docker")} calls viaduct again", error);
    }

    [Theory]
    [InlineData("docker manifest ls")]
    [InlineData("docker manifest --help")]
    [InlineData("docker-viaduct docker-cli-plugin-metadata")]
    public async Task A_full_disk_behind_standard_output_is_a_failure_like_others(string line)
    {
        var (exit, output, error) = await RunAsync($"{line} > /dev/full");
        Assert.Equal((1, ""), (exit, output));
        Assert.StartsWith("viaduct: VIA9002: the disk is full", error);
        Assert.All(error.TrimEnd('\n').Split('\n'), l => Assert.StartsWith("viaduct: ", l));
    }

    [Fact]
    public async Task Without_a_home_folder_that_of_the_current_one_is_not_taken()
    {
        _place.File(".docker/config.json", "{\"experimental\":\"disabled\"}");
        var (exit, output, _) = await RunAsync("unset DOCKER_CONFIG; HOME=/nonexistent docker manifest rm --help");
        Assert.Equal(0, exit);
        Assert.StartsWith("Usage:", output);
    }

    [Fact]
    public async Task A_link_named_as_a_plugin_is_one()
    {
        var (exit, output, _) = await RunAsync("docker-viaduct docker-cli-plugin-metadata");
        Assert.Equal(0, exit);
        Assert.Contains("\"SchemaVersion\": \"0.1.0\"", output);
    }

    private void Script(string folder, string lines)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there is no sh");
        _place.File($"{folder}/docker", $"#!/bin/sh\n{lines}\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(_place.PathOf($"{folder}/docker"), (UnixFileMode)0b111_101_101);
    }

    /// <summary>A line of sh, where <c>docker</c> and <c>docker-viaduct</c> are links to this program.</summary>
    private async Task<(int Exit, string Output, string Error)> RunAsync(string line)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need rights there");
        Directory.CreateDirectory(_place.PathOf("bin"));
        foreach (var name in new[] { "docker", "docker-viaduct" })
            File.CreateSymbolicLink(_place.PathOf($"bin/{name}"), Path.Combine(AppContext.BaseDirectory, "viaduct"));
        var start = new ProcessStartInfo("/bin/sh", ["-c", line]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _place.Folder };
        start.Environment["BIN"] = _place.PathOf("bin");
        start.Environment["PATH"] = $"{_place.PathOf("first")}:{_place.PathOf("bin")}:{_place.PathOf("next")}:/usr/bin:/bin";
        start.Environment["DOCKER_CONFIG"] = _place.Folder;
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync("sent");
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output, await error);
    }
}
