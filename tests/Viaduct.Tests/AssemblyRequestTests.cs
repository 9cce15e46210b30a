using System.Collections.Concurrent;
using Viaduct.Configuration;
using Viaduct.Lists;
using Viaduct.Oci;
using Viaduct.Registry;
using Viaduct.Server;

namespace Viaduct.Tests;

/// <summary>Requests are what distance multiplies, so their number is held to the last one. Seven platforms, one layer each.</summary>
public sealed class AssemblyRequestTests : IAsyncLifetime
{
    private static readonly string[] Words = ["386", "amd64", "arm", "arm64", "ppc64le", "riscv64", "s390x"];

    private readonly TemporaryFolder _folder = new();
    private EmbeddedRegistry _registry = null!;

    public async ValueTask InitializeAsync()
    {
        _folder
            .With("set/viaduct.yaml", "images: images\n")
            .With("set/images/pause/image.yaml", "tags: [\"1\"]\nplatforms: [linux/amd64, linux/arm64, linux/arm/v7, linux/ppc64le, linux/s390x, linux/riscv64, linux/386]\n")
            .With("set/images/pause/Dockerfile", "FROM scratch\nARG ARCH\nCOPY pause-${ARCH} /pause\n");
        foreach (var word in Words) _folder.With($"set/images/pause/pause-{word}", $"a program for {word}");
        _registry = await EmbeddedRegistry.StartAsync(new EmbeddedRegistryOptions { Store = Path.Combine(_folder.Path, "store"), Port = 0 }, default);
    }

