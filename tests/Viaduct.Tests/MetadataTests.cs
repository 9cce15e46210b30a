using System.Text.Json;
using Viaduct.Metadata;
using Viaduct.Reports;

namespace Viaduct.Tests;

public sealed class MetadataTests : IAsyncLifetime
{
    private TestSet _set = null!;

    public async ValueTask InitializeAsync()
    {
        _set = await TestSet.StartAsync();
        _set.Folder.With("images/one/Dockerfile", "FROM scratch\nLABEL a=b\n").With("images/one/image.yaml", "tags: ['1', '2']\n");
    }

    public ValueTask DisposeAsync() => _set.DisposeAsync();

    [Fact]
    public async Task Metadata_json_has_the_members_of_its_schema_and_no_others()
    {
        var record = await RunAsync();
        var schema = Read(File.ReadAllBytes(Path.Combine(Repository.Root, "docs", "schema", "metadata.schema.json")));
        var json = Read(MetadataJson.Write(record));

        var definitions = schema.GetProperty("$defs");
        Conforms(schema, json);
        var image = Assert.Single(json.GetProperty("images").EnumerateArray().ToList());
        Conforms(definitions.GetProperty("image"), image);
        Conforms(definitions.GetProperty("list"), image.GetProperty("list"));
        Assert.All(image.GetProperty("platforms").EnumerateArray(), p => Conforms(definitions.GetProperty("platform"), p));
    }

    [Fact]
    public async Task The_record_says_what_was_done_and_the_next_one_that_nothing_was()
    {
        var first = Assert.Single((await RunAsync()).Images);
        var second = Assert.Single((await RunAsync()).Images);

        Assert.All(first.Platforms, p => Assert.Equal(("built", "not in the registry"), (p.Action, p.Reason)));
        Assert.Equal("pushed", first.List!.Action);
        Assert.Equal(2, first.List.Names.Count);
        Assert.All(second.Platforms, p => Assert.Equal("unchanged", p.Action));
        Assert.Equal((first.List.Digest, "unchanged"), (second.List!.Digest, second.List.Action));
        Assert.Equal(first.Platforms.Select(p => p.Key), second.Platforms.Select(p => p.Key));
    }

    [Fact]
    public async Task The_report_names_every_platform_digest_and_verdict()
    {
        var record = await RunAsync();
        var (text, markdown) = (JobReport.Text(record), JobReport.Markdown(record));

        foreach (var platform in record.Images[0].Platforms)
        {
            Assert.Contains(platform.Digest, text);
            Assert.Contains($"| one | {platform.Platform} | {platform.Digest} | {platform.Action} | {platform.Verdict} |", markdown);
        }
    }

    private async Task<JobRecord> RunAsync()
    {
        await using var job = _set.Job();
        await job.BuildAsync(default);
        await job.PushAsync(default);
        await job.AssembleAsync(default);
        return await job.RecordAsync(await job.SimulateAsync(default), default);
    }

    private static JsonElement Read(byte[] json) => JsonDocument.Parse(json).RootElement;

    /// <summary>Names, and what must not be missing; the values' kinds are those of the records.</summary>
    private static void Conforms(JsonElement schema, JsonElement value)
    {
        var names = value.EnumerateObject().Select(m => m.Name).ToHashSet();
        Assert.Empty(names.Except(schema.GetProperty("properties").EnumerateObject().Select(p => p.Name)));
        Assert.Empty(schema.GetProperty("required").EnumerateArray().Select(r => r.GetString()!).Except(names));
    }
}
