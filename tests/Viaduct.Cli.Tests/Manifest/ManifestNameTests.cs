using Viaduct.Cli.Terminal;

namespace Viaduct.Cli.Tests.Manifest;

/// <summary>viaduct by other names: docker's, and that of a plugin of docker.</summary>
public sealed class ManifestNameTests
{
    [Fact]
    public async Task Docker_is_told_what_plugin_this_is()
    {
        using var place = new Place { InvokedAs = "docker-viaduct" };
        var json = (await place.RunAsync("docker-cli-plugin-metadata")).Json;
        Assert.Equal("0.1.0", json.GetProperty("SchemaVersion").GetString());
        Assert.All(["Vendor", "Version", "ShortDescription"], name => Assert.NotEqual("", json.GetProperty(name).GetString()));
    }

    [Theory]
    [InlineData("viaduct manifest push --help")]
    [InlineData("--config x -D --host=tcp://x:1 viaduct manifest push --help")]
    [InlineData("viaduct --config x manifest push --help")]
    [InlineData("manifest push --help")]
    public async Task A_plugin_is_called_with_the_options_of_docker_and_its_own_name(string line)
    {
        using var place = new Place { InvokedAs = "docker-viaduct" };
        var outcome = await place.RunAsync(line.Split(' '));
        Assert.Equal((0, ""), (outcome.Exit, outcome.Error));
        Assert.StartsWith("Usage:  docker manifest push [OPTIONS] MANIFEST_LIST\n", outcome.Output);
    }

    [Fact]
    public async Task A_plugin_has_all_verbs()
    {
        using var place = new Place { InvokedAs = "docker-viaduct" };
        Assert.StartsWith("viaduct ", (await place.RunAsync("-D", "viaduct", "version")).Output);
    }

    [Fact]
    public async Task A_manifest_that_is_an_argument_of_another_verb_is_left_to_it()
    {
        using var place = new Place();
        Assert.Contains("VIA9001: 'viaduct version' takes no 'manifest'", (await place.RunAsync("version", "manifest")).Error);
    }

    [Theory]
    [InlineData("--config DIR manifest push a b")]
    [InlineData("--verbose --config=DIR manifest push a b")]
    public async Task Options_of_our_own_stand_before_the_verb(string line)
    {
        using var place = new Place().With("DOCKER_CLI_EXPERIMENTAL", "disabled").File("d/config.json", "{\"experimental\":\"true\"}");
        place.With("DOCKER_CLI_EXPERIMENTAL", "");
        var outcome = await place.RunAsync(line.Replace("DIR", "d").Split(' '));
        Assert.Contains($"viaduct: {Path.Combine("d", "config.json")} says so", outcome.Error);
    }

    [Theory]
    [InlineData("ps -a")]
    [InlineData("")]
    [InlineData("--config x build -t manifest .")]
    [InlineData("run --rm x manifest create")]
    [InlineData("--bogus manifest push")]
    [InlineData("--version manifest")]
    [InlineData("help run")]
    public async Task What_is_not_ours_goes_to_the_next_docker_in_the_path(string line)
    {
        var args = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var called = new List<(string File, string[] Words)>();
        using var place = new Place { InvokedAs = "docker", Become = (file, words, _) => { called.Add((file, [.. words])); return Task.FromResult(42); } };
        if (!OperatingSystem.IsWindows()) File.CreateSymbolicLink(Docker(place, "ours", null), Environment.ProcessPath!);
        var next = Docker(place, "next", "#!/bin/sh\n");
        place.With("PATH", string.Join(Path.PathSeparator, place.PathOf("none"), "", place.PathOf("ours"), place.PathOf("next")));
        Assert.Equal(42, (await place.RunAsync(args)).Exit);
        Assert.Equal([(next, ["docker", .. args])], called.Select(c => (c.File, c.Words)).ToArray(), (a, b) => a.File == b.File && a.Words.SequenceEqual(b.Words));
    }

    [Fact]
    public async Task Without_another_docker_it_says_so()
    {
        using var place = new Place { InvokedAs = "docker" }.With("PATH", "/nowhere");
        var outcome = await place.RunAsync("ps");
        Assert.Equal(127, outcome.Exit);
        Assert.StartsWith("viaduct: VIA9041: there is no other docker in the PATH for 'docker ps'\n", outcome.Error);
    }

    [Fact]
    public async Task What_stands_before_this_program_in_the_path_has_called_it_and_is_passed_over()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need rights there");
        var called = new List<string>();
        using var place = new Place { InvokedAs = "docker", Become = (file, _, hops) => { called.Add($"{file} {hops.Value}"); return Task.FromResult(0); } };
        Docker(place, "wrapper", "#!/bin/sh\n");
        File.CreateSymbolicLink(Docker(place, "ours", null), Environment.ProcessPath!);
        // Found by way of a folder that is a link, it is the same program.
        Directory.CreateSymbolicLink(place.PathOf("bin"), place.PathOf("ours"));
        var next = Docker(place, "next", "#!/bin/sh\n");
        place.With("PATH", string.Join(Path.PathSeparator, new[] { "wrapper", "ours", "bin", "next" }.Select(place.PathOf)));
        await place.RunAsync("ps");
        await place.With("VIADUCT_DOCKER_HOPS", "1").RunAsync("ps");
        Assert.Equal([$"{next} 1", $"{next} 2"], called);
    }

    [Fact]
    public async Task A_docker_that_calls_viaduct_again_and_again_is_left()
    {
        using var place = new Place { InvokedAs = "docker" }.With("VIADUCT_DOCKER_HOPS", "8");
        var wrapper = Docker(place, "wrapper", "#!/bin/sh\n");
        var outcome = await place.With("PATH", place.PathOf("wrapper")).RunAsync("ps");
        Assert.Equal((127, ""), (outcome.Exit, outcome.Output));
        Assert.StartsWith($"viaduct: VIA9041: {wrapper} calls viaduct again, which was to call it\n", outcome.Error);
    }

    [Fact]
    public async Task What_goes_wrong_on_the_way_to_the_next_docker_is_said()
    {
        using var place = new Place { InvokedAs = "docker", Become = (_, _, _) => throw new UnauthorizedAccessException("Access to the path '/x' is denied.") };
        Docker(place, "next", "#!/bin/sh\n");
        var outcome = await place.With("PATH", place.PathOf("next")).RunAsync("ps");
        Assert.Equal(1, outcome.Exit);
        Assert.StartsWith("viaduct: VIA9003: /x: ", outcome.Error);
    }

    [Theory]
    [InlineData("/usr/local/bin/docker", false, "docker")]
    [InlineData("docker-viaduct", false, "docker-viaduct")]
    [InlineData("/opt/docker.old", false, "docker.old")]
    [InlineData("docker.viaduct", false, "docker.viaduct")]
    [InlineData("Docker", false, "Docker")]
    [InlineData("Docker.EXE", true, "docker")]
    [InlineData("docker-viaduct.exe", true, "docker-viaduct")]
    [InlineData("docker.old.exe", true, "docker.old")]
    public void A_name_is_a_name_and_not_what_stands_before_its_first_dot(string word, bool isWindows, string name) =>
        Assert.Equal(name, OwnName.Of(word, isWindows));

    private static string Docker(Place place, string folder, string? content)
    {
        var file = place.PathOf(Path.Combine(folder, OperatingSystem.IsWindows() ? "docker.exe" : "docker"));
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        if (content is null) return file;
        File.WriteAllText(file, content);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, (UnixFileMode)0b111_101_101);
        return file;
    }
}
