using System.Text.Json;

namespace Viaduct.Cli.Tests;

/// <summary>One set over several machines: each builds a part and pushes it by digest, and one joins what they wrote down.</summary>
public sealed class LegTests : IAsyncLifetime
{
    private readonly Place _host = new();
    private readonly List<Place> _machines = [];
    private Served _registry = null!;

    public async ValueTask InitializeAsync() => _registry = await _host.ServeAsync();

    public async ValueTask DisposeAsync()
    {
        await _registry.DisposeAsync();
        foreach (var machine in _machines.Append(_host)) machine.Dispose();
    }

    [Fact]
    public async Task Two_legs_make_the_list_that_one_machine_makes_and_no_tag_is_there_before()
    {
        var (amd64, arm64) = (await BuildAsync("linux/amd64"), await BuildAsync("linux/arm64"));
        Assert.Equal("", await TagsAsync("hello-amd64") + await TagsAsync("hello"));

        var joining = Machine();
        var made = await joining.RunAsync("assemble", "--registry", $"{_registry.Address}/team", "--metadata", amd64, arm64, "--record", "all.json", "--simulate");
        Assert.Equal("", made.Error);
        var alone = Machine();
        Assert.Equal(0, (await alone.RunAsync("push", "--registry", $"{_registry.Address}/alone", "--metadata", "all.json")).Exit);
        Assert.Equal(ListOf(alone), ListOf(joining));
        Assert.Equal("latest\n", await TagsAsync("hello-arm64"));

        using var record = JsonDocument.Parse(File.ReadAllBytes(joining.PathOf("all.json")));
        Schemas.Conforms("metadata.schema.json", record.RootElement);
        Assert.All(record.RootElement.GetProperty("images")[0].GetProperty("platforms").EnumerateArray(), p => Assert.True(p.TryGetProperty("verdict", out _)));

        var again = await joining.RunAsync("assemble", "--registry", $"{_registry.Address}/team", "--metadata", amd64, arm64);
        Assert.Equal((0, ""), (again.Exit, again.Error));
    }

    // what is wrong with the leg of arm64: what is said of it
    [Theory]
    [InlineData("missing", "hello linux/arm64: amd64.json does not have it")]
    [InlineData("stale", "hello linux/arm64: arm64.json has it from other inputs, such as another commit or other arguments")]
    [InlineData("elsewhere", "hello linux/arm64: arm64.json has pushed it to ")]
    public async Task A_set_that_is_not_whole_is_refused_before_anything_is_touched(string how, string what)
    {
        var records = new List<string> { await BuildAsync("linux/amd64") };
        if (how == "stale") records.Add(await BuildAsync("linux/arm64", m => m.File("images/hello/hello.txt", "of yesterday\n")));
        if (how == "elsewhere") records.Add(await BuildAsync("linux/arm64", prefix: "other"));
        var joining = Machine();
        // Names alone, as a pipeline has them.
        foreach (var record in records) File.Copy(record, joining.PathOf(Path.GetFileName(record)));
        var refused = await joining.RunAsync(["assemble", "--registry", $"{_registry.Address}/team", "--metadata", .. records.Select(r => Path.GetFileName(r)!)]);
        Assert.Equal(1, refused.Exit);
        Assert.StartsWith("error VIA5041: 1 image of the set is not there: " + what, refused.Error);
        Assert.Equal("", await TagsAsync("hello") + await TagsAsync("hello-amd64"));
    }

    [Fact]
    public async Task Of_a_leg_that_ran_twice_the_last_record_counts()
    {
        var stale = await BuildAsync("linux/arm64", m => m.File("images/hello/hello.txt", "of yesterday\n"));
        var (amd64, arm64) = (await BuildAsync("linux/amd64"), await BuildAsync("linux/arm64"));
        var outcome = await Machine().RunAsync("assemble", "--registry", $"{_registry.Address}/team", "--metadata", stale, amd64, arm64, arm64);
        Assert.Equal((0, ""), (outcome.Exit, outcome.Error));
    }

