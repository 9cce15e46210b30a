using System.Collections.Concurrent;
using System.Text;
using Viaduct.Metadata;
using Viaduct.Oci;
using Viaduct.Registry;
using Viaduct.Reports;
using Viaduct.Simulation;
using Viaduct.Verification;

namespace Viaduct.Tests;

/// <summary>What is in a registry is looked at whatever its name and kind, and what is wrong with it is told and no error.</summary>
public sealed class ListSimulatorTests : IAsyncLifetime
{
    private TestSet _set = null!;

    public async ValueTask InitializeAsync()
    {
        _set = await TestSet.StartAsync();
        _set.Folder.With("images/one/Dockerfile", "FROM scratch\nARG ARCH\nCOPY --chmod=0755 ${ARCH} /program\nENTRYPOINT [\"/program\"]\n");
        foreach (var arch in (string[])["amd64", "arm64"])
            _set.Folder.WithBytes($"images/one/{arch}", File.ReadAllBytes(Path.Combine(Repository.Root, "images", "pause", "bin", $"pause-{arch}")));
        await _set.RunAsync();
    }

    public ValueTask DisposeAsync() => _set.DisposeAsync();

    [Fact]
    public async Task A_single_image_is_pulled_on_the_platform_of_its_config()
    {
        var report = await SimulateAsync("one-arm64:latest");
        Assert.Equal(("linux/arm64", Verdict.Ok), (Assert.Single(report.Pulls).Node.ToString(), report.Pulls[0].Verdict));
        Assert.False(report.HasFailed);
    }

    [Theory]
    [InlineData("one:latest", false)]
    [InlineData("one:latest", true)]
    [InlineData("one-arm64:latest", false)]
    [InlineData("one-arm64:latest", true)]
    public async Task A_missing_blob_is_found_under_a_tag_and_under_a_digest(string name, bool byDigest)
    {
        var image = (await _set.FindAsync("one-arm64:latest"))!;
        var digest = (await _set.FindAsync(name))!.Digest;
        var repository = name.Split(':')[0];
        var layer = image.AsImage().Layers[0].Digest;
        await DeleteAsync($"{repository}/blobs/{layer}");

        var report = await SimulateAsync(byDigest ? $"{repository}@{digest}" : name);

        Assert.Equal(digest, report.Digest);
        var problem = Assert.Single(report.Problems);
        Assert.Contains($"blob {layer} of ", problem.Text);
        Assert.Equal("VF111", problem.Kind.Code);
        var pull = Assert.Single(report.Pulls, p => p.Node.Platform.Architecture == "arm64");
        Assert.Equal(Verdict.Failure, pull.Verdict);
        Assert.Contains($"{layer}: not found", Assert.Single(pull.Findings).Text);
        Assert.All(report.Pulls.Where(p => p != pull), p => Assert.Equal(Verdict.Ok, p.Verdict));
        Assert.Contains(layer.ToString(), SimulationText.Render([report]));
    }

