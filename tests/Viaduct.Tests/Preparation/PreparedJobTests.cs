using Viaduct.Oci;

namespace Viaduct.Tests.Preparation;

/// <summary>Whole jobs over an image that is prepared.</summary>
public sealed class PreparedJobTests : IAsyncLifetime
{
    private TestSet _set = null!;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the commands are those of a Unix shell");
        _set = await TestSet.StartAsync();
        var pause = Path.Combine(Repository.Root, "images", "pause", "bin");
        _set.Folder
            .With("images/app/Dockerfile", "FROM scratch\nARG ARCH\nCOPY out/${ARCH}/program /program\nENTRYPOINT [\"/program\"]\n")
            .With("images/app/in", "one")
            .With("images/app/image.yaml", $$"""
                prepare:
                  - run: mkdir -p out/$(ARCH); cp {{pause}}/pause-$(ARCH) out/$(ARCH)/program; cat in >> out/$(ARCH)/program; echo $(ARCH) >> ../../log
                    inputs: [in]
                    outputs: [out/$(ARCH)]
                """)
            .With("images/over/Dockerfile", "FROM app\nENV A=b\n");
    }

    public async ValueTask DisposeAsync()
    {
        if (_set is not null) await _set.DisposeAsync();
    }

    [Fact]
    public async Task A_plan_runs_nothing()
    {
        await using var job = _set.Job();

        Assert.Equal(4, (await job.PlanAsync(default)).Builds.Count());
        Assert.Equal("", Log());
        Assert.False(Directory.Exists(Path.Combine(_set.Folder.Path, "images/app/out")));
    }

    [Fact]
    public async Task What_a_plan_foresees_is_what_is_built_and_then_there_is_nothing_to_do()
    {
        await using var before = _set.Job();
        var planned = (await before.PlanAsync(default)).Builds.ToDictionary(b => b.Child.ToString(), b => b.Key.ToString());

        Assert.All(await _set.RunAsync(), r => Assert.False(r.HasFailed));

        Assert.Equal(planned["app linux/arm64"], (await _set.FindAsync("app-arm64:latest"))!.AsImage().Annotations[Annotations.InputKey]);
        Assert.Equal(["amd64", "arm64"], Log().Split('\n', StringSplitOptions.RemoveEmptyEntries).Order());
        await using var again = _set.Job();
        Assert.True((await again.PlanAsync(default)).IsEmpty);
    }

    [Fact]
    public async Task A_changed_input_builds_its_image_and_what_is_built_from_it()
    {
        await _set.RunAsync();
        _set.Folder.With("images/app/in", "two");

        await using var job = _set.Job();
        Assert.Equal(4, (await job.PlanAsync(default)).Builds.Count());
        await _set.RunAsync();
        Assert.Equal(4, Log().Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task A_clean_machine_needs_no_outputs_for_what_the_registry_has()
    {
        await _set.RunAsync();
        Directory.Delete(Path.Combine(_set.Folder.Path, "images/app/out"), recursive: true);
        Directory.Delete(Path.Combine(_set.Folder.Path, ".viaduct"), recursive: true);

        await using var job = _set.Job();
        Assert.True((await job.PlanAsync(default)).IsEmpty);
    }

    [Fact]
    public async Task A_command_that_fails_fails_the_build_of_its_image()
    {
        _set.Folder.With("images/app/image.yaml", "prepare: [{ run: 'echo no; exit 4', inputs: [], outputs: [out/$(ARCH)] }]\n");

        await using var job = _set.Job();
        var error = await Assert.ThrowsAsync<ViaductException>(() => job.BuildAsync(default));

        Assert.Equal("VIA2212", error.Code);
        Assert.Null(await _set.FindAsync("app-amd64:latest"));
    }

    private string Log() => Path.Combine(_set.Folder.Path, "log") is var file && File.Exists(file) ? File.ReadAllText(file) : "";
}
