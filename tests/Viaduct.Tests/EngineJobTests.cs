using Viaduct.Execution;
using Viaduct.Oci;
using Viaduct.Verification;

namespace Viaduct.Tests;

/// <summary>Jobs whose images an engine builds: it takes long, it goes away in the middle, it leaves provenance.</summary>
public sealed class EngineJobTests : IAsyncLifetime
{
    private readonly ScriptedBuilder _engine = new();
    private TestSet _set = null!;

    public async ValueTask InitializeAsync()
    {
        _set = await TestSet.StartAsync(_engine);
        _set.Folder.With("images/one/Dockerfile", "FROM scratch\nARG ARCH\nCOPY ${ARCH} /file\n")
            .With("images/one/amd64", "a program for amd64").With("images/one/arm64", "a program for arm64");
    }

    public ValueTask DisposeAsync() => _set.DisposeAsync();

    [Fact]
    public async Task An_engine_that_dies_leaves_no_tag_and_the_next_run_builds_only_what_is_missing()
    {
        _engine.Fails = r => r.Platform.Architecture == "arm64";
        var error = await Assert.ThrowsAsync<ViaductException>(_set.RunAsync);
        Assert.Equal("the engine went away while it built linux/arm64", error.Message);
        Assert.Null(await _set.FindAsync("one:latest"));
        Assert.Null(await _set.FindAsync("one-amd64:latest"));
        Assert.Equal(["one linux/amd64", "one linux/arm64"], _engine.Builds.Order());

        _engine.Builds.Clear();
        _engine.Fails = _ => false;
        MustBeProven(await _set.RunAsync());
        Assert.Equal(["one linux/arm64"], _engine.Builds);
    }

    [Fact]
    public async Task What_needs_the_failed_one_is_not_begun_and_all_else_is_finished()
    {
        _set.Folder.With("images/two/Dockerfile", "FROM one\nLABEL a=b\n").With("images/three/Dockerfile", "FROM scratch\nLABEL a=b\n");
        _engine.Fails = r => r is { Name: "one", Platform.Architecture: "amd64" };
        var error = await Assert.ThrowsAsync<ViaductException>(_set.RunAsync);
        Assert.Equal("VIA2161", error.Code);

        _engine.Builds.Clear();
        _engine.Fails = _ => false;
        MustBeProven(await _set.RunAsync());
        Assert.Equal(["one linux/amd64", "two linux/amd64"], _engine.Builds.Order());
    }

    [Fact]
    public async Task A_registry_that_says_403_of_what_is_absent_hinders_no_run_that_goes_on_with_another()
    {
        await using var registry = await Manifests.PushRegistry.StartAsync();
        registry.DenyMissingTags();
        await using (var job = _set.Job(prefix: registry.Host))
        {
            await job.BuildAsync(default);
            await job.PushAsync(default);
        }
        _engine.Builds.Clear();
        _set.Folder.With("images/one/image.yaml", "provenance: max\n");
        await using var next = _set.Job(prefix: registry.Host);
        await next.BuildAsync(default);
        Assert.Equal(2, _engine.Builds.Count);
    }