    [Fact]
    public async Task What_did_not_change_is_taken_from_what_is_published()
    {
        Assert.Equal(0, (await Machine().RunAsync("push", "--registry", $"{_registry.Address}/team")).Exit);
        // Only this platform's file changed.
        Action<Place> change = m => m.File("images/hello/arm64.txt", "new\n");
        var record = await BuildAsync("linux/arm64", change);
        var outcome = await Machine(change).RunAsync("assemble", "--registry", $"{_registry.Address}/team", "--metadata", record, "--move-tag");
        Assert.Equal((0, ""), (outcome.Exit, outcome.Error));
        var inspected = await _host.RunAsync("inspect", $"{_registry.Address}/team/hello:latest");
        Assert.Contains("linux/amd64", inspected.Output);
        Assert.Contains("linux/arm64", inspected.Output);
    }

    [Fact]
    public async Task A_folder_of_records_is_all_of_them()
    {
        var joining = Machine();
        Directory.CreateDirectory(joining.PathOf("legs"));
        foreach (var platform in (string[])["linux/amd64", "linux/arm64"])
        {
            var record = await BuildAsync(platform);
            File.Copy(record, joining.PathOf(Path.Combine("legs", Path.GetFileName(record))));
        }
        Assert.Equal(0, (await joining.RunAsync("assemble", "--registry", $"{_registry.Address}/team", "--metadata", "legs")).Exit);
    }

    [Theory]
    [InlineData("x.json", "", "VIA5040")]
    [InlineData("x.json", "{}", "VIA5040")]
    [InlineData("x.json", "[[[[[[[[[[[[[[[[[[[[", "VIA5040")]
    [InlineData("x.json", """{"version":2}""", "VIA5040")]
    [InlineData("x.json", """{"version":1,"registry":"r","images":[{"name":null}]}""", "VIA5040")]
    [InlineData("x.json", """{"version":1,"registry":"r","images":[],"bases":[{"name":"b","digest":"no"}]}""", "VIA5040")]
    [InlineData("y.json", "", "VIA5040")]
    [InlineData("empty", "", "VIA9001")]
    public async Task What_is_no_record_is_refused(string given, string text, string code)
    {
        var place = Machine().File("x.json", text);
        Directory.CreateDirectory(place.PathOf("empty"));
        var outcome = await place.RunAsync("assemble", "--registry", $"{_registry.Address}/team", "--metadata", given);
        Assert.Equal(2, outcome.Exit);
        Assert.StartsWith($"error {code}: ", outcome.Error);
    }

    [Fact]
    public async Task Two_legs_on_two_versions_of_a_base_do_not_join()
    {
        string Record(string file, char digit) => Machine().File(file, $$"""{"version":1,"registry":"r","images":[],"bases":[{"name":"base:1","digest":"sha256:{{new string(digit, 64)}}"}]}""").PathOf(file);
        var outcome = await Machine().RunAsync("assemble", "--registry", $"{_registry.Address}/team", "--metadata", Record("a.json", 'a'), Record("b.json", 'b'));
        Assert.Equal(1, outcome.Exit);
        Assert.StartsWith("error VIA5042: base:1: ", outcome.Error);
    }

    /// <summary>A checkout on a machine of its own.</summary>
    private Place Machine(Action<Place>? change = null)
    {
        var place = new Place().Image("hello", dockerfile: "FROM scratch\nARG TARGETARCH\nCOPY hello.txt /\nCOPY ${TARGETARCH}.txt /\n").File("images/hello/amd64.txt", "a\n").File("images/hello/arm64.txt", "b\n");
        change?.Invoke(place);
        _machines.Add(place);
        return place;
    }

    private async Task<string> BuildAsync(string platform, Action<Place>? change = null, string prefix = "team")
    {
        var (machine, file) = (Machine(change), platform.Split('/')[1] + ".json");
        var outcome = await machine.RunAsync("build", "--platform", platform, "--push-by-digest", "--registry", $"{_registry.Address}/{prefix}", "--metadata", file);
        Assert.Equal((0, ""), (outcome.Exit, outcome.Error));
        using var record = JsonDocument.Parse(File.ReadAllBytes(machine.PathOf(file)));
        Schemas.Conforms("metadata.schema.json", record.RootElement);
        return machine.PathOf(file);
    }

    private static string ListOf(Place place)
    {
        using var record = JsonDocument.Parse(File.ReadAllBytes(place.PathOf("all.json")));
        return record.RootElement.GetProperty("images")[0].GetProperty("list").GetProperty("digest").GetString()!;
    }

    private async Task<string> TagsAsync(string name) => (await _host.RunAsync("tags", $"{_registry.Address}/team/{name}")) is { Exit: 0 } found ? found.Output : "";
}
