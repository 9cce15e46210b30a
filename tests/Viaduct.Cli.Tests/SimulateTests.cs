namespace Viaduct.Cli.Tests;

public sealed class SimulateTests
{
    [Fact]
    public async Task A_missing_blob_fails_with_the_table_and_does_not_abort()
    {
        using var server = new Place();
        await using var registry = await server.ServeAsync();
        using var place = new Place().Image("hello").With("VIADUCT_REGISTRY", registry.Address);
        Assert.Equal(0, (await place.RunAsync("push")).Exit);
        var name = $"{registry.Address}/hello:latest";
        var layer = (await place.RunAsync("inspect", name, "-o", "json")).Json.GetProperty("manifests")[1].GetProperty("layers")[0].GetProperty("digest").GetString()!;
        await DeleteAsync(registry, "hello", layer);

        string[][] lines = [["simulate"], ["simulate", name], ["push", "--simulate"]];
        foreach (var line in lines)
        {
            var outcome = await place.RunAsync(line);
            Assert.Equal((6, ""), (outcome.Exit, outcome.Error));
            Assert.Matches("linux/arm64 .*failure", outcome.Output);
            Assert.Contains($"node linux/arm64 would pull", outcome.Output);
            Assert.Contains(layer, outcome.Output);
        }
    }

    [Fact]
    public async Task An_image_whose_config_is_missing_is_still_shown()
    {
        using var server = new Place();
        await using var registry = await server.ServeAsync();
        using var place = new Place().Image("hello").With("VIADUCT_REGISTRY", registry.Address);
        await place.RunAsync("push");
        var name = $"{registry.Address}/hello:latest";
        var before = (await place.RunAsync("inspect", name, "-o", "json")).Json.GetProperty("manifests");
        await DeleteAsync(registry, "hello", before[0].GetProperty("config").GetProperty("digest").GetString()!);

        var text = await place.RunAsync("inspect", name);
        Assert.Equal((0, ""), (text.Exit, text.Error));
        Assert.Matches("config  sha256:[0-9a-f]{64}  .*  missing\n", text.Output);
        var after = (await place.RunAsync("inspect", name, "-o", "json")).Json.GetProperty("manifests");
        Assert.True(after[0].GetProperty("config").GetProperty("missing").GetBoolean());
        Assert.False(after[1].GetProperty("config").TryGetProperty("missing", out _));
    }

    [Fact]
    public async Task A_name_that_is_not_there_leaves_the_others_their_reports()
    {
        using var place = new Place().Image("hello");
        await place.RunAsync("push");
        var (there, absent) = ($"{place.Registry}/hello-arm64:latest", $"{place.Registry}/hello:nowhere");

        var both = await place.RunAsync("simulate", there, absent);
        Assert.Equal((6, ""), (both.Exit, both.Error));
        Assert.Matches("hello-arm64:latest +linux/arm64 ", both.Output);
        Assert.Contains($"\nVF111 content-missing: {absent}: there is no image of this name\n", both.Output);

        var alone = await place.RunAsync("simulate", absent);
        Assert.Equal(1, alone.Exit);
        Assert.StartsWith($"error VIA9008: {absent}", alone.Error);
    }

    [Fact]
    public async Task The_json_has_the_members_of_its_schema_and_no_others()
    {
        using var place = new Place().Image("hello");
        await place.RunAsync("push");
        var json = (await place.RunAsync("simulate", $"{place.Registry}/hello:latest", $"{place.Registry}/hello:nowhere", "-o", "json")).Json;
        Schemas.Conforms("simulation.schema.json", json);
        Assert.Equal(2, json.GetProperty("lists")[0].GetProperty("nodes").GetArrayLength());
    }

    private static async Task DeleteAsync(Served registry, string repository, string digest)
    {
        using var http = new HttpClient();
        (await http.DeleteAsync(new Uri($"http://{registry.Address}/v2/{repository}/blobs/{digest}"))).EnsureSuccessStatusCode();
    }
}
