using Viaduct.Benchmarks.Measuring;
using Viaduct.Benchmarks.Peers;
using Viaduct.Oci;

namespace Viaduct.Benchmarks.Cases;

/// <summary>The list that <c>docker manifest create</c> and <c>push</c> make of eight images, in a registry that asks for tokens and is 20 ms away.</summary>
internal sealed class ManifestCase(Toolbox tools)
{
    private const string Viaduct = "viaduct manifest create + push";
    private const string AtOnce = "viaduct manifest create --push";
    private const string Buildx = "docker buildx imagetools create";
    private static readonly TimeSpan Distance = TimeSpan.FromMilliseconds(20);

    /// <summary>Requests are counted near by, time is taken from afar.</summary>
    public static async Task<Arena> OpenAsync(Toolbox tools)
    {
        var near = await StartAsync(tools, "near", TimeSpan.Zero).ConfigureAwait(false);
        try
        {
            return new Arena(near, await StartAsync(tools, "far", Distance).ConfigureAwait(false));
        }
        catch
        {
            near.Dispose();
            throw;
        }
    }

    public static async Task<IReadOnlyList<Contest>> MakeAsync(Toolbox tools, Arena arena)
    {
        foreach (var registry in new[] { arena.Counting, arena.Quiet }.Cast<TokenRegistry>())
        {
            await ManifestImages.PushAsync(registry.Behind, architecture => ($"source/app-{architecture}", "1")).ConfigureAwait(false);
            await ManifestImages.PushAsync(registry.Behind, architecture => ("same/app", $"1-{architecture}")).ConfigureAwait(false);
        }
        var made = new ManifestCase(tools);
        return
        [
            made.Make("Create and push a list of 8 images of 7 blobs, each from a repository of its own", 100,
                scene => $"{scene.Address}/{scene.Id}/app:1", (scene, architecture) => $"{scene.Address}/source/app-{architecture}:1"),
            made.Make("Create and push a list of 8 images of its own repository", 30,
                scene => $"{scene.Address}/same/app:{scene.Id}", (scene, architecture) => $"{scene.Address}/same/app:1-{architecture}"),
        ];
    }

    private Contest Make(string title, int requests, Func<Scene, string> target, Func<Scene, string, string> child) => new(title,
        "The registry asks for tokens, and every answer, tokens too, comes 20 ms late. Requests are counted without that delay.",
        Viaduct, [.. Contestants(target, scene => [.. ManifestImages.Architectures.Select(a => child(scene, a))])], [new Goal(Buildx, 2)])
    {
        Limits = [.. new[] { Viaduct, AtOnce }.Select(name => new Limit($"requests of `{name}`", requests, of => of(name).Traffic?.Requests ?? double.NaN))],
    };

    private IEnumerable<Contestant> Contestants(Func<Scene, string> target, Func<Scene, IReadOnlyList<string>> children)
    {
        yield return Of(Viaduct, scene => [tools.Viaduct.With(["manifest", "create", target(scene), .. children(scene)]), tools.Viaduct.With("manifest", "push", "--purge", target(scene))]);
        yield return Of(AtOnce, scene => [tools.Viaduct.With(["manifest", "create", "--push", target(scene), .. children(scene)])]);
        const string Manifest = "docker manifest create + push";
        yield return tools.Docker is { } docker
            ? Of(Manifest, scene =>
            [
                docker.With(["manifest", "create", "--insecure", target(scene), .. children(scene)]),
                docker.With("manifest", "push", "--insecure", "--purge", target(scene)),
            ])
            : Contestant.Absent(Manifest, "docker was not found");
        yield return tools is { Docker: { } client, Buildx: not null }
            ? Of(Buildx, scene => [client.With(["buildx", "imagetools", "create", "-t", target(scene), .. children(scene)])])
            : Contestant.Absent(Buildx, "docker buildx was not found");
        const string Crane = "crane index append";
        yield return tools.Crane is { } crane
            ? Of(Crane, scene => [crane.With(["index", "append", "-t", target(scene), .. children(scene).SelectMany(c => new[] { "-m", c })])])
            : Contestant.Absent(Crane, "not found");

        Contestant Of(string name, Func<Scene, IReadOnlyList<Command>> commands) => new(name, scene => Task.FromResult(commands(scene))) { Verify = scene => VerifyAsync(target(scene)) };
    }

    /// <summary>Fails unless the list is there and has all architectures.</summary>
    private static async Task VerifyAsync(string name)
    {
        using var client = PauseSet.Client();
        var reference = Reference.Parse(name);
        var list = await client.Repository(reference).FindManifestAsync(reference.TagOrDigest, default).ConfigureAwait(false);
        IEnumerable<string?> found = list is { IsIndex: true } ? list.AsIndex().Manifests.Select(m => m.Platform?.Architecture) : [];
        if (!found.Order(StringComparer.Ordinal).SequenceEqual(ManifestImages.Architectures.Order(StringComparer.Ordinal))) throw new BenchmarkException($"{name} is not the list of {ManifestImages.Architectures.Count} architectures that it should be.");
    }

    private static async Task<TokenRegistry> StartAsync(Toolbox tools, string folder, TimeSpan late)
    {
        var program = tools.DistributionRegistry ?? throw new BenchmarkException("docker-registry (distribution 2.8) is not on PATH.");
        var behind = await DistributionRegistry.StartAsync(tools.Spawner, program, tools.Folder(folder), logs: false).ConfigureAwait(false);
        try
        {
            return await TokenRegistry.StartAsync(behind, late).ConfigureAwait(false);
        }
        catch
        {
            behind.Dispose();
            throw;
        }
    }
}
