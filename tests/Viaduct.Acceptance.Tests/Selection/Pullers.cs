namespace Viaduct.Acceptance.Tests.Selection;

/// <summary>The tools that are here, by the names under which the prediction knows them.</summary>
internal static class Pullers
{
    /// <summary>Without it ctr 2 fetches the manifests of all platforms, though the layers of none but the one.</summary>
    private const string NoMore = "--skip-metadata";

    private static readonly Puller[] All =
    [
        new Ctr("ctr 2.1", new Containerd("viaduct-transfer"), local: false, NoMore),
        new Ctr("ctr 2.1 --local", new Containerd("viaduct-local"), local: true, "--local", NoMore),
        new Ctr("ctr 1.6", new Containerd("viaduct-old", old: true), local: true),
        new DockerWithStore("docker 28 store"),
        new DockerWithGraph("docker 28", Engine.Graph, takesCapitals: true),
        new DockerWithGraph("docker 20.10", Engine.Old, takesCapitals: false),
        new Skopeo(),
        new Crane(),
        new Oras(),
    ];

    public static Puller Named(string runtime) => All.Single(puller => puller.Runtime == runtime);

    public static TheoryData<string> Names => new(All.Select(puller => puller.Runtime));
}
