using Viaduct.Configuration;
using Viaduct.Oci;
using Viaduct.Planning;
using Viaduct.Simulation;

namespace Viaduct.Tests;

public sealed class JobTests : IAsyncLifetime
{
    private TestSet _set = null!;

    public async ValueTask InitializeAsync()
    {
        _set = await TestSet.StartAsync();
        _set.Folder
            .With("images/base/Dockerfile", "FROM scratch\nARG ARCH\nCOPY --chmod=0755 ${ARCH} /program\nENTRYPOINT [\"/program\"]\n")
            .WithBytes("images/base/amd64", Program("amd64"))
            .WithBytes("images/base/arm64", Program("arm64"))
            .With("images/over/Dockerfile", "FROM base\nCOPY note /etc/note\n")
            .With("images/over/note", "one")
            .With("images/apart/Dockerfile", "FROM scratch\nARG ARCH\nCOPY --from=base /program /program\nLABEL arch=${ARCH}\nENTRYPOINT [\"/program\"]\n");
    }

    public ValueTask DisposeAsync() => _set.DisposeAsync();

    [Fact]
    public async Task Every_image_gets_its_children_and_a_list_that_every_platform_can_pull()
    {
        var reports = await _set.RunAsync();

        Assert.Equal(["apart", "base", "over"], reports.Select(r => r.Image).Order());
        Assert.All(reports, r => Assert.False(r.HasFailed, string.Join("; ", r.Problems.Concat(r.Pulls.SelectMany(p => p.Findings)).Select(f => f.Text))));
        Assert.All(reports.SelectMany(r => r.Pulls), p => Assert.Equal(Verdict.Ok, p.Verdict));
        var list = (await _set.FindAsync("over:latest"))!.AsIndex();
        Assert.Equal(["linux/amd64", "linux/arm64"], list.Manifests.Select(m => m.Platform!.ToString()));
        Assert.Equal(list.Manifests.Select(m => m.Digest), [(await _set.FindAsync("over-amd64:latest"))!.Digest, (await _set.FindAsync("over-arm64:latest"))!.Digest]);
    }

    [Fact]
    public async Task A_second_run_has_nothing_to_do()
    {
        await _set.RunAsync();

        await using var job = _set.Job();
        Assert.True((await job.PlanAsync(default)).IsEmpty);
    }

    [Fact]
    public async Task A_touched_file_rebuilds_its_image_and_no_other()
    {
        await _set.RunAsync();
        _set.Folder.With("images/over/note", "two");

        await using var job = _set.Job();
        Assert.Equal(["over", "over"], (await job.PlanAsync(default)).Builds.Select(b => b.Image));
    }

    [Fact]
    public async Task A_touched_base_rebuilds_what_is_built_from_it_for_that_platform()
    {
        await _set.RunAsync();
        _set.Folder.WithBytes("images/base/arm64", [.. Program("arm64"), 1]);

        await using (var job = _set.Job())
        {
            var plan = await job.PlanAsync(default);
            Assert.Equal(["apart linux/arm64", "base linux/arm64", "over linux/arm64"], plan.Builds.Select(b => $"{b.Image} {b.Platform}").Order());
        }
        Assert.All(await _set.RunAsync(), r => Assert.False(r.HasFailed));
    }

    [Fact]
    public async Task An_unchanged_base_is_read_from_the_registry_when_only_its_child_is_built()
    {
        await _set.RunAsync();
        var before = await _set.FindAsync("over-amd64:latest");
        _set.Folder.With("images/over/note", "two");
        await _set.RunAsync();
        _set.Folder.With("images/over/note", "one");
        await _set.RunAsync();

        Assert.Equal(before!.Digest, (await _set.FindAsync("over-amd64:latest"))!.Digest);
    }

    [Fact]
    public async Task A_tag_with_other_content_is_not_moved_and_nothing_is_pushed()
    {
        await _set.RunAsync();
        var before = await _set.FindAsync("over:latest");
        _set.Folder.With("images/over/note", "two");

        await using var job = _set.Job(mayMoveTags: false);
        var error = await Assert.ThrowsAsync<ViaductException>(() => job.BuildAsync(default));

        Assert.Equal("VIA5001", error.Code);
        Assert.Equal(before!.Digest, (await _set.FindAsync("over:latest"))!.Digest);
    }