    [Fact]
    public async Task Two_engines_that_die_are_both_told_of()
    {
        _engine.Fails = _ => true;
        var heard = new Heard();
        await using var job = _set.Job(progress: heard);
        var error = await Assert.ThrowsAsync<ViaductException>(() => job.BuildAsync(default));
        Assert.Contains("1 more failed: one linux/", error.Message, StringComparison.Ordinal);
        Assert.Contains("amd64", error.Message, StringComparison.Ordinal);
        Assert.Contains("arm64", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, heard.Lines.Count(l => l.StartsWith("failed ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_memory_that_is_damaged_is_none()
    {
        _set.Folder.With("images/one/image.yaml", "provenance: max\n");
        MustBeProven(await _set.RunAsync());
        var file = Path.Combine(_set.Folder.Path, ".viaduct", "keys.json");
        var text = await File.ReadAllTextAsync(file);
        var attestations = text.IndexOf("\"attestations\"", StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, text[..attestations] + text[attestations..].Replace("\"digest\":\"sha256:", "\"digest\":\"sha256?", StringComparison.Ordinal));
        _engine.Builds.Clear();
        MustBeProven(await _set.RunAsync());
        Assert.Empty(_engine.Builds);
    }

    [Fact]
    public async Task Whoever_watches_hears_the_steps()
    {
        var heard = new Heard();
        await using (var job = _set.Job(progress: heard)) await job.BuildAsync(default);
        Assert.Contains("building one linux/arm64 [1/1] COPY", heard.Lines);
    }

    [Fact]
    public async Task Provenance_stands_in_the_list_beside_its_image_and_is_found_again_by_a_machine_that_remembers_nothing()
    {
        _set.Folder.With("images/one/image.yaml", "provenance: max\n");
        MustBeProven(await _set.RunAsync());
        var list = (await _set.FindAsync("one:latest"))!;
        var entries = list.AsIndex().Manifests;
        Assert.Equal(["linux/amd64", "linux/arm64", "unknown/unknown", "unknown/unknown"], entries.Select(e => e.Platform!.ToString()));
        foreach (var (image, attestation) in entries.Take(2).Zip(entries.Skip(2)))
        {
            Assert.True(AttestationEntry.IsOf(attestation, image.Digest));
            Assert.Equal("application/vnd.in-toto+json", (await _set.FindAsync($"one@{attestation.Digest}"))!.AsImage().Layers[0].MediaType);
        }

        Directory.Delete(Path.Combine(_set.Folder.Path, ".viaduct"), recursive: true);
        _engine.Builds.Clear();
        MustBeProven(await _set.RunAsync());
        Assert.Empty(_engine.Builds);
        Assert.Equal(list.Digest, (await _set.FindAsync("one:latest"))!.Digest);

        // One image changes; the other one's provenance stays.
        _set.Folder.With("images/one/arm64", "another program for arm64");
        MustBeProven(await _set.RunAsync());
        Assert.Equal(["one linux/arm64"], _engine.Builds);
        var changed = (await _set.FindAsync("one:latest"))!.AsIndex().Manifests;
        Assert.Equal(entries[2], changed[2]);
        Assert.True(AttestationEntry.IsOf(changed[3], changed[1].Digest));
    }

    [Fact]
    public async Task Provenance_comes_along_into_another_repository()
    {
        _set.Folder.With("images/one/image.yaml", "provenance: max\ntags: [a]\n");
        MustBeProven(await _set.RunAsync());
        _engine.Builds.Clear();
        _set.Folder.With("images/one/image.yaml", "provenance: max\ntags: [a]\nchild: ['other/$(NAME)-$(ARCH):$(TAG)']\n");
        MustBeProven(await _set.RunAsync());
        var list = (await _set.FindAsync("one:a"))!.AsIndex();
        Assert.Equal(4, list.Manifests.Count);
    }

    [Fact]
    public async Task An_image_without_the_provenance_that_is_wanted_now_is_built_again()
    {
        MustBeProven(await _set.RunAsync());
        _engine.Builds.Clear();
        _set.Folder.With("images/one/image.yaml", "provenance: max\n");
        MustBeProven(await _set.RunAsync());
        Assert.Equal(2, _engine.Builds.Count);
        Assert.Equal(4, (await _set.FindAsync("one:latest"))!.AsIndex().Manifests.Count);
    }

    private static void MustBeProven(IReadOnlyList<ListReport> reports) => Assert.All(reports, r => Assert.Empty(r.Problems));

    private sealed class Heard : IProgress<JobEvent>
    {
        private readonly System.Collections.Concurrent.ConcurrentQueue<string> _lines = new();

        public IEnumerable<string> Lines => _lines;

        public void Report(JobEvent value) => _lines.Enqueue($"{value.Verb} {value.Subject} {value.Detail}");
    }
}
