using Viaduct.Benchmarks.Measuring;
using Viaduct.Benchmarks.Peers;

namespace Viaduct.Benchmarks.Cases;

/// <summary>Large layers go from a layout to a registry, back, and from a registry to another one.</summary>
internal sealed class TransferCase(Toolbox tools, TransferBed bed)
{
    private const string Viaduct = "viaduct copy";
    private const string Skopeo = "skopeo copy --all";
    private const string Oras = "oras cp -r";
    private const string NotFound = "not found";

    public static IReadOnlyList<Contest> Make(Toolbox tools, TransferBed bed) => new TransferCase(tools, bed).Contests();

    private IReadOnlyList<Contest> Contests()
    {
        var what = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{TransferImages.Architectures.Count} images of {TransferImages.LayersEach} layers, {bed.Bytes >> 20} MiB");
        return
        [
            Moving($"Push {what}",
                "From an OCI layout into a registry that is emptied before each run, all in memory.", "crane push", Push, EmptyAsync, scene => bed.VerifyAsync(Target(scene))),
            new Contest("The same again, and all of it is there",
                "Each has pushed it before. One request a manifest: the list's tag and the four images.", Viaduct,
                [.. Contestants("crane push", Push, _ => Task.CompletedTask).Select(c => c with { Once = c.Missing is null ? RunOnceAsync(c) : null })], [])
            {
                Requests = new Dictionary<string, int> { [Viaduct] = 1 + TransferImages.Architectures.Count },
            },
            Moving($"Pull {what}",
                "Into an OCI layout that is not there. Everyone hashes what comes; viaduct and skopeo flush each file to the disk (memory here, where that is free), crane and oras do not.",
                "crane pull --format=oci", Pull, ForgetAsync, _ => bed.VerifyOutputAsync(), scene => bed.FillAsync(Target(scene))),
            Moving($"Copy {what} to another registry",
                "Both registries run on this machine; the target is emptied before each run. The requests are those to the target.",
                "crane cp", Copy, EmptyAsync, scene => bed.VerifyAsync(Target(scene))),
        ];
    }

    private Contest Moving(string title, string note, string crane, Func<Scene, string, Command> command, Func<Scene, Task> prepare, Func<Scene, Task> verify, Func<Scene, Task>? once = null) =>
        new(title, note, Viaduct, [.. Contestants(crane, command, prepare).Select(c => c with { Verify = verify, Once = once })],
            [new Goal(crane, 1), new Goal(Oras, 1), new Goal(Skopeo, 1), new Goal(Skopeo, 2, OfCpu: true)])
        {
            InputBytes = bed.Bytes,
            Limits = [new Limit($"peak memory of `{Viaduct}` in MiB", 100, of => of(Viaduct).PeakBytes / (double)(1 << 20))],
        };

    private IEnumerable<Contestant> Contestants(string crane, Func<Scene, string, Command> command, Func<Scene, Task> prepare)
    {
        (string Name, Peer? Peer)[] peers = [(Viaduct, tools.Viaduct), (crane, tools.Crane), (Oras, tools.Oras), (Skopeo, tools.Skopeo)];
        foreach (var (name, peer) in peers)
            yield return peer is null ? Contestant.Absent(name, NotFound) : new Contestant(name, async scene =>
            {
                await prepare(scene).ConfigureAwait(false);
                return [command(scene, name)];
            });
    }

    private Command Push(Scene scene, string name) => name switch
    {
        Viaduct => tools.Viaduct.With("copy", $"oci:{bed.Layout}:{TransferImages.Tag}", Target(scene)),
        Skopeo => tools.Skopeo!.With("--insecure-policy", "copy", "--all", "--dest-tls-verify=false", $"oci:{bed.Layout}:{TransferImages.Tag}", $"docker://{Target(scene)}"),
        Oras => tools.Oras!.With("cp", "-r", "--from-oci-layout", "--to-plain-http", $"{bed.Layout}:{TransferImages.Tag}", Target(scene)),
        _ => tools.Crane!.With("push", bed.Layout, Target(scene)),
    };

    private Command Pull(Scene scene, string name) => name switch
    {
        Viaduct => tools.Viaduct.With("copy", Target(scene), $"oci:{bed.Output}:{TransferImages.Tag}"),
        Skopeo => tools.Skopeo!.With("--insecure-policy", "copy", "--all", "--src-tls-verify=false", $"docker://{Target(scene)}", $"oci:{bed.Output}:{TransferImages.Tag}"),
        Oras => tools.Oras!.With("cp", "-r", "--from-plain-http", "--to-oci-layout", Target(scene), $"{bed.Output}:{TransferImages.Tag}"),
        _ => tools.Crane!.With("pull", "--format=oci", Target(scene), bed.Output),
    };

    private Command Copy(Scene scene, string name) => name switch
    {
        Viaduct => tools.Viaduct.With("copy", bed.Source, Target(scene)),
        Skopeo => tools.Skopeo!.With("--insecure-policy", "copy", "--all", "--src-tls-verify=false", "--dest-tls-verify=false", $"docker://{bed.Source}", $"docker://{Target(scene)}"),
        Oras => tools.Oras!.With("cp", "-r", "--from-plain-http", "--to-plain-http", bed.Source, Target(scene)),
        _ => tools.Crane!.With("cp", bed.Source, Target(scene)),
    };

    /// <summary>A repository for all runs: skopeo remembers where it has seen a blob, and would try to mount it from there.</summary>
    private static string Target(Scene scene) => $"{scene.Address}/target/image:{TransferImages.Tag}";

    private static Task EmptyAsync(Scene scene)
    {
        scene.Registry.Empty();
        return Task.CompletedTask;
    }

    private Task ForgetAsync(Scene scene)
    {
        bed.ForgetOutput();
        return Task.CompletedTask;
    }

    private Func<Scene, Task> RunOnceAsync(Contestant contestant) => async scene =>
    {
        foreach (var command in await contestant.Prepare(scene).ConfigureAwait(false)) tools.Spawner.Run(command);
    };
}