    [Fact]
    public async Task Choosing_platforms_pushes_children_and_leaves_the_list_alone()
    {
        await using var job = _set.Job(overrides: new SetOverrides { Platforms = [Platform.Parse("linux/arm64")] });
        await job.BuildAsync(default);
        await job.PushAsync(default);
        await job.AssembleAsync(default);

        Assert.NotNull(await _set.FindAsync("base-arm64:latest"));
        Assert.Null(await _set.FindAsync("base-amd64:latest"));
        Assert.Null(await _set.FindAsync("base:latest"));
    }

    [Fact]
    public async Task A_program_of_another_architecture_is_found_after_the_push()
    {
        _set.Folder.WithBytes("images/base/arm64", Program("amd64"));

        var report = (await _set.RunAsync()).Single(r => r.Image == "base");

        Assert.True(report.HasFailed);
        var pull = report.Pulls.Single(p => p.Verdict == Verdict.Failure);
        Assert.Equal("linux/arm64", pull.Node.ToString());
        Assert.Contains("/program", Assert.Single(pull.Findings).Text);
    }

    [Fact]
    public async Task Both_conventions_of_names_can_be_pushed_and_a_new_one_needs_no_build()
    {
        await _set.RunAsync();
        _set.Folder.With("images/base/image.yaml", "child: ['$(NAME)-$(ARCH):$(TAG)', '$(NAME):$(TAG)-$(OS)-$(ARCH)']\n");

        await using (var job = _set.Job(images: "base"))
            Assert.Empty((await job.PlanAsync(default)).Builds);
        await _set.RunAsync();

        Assert.Equal((await _set.FindAsync("base-arm64:latest"))!.Digest, (await _set.FindAsync("base:latest-linux-arm64"))!.Digest);
    }

    [Fact]
    public async Task A_base_in_a_registry_is_taken_for_the_platform_that_is_built()
    {
        await _set.RunAsync();
        _set.Folder.With("images/far/Dockerfile", $"FROM {_set.Address}/base:latest\nENV A=b\n");

        await _set.RunAsync();

        var layers = (await _set.FindAsync("far-arm64:latest"))!.AsImage().Layers;
        Assert.Equal((await _set.FindAsync("base-arm64:latest"))!.AsImage().Layers[0].Digest, Assert.Single(layers).Digest);
    }

    [Fact]
    public async Task A_stage_for_a_platform_that_is_left_out_is_refused_by_name()
    {
        _set.Folder.With("images/cross/Dockerfile", "FROM --platform=linux/amd64 base AS tools\nFROM scratch\nCOPY --from=tools /program /program\n");

        await using var job = _set.Job(overrides: new SetOverrides { Platforms = [Platform.Parse("linux/arm64")] });
        var error = await Assert.ThrowsAsync<ViaductException>(() => job.PlanAsync(default));

        Assert.Equal("VIA2014", error.Code);
    }

    [Fact]
    public async Task After_a_run_that_ended_before_its_tags_nothing_is_built_or_sent_again()
    {
        await using (var job = _set.Job())
        {
            await job.BuildAsync(default);
            await job.PushAsync(default);
        }

        await using var again = _set.Job();
        Assert.Empty((await again.PlanAsync(default)).Builds);
        await again.BuildAsync(default);
        await again.PushAsync(default);
        await again.AssembleAsync(default);
        Assert.All(await again.SimulateAsync(default), r => Assert.False(r.HasFailed));
    }

    [Fact]
    public async Task New_tags_of_an_unchanged_set_build_nothing()
    {
        await _set.RunAsync();

        await using var job = _set.Job(overrides: new SetOverrides { Tags = ["new"] });
        Assert.Empty((await job.PlanAsync(default)).Builds);
        await job.BuildAsync(default);
        await job.PushAsync(default);
        await job.AssembleAsync(default);
        Assert.Equal((await _set.FindAsync("over:latest"))!.Digest, (await _set.FindAsync("over:new"))!.Digest);
    }

    [Fact]
    public async Task A_base_that_is_nowhere_is_named()
    {
        _set.Folder.With("images/far/Dockerfile", $"FROM {_set.Address}/nowhere:1\n");

        await using var job = _set.Job();
        var error = await Assert.ThrowsAsync<ViaductException>(() => job.PlanAsync(default));

        Assert.Equal("VIA5010", error.Code);
        Assert.Contains("nowhere:1", error.Where);
    }

    /// <summary>A real program of the architecture.</summary>
    private static byte[] Program(string word) => File.ReadAllBytes(Path.Combine(Repository.Root, "images", "pause", "bin", $"pause-{word}"));
}
