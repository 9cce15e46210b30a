namespace Viaduct.Cli.Tests;

public sealed class AssembleTests
{
    [Fact]
    public async Task A_list_of_references_is_what_the_command_line_says_whatever_the_environment_is()
    {
        using var place = new Place().Image("hello");
        await place.RunAsync("push");
        place.With("VIADUCT_TAG", "9").With("VIADUCT_PLATFORM", "linux/s390x").With("VIADUCT_REGISTRY", "elsewhere.invalid");
        var outcome = await place.RunAsync("assemble", $"{place.Registry}/both:1", $"{place.Registry}/hello-amd64:latest");
        Assert.Equal((0, ""), (outcome.Exit, outcome.Error));
        Assert.Matches($"^{place.Registry}/both:1@sha256:[0-9a-f]{{64}}\n$", outcome.Output);
    }

    [Theory]
    [InlineData("r.example/both:1 r.example/a:1 --registry r.example", "--registry is for the lists of the set")]
    [InlineData("--trust-declared", "--trust-declared is for children that are named")]
    [InlineData("--drop-attestations", "--drop-attestations is for children that are named")]
    public async Task Options_of_the_other_form_are_refused(string line, string what)
    {
        using var place = new Place().Image("hello");
        var outcome = await place.RunAsync(["assemble", .. line.Split(' ')]);
        Assert.Equal(2, outcome.Exit);
        Assert.StartsWith($"error VIA9001: {what}", outcome.Error);
    }

    [Fact]
    public async Task No_whole_list_is_a_usage_error_that_says_what_was_left_out()
    {
        using var place = new Place().Image("hello");
        var option = await place.RunAsync("assemble", "--platform", "linux/amd64");
        Assert.Equal(2, option.Exit);
        Assert.Equal(
            "skipped the list of hello: --platform leaves out linux/arm64\n" +
            "error VIA9001: there is no list to make: --platform leaves out platforms of every image\n" +
            "  Make the lists without --platform: each has all platforms of its image.\n", option.Error);
        Assert.False(Directory.Exists(place.PathOf(".viaduct")));

        var variable = await place.With("VIADUCT_PLATFORM", "linux/arm64").RunAsync("assemble");
        Assert.Equal(2, variable.Exit);
        Assert.StartsWith("skipped the list of hello: VIADUCT_PLATFORM leaves out linux/amd64\n", variable.Error);
    }

    [Fact]
    public async Task A_list_that_is_not_made_is_told_beside_those_that_are()
    {
        using var place = new Place().Image("hello").Image("small", "platforms: [linux/amd64]");
        await place.RunAsync("push", "--platform", "linux/amd64");
        var outcome = await place.RunAsync("assemble", "--platform", "linux/amd64");
        Assert.Equal((0, "skipped the list of hello: --platform leaves out linux/arm64\n"), (outcome.Exit, outcome.Error));
        Assert.Matches($"^{place.Registry}/small:latest@sha256:[0-9a-f]{{64}}\n$", outcome.Output);
    }
}