    /// <summary>The list; of each of its two images the manifest once, config and layer looked for and read once. Another tag of it costs the tag's list and the looking.</summary>
    [Theory]
    [InlineData(1, "4 GET blobs, 3 GET manifests, 4 HEAD blobs")]
    [InlineData(2, "4 GET blobs, 4 GET manifests, 8 HEAD blobs")]
    public async Task What_the_verifier_and_the_nodes_look_at_is_fetched_once(int times, string requests)
    {
        var asked = new ConcurrentQueue<string>();
        using var client = new RegistryClient(new RegistryOptions { Credentials = new NoCredentials(), Trace = t => asked.Enqueue($"{t.Method} {(t.Path.Contains("/blobs/") ? "blobs" : "manifests")}") });
        var simulator = new ListSimulator(client, deep: false);
        for (var i = 0; i < times; i++) await simulator.SimulateAsync("one", Reference.Parse($"{_set.Address}/one:latest"), null, [], default);
        Assert.Equal(requests, string.Join(", ", asked.GroupBy(a => a).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => $"{g.Count()} {g.Key}")));
    }

    [Fact]
    public async Task Entries_that_no_node_is_tried_for_are_named()
    {
        var child = (await _set.FindAsync("one-amd64:latest"))!.Descriptor;
        string Entry(string platform) => $$"""{"mediaType":"{{child.MediaType}}","digest":"{{child.Digest}}","size":{{child.Size}}{{platform}}}""";
        var list = RawManifest.Parse(Encoding.UTF8.GetBytes($$"""{"schemaVersion":2,"mediaType":"{{MediaTypes.OciIndex}}","manifests":[{{string.Join(',',
            Entry(""), Entry(""","platform":{"os":"linux","architecture":"arm46"}"""), Entry(""","platform":{"os":"unknown","architecture":"unknown"}"""))}}]}"""), MediaTypes.OciIndex);
        var target = _set.Client.Repository(Reference.Parse($"{_set.Address}/one:odd"));
        await target.TagAsync("odd", list, default);

        var report = await SimulateAsync("one:odd");

        Assert.Empty(report.Pulls);
        Assert.Equal([$"its entry {child.Digest} is for no platform: no node was tried for it", $"its entry {child.Digest} is for linux/arm46, which is no platform of Go: no node was tried for it"], report.Untried);
        Assert.Matches("one:odd +- +unknown ", SimulationText.Render([report]));
    }

    [Fact]
    public async Task A_name_that_is_not_there_is_a_report_like_any_other()
    {
        var report = await SimulateAsync("nothing:1");
        Assert.True(report is { IsMissing: true, HasFailed: true, Digest: null });
        Assert.Equal(("VF111", $"{_set.Address}/nothing:1: there is no image of this name"), (Assert.Single(report.Findings).Kind.Code, report.Findings[0].Text));
        Assert.Matches("nothing:1 +- +failure ", SimulationText.Render([report]));
    }

    [Fact]
    public async Task An_artifact_is_a_finding_of_its_own_kind()
    {
        var repository = _set.Client.Repository(Reference.Parse($"{_set.Address}/one:art"));
        var config = new Blob(new Descriptor("application/vnd.example+json", Digest.Sha256("{}"u8), 2), _ => ValueTask.FromResult<Stream>(new MemoryStream("{}"u8.ToArray())));
        await repository.PushBlobAsync(config, default);
        await repository.TagAsync("art", new ImageManifest(config.Descriptor, []).ToManifest(), default);
        var report = await SimulateAsync("one:art");
        Assert.Contains("its config is 'application/vnd.example+json'", Assert.Single(report.Problems).Text);
        Assert.Equal("VF112", Assert.Single(report.Findings).Kind.Code);
        Assert.Matches("\nVF112 not-an-image: .*/one:art: it is neither an image nor a list of images: .*\nVF112: Name the image; .*\n$", SimulationText.Render([report]));
    }

    [Fact]
    public async Task What_a_node_says_already_is_not_said_again()
    {
        var child = (await _set.FindAsync("one-arm64:latest"))!.Descriptor;
        var list = RawManifest.Parse(Encoding.UTF8.GetBytes($$"""{"schemaVersion":2,"mediaType":"{{MediaTypes.OciIndex}}","manifests":[{"mediaType":"{{child.MediaType}}","digest":"{{child.Digest}}","size":7,"platform":{"os":"linux","architecture":"arm64"} }]}"""), MediaTypes.OciIndex);
        await _set.Client.Repository(Reference.Parse($"{_set.Address}/one:size")).TagAsync("size", list, default);

        var report = await SimulateAsync("one:size");

        Assert.Equal("VF111", Assert.Single(Assert.Single(report.Pulls).Findings).Kind.Code);
        Assert.Equal("VF111", Assert.Single(report.Problems).Kind.Code);
        Assert.Empty(report.Findings);

        // On another node nobody says it.
        var other = await new ListSimulator(_set.Client, deep: false).SimulateAsync("one", Reference.Parse($"{_set.Address}/one:size"), null, [Node.Of(Platform.Parse("linux/s390x"))], default);
        Assert.Contains("the list says 7", Assert.Single(other.Findings).Text);
    }

    [Fact]
    public async Task A_tag_that_points_elsewhere_than_was_pushed_is_a_problem()
    {
        var name = Reference.Parse($"{_set.Address}/one:latest");
        var pushed = Digest.Sha256("other"u8);
        var report = await new ListSimulator(_set.Client, deep: false).SimulateAsync("one", name, pushed, [], default);
        Assert.Equal($"{name} points at {report.Digest}, and {pushed} was pushed", Assert.Single(report.Problems).Text);
        Assert.Equal(report.Problems, report.Findings);
    }

    [Theory]
    [InlineData("ok", "ok", "", "ok")]
    [InlineData("ok", "failure", "", "failure")]
    [InlineData("warning", "unknown", "", "unknown")]
    [InlineData("warning", "ok", "", "warning")]
    [InlineData("ok", "ok", "a blob is missing", "failure")]
    [InlineData(null, null, "", "-")]
    public void A_list_is_reported_as_bad_as_the_worst_of_it(string? one, string? other, string problem, string verdict)
    {
        PlatformRecord Child(string platform, string? found) => new(platform, "key", "sha256:c", "type", 1, [], "built", "reason", found, []);
        var list = new ListRecord("sha256:l", "type", 1, ["registry.example/one:1"], "pushed", "reason");
        var record = new JobRecord("registry.example", [new ImageRecord("one", [Child("linux/amd64", one), Child("linux/arm64", other)], list, null, problem.Length == 0 ? [] : [problem])]);
        Assert.Matches($"list +sha256:l +pushed +{verdict}\n", JobReport.Text(record));
    }

    private Task<ListReport> SimulateAsync(string name)
    {
        var reference = Reference.Parse($"{_set.Address}/{name}");
        return new ListSimulator(_set.Client, deep: false).SimulateAsync(reference.Repository, reference, null, [], default);
    }

    private async Task DeleteAsync(string path)
    {
        using var http = new HttpClient();
        (await http.DeleteAsync(new Uri($"http://{_set.Address}/v2/{path}"))).EnsureSuccessStatusCode();
    }
}