    public async ValueTask DisposeAsync()
    {
        await _registry.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_list_of_images_from_elsewhere_needs_a_manifest_a_config_two_mounts_and_a_put_a_child_and_one_put()
    {
        await JobAsync("source");
        var asked = await AssembleAsync("target/pause:1", Elsewhere, mayMoveTags: true);
        Assert.Equal("14 POST uploads, 8 PUT manifests, 7 GET blobs, 7 GET manifests", asked.ToString());
        Assert.Equal(36, asked.Count);
    }

    [Fact]
    public async Task A_further_tag_is_one_put_more()
    {
        await JobAsync("source");
        Assert.Equal(38, (await AssembleAsync("target/pause:1", Elsewhere, mayMoveTags: true, "2", "latest")).Count);
    }

    [Fact]
    public async Task A_tag_that_may_not_be_moved_is_looked_at_once()
    {
        await JobAsync("source");
        var asked = await AssembleAsync("target/pause:1", Elsewhere, mayMoveTags: false);
        Assert.Equal("14 POST uploads, 8 PUT manifests, 7 GET blobs, 7 GET manifests, 1 HEAD manifests", asked.ToString());
    }

    [Fact]
    public async Task A_list_of_images_of_its_own_repository_needs_a_manifest_and_a_config_a_child_and_one_put()
    {
        // The job has brought the children into the list's repository already, where they have no tags.
        await JobAsync("source");
        using var client = Client(null);
        var list = await client.Repository(Reference.Parse($"{_registry.Address}/source/pause:1")).FindManifestAsync("1", default);
        var children = list!.AsIndex().Manifests.Select(m => $"source/pause@{m.Digest}").ToList();

        var asked = await AssembleAsync("source/pause:2", _ => children, mayMoveTags: true);
        Assert.Equal("7 GET blobs, 7 GET manifests, 1 PUT manifests", asked.ToString());
    }

    /// <summary>
    /// 8 HEAD: each of the 8 tags is looked at once. Children: config and layer are POST and PUT each, 28 in all. The list: both blobs of each
    /// child are mounted, 14 POST, the 7 manifests and the list are put by digest. Then 8 tags are put, when all else is there; the children's
    /// manifests reach their own repositories with their tags. Nothing is read back: no GET.
    /// </summary>
    [Fact]
    public async Task A_cold_job_reads_nothing_and_asks_66_times()
    {
        var asked = await JobAsync("cold");
        Assert.Equal("28 POST uploads, 16 PUT manifests, 14 PUT uploads, 8 HEAD manifests", asked.ToString());
        Assert.Equal(66, asked.Count);
    }

    [Fact]
    public async Task An_unchanged_job_looks_at_each_tag_once_and_does_nothing_else()
    {
        await JobAsync("unchanged");
        Assert.Equal("8 HEAD manifests", (await JobAsync("unchanged")).ToString());
    }

    [Fact]
    public async Task On_a_machine_that_remembers_nothing_an_unchanged_job_reads_each_manifest_once()
    {
        await JobAsync("unchanged");
        Directory.Delete(Path.Combine(_folder.Path, "set", ".viaduct"), recursive: true);
        Assert.Equal("8 HEAD manifests, 7 GET manifests", (await JobAsync("unchanged")).ToString());
    }

    /// <summary>The list of the base is read once, whatever the number of platforms; that its images leave no ONBUILD is remembered.</summary>
    [Fact]
    public async Task A_foreign_base_costs_an_unchanged_job_one_request_more()
    {
        await JobAsync("base");
        _folder.With("set/images/pause/Dockerfile", $"FROM {_registry.Address}/base/pause:1\nLABEL a=b\n");
        await JobAsync("derived");
        Assert.Equal("8 HEAD manifests, 1 GET manifests", (await JobAsync("derived")).ToString());
    }

    [Fact]
    public async Task What_a_foreign_base_leaves_for_its_children_is_executed_and_counts()
    {
        _folder.With("set/images/pause/Dockerfile", "FROM scratch\nONBUILD COPY left /left\n");
        await JobAsync("base");
        _folder.With("set/images/pause/Dockerfile", $"FROM {_registry.Address}/base/pause:1\n").With("set/images/pause/left", "1");
        await JobAsync("derived");
        Assert.DoesNotContain("PUT", (await JobAsync("derived")).ToString(), StringComparison.Ordinal);
        _folder.With("set/images/pause/left", "2");
        Assert.Contains("tags that exist would be moved", (await Assert.ThrowsAsync<ViaductException>(() => JobAsync("derived"))).Message, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Elsewhere(string word) => [$"source/pause-{word}:1"];

    private async Task<Asked> JobAsync(string prefix)
    {
        var asked = new Asked();
        using var client = Client(asked);
        var root = Path.Combine(_folder.Path, "set");
        await using var job = new Job(
            new JobOptions { Set = ImageSetReader.Read(root, new SetOverrides()), Prefix = $"{_registry.Address}/{prefix}", StateFolder = Path.Combine(root, ".viaduct") },
            client);
        await job.BuildAsync(default);
        await job.PushAsync(default);
        await job.AssembleAsync(default);
        return asked;
    }

    private async Task<Asked> AssembleAsync(string target, Func<string, IEnumerable<string>> children, bool mayMoveTags, params string[] further)
    {
        var asked = new Asked();
        using var client = Client(asked);
        var first = Reference.Parse($"{_registry.Address}/{target}");
        await new ListAssembler(client).AssembleAsync(
            new AssembleRequest
            {
                Targets = [first, .. further.Select(first.WithTag)],
                Children = [.. Words.SelectMany(children).Distinct().Select(name => new ChildRequest(Reference.Parse($"{_registry.Address}/{name}")))],
                MayMoveTags = mayMoveTags,
            },
            default);
        return asked;
    }

    private static RegistryClient Client(Asked? asked) => new(new RegistryOptions { Credentials = new NoCredentials(), Trace = asked is null ? null : asked.Add });

    /// <summary>Every request that went over the wire, as it is counted.</summary>
    private sealed class Asked
    {
        private readonly ConcurrentQueue<RequestTrace> _traces = new();

        public int Count => _traces.Count;

        public void Add(RequestTrace trace) => _traces.Enqueue(trace);

        public override string ToString() => string.Join(", ", _traces
            .GroupBy(t => $"{t.Method} {Kind(t.Path)}")
            .OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => $"{g.Count()} {g.Key}"));

        private static string Kind(string path) => path.Contains("/manifests/") ? "manifests" : path.Contains("/blobs/uploads/") ? "uploads" : path.Contains("/blobs/") ? "blobs" : path;
    }
}
