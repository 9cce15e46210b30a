using System.Text;
using Viaduct.Oci;
using static Viaduct.Simulation.Tests.ImageMaker;

namespace Viaduct.Simulation.Tests;

/// <summary>One node, one registry and pods for it. The registry <c>r.io</c> lets in the user <c>right</c>, and <c>open.io</c> everybody who sends nothing wrong.</summary>
internal sealed class KubeletBench
{
    private static readonly ContainerConfig Program = new() { Entrypoint = ["/app"] };
    private static readonly (MemoryContent Content, RawManifest Amd64, RawManifest Arm64) Images = Make();

    public KubeletBench() => Registries = new(Answer);

    public ScriptedRegistries Registries { get; }

    public string Version { get; init; } = "1.35";
    public string Runtime { get; init; } = "containerd 2.1";
    public string Platform { get; init; } = "linux/amd64";
    public KubeletSetup Setup { get; init; } = KubeletSetup.Default;
    public ClusterObjects Objects { get; set; } = new();
    public bool AlwaysPullImages { get; init; }

    /// <summary>What comes before the usual answers; null: they are given.</summary>
    public Func<Reference, RegistryLogin?, ImageAnswer?> First { get; init; } = (_, _) => null;

    public async Task<PodOutcome> StartAsync(Pod pod)
    {
        var version = KubernetesVersion.Parse(Version);
        var node = new Node("node-a", Oci.Platform.Parse(Platform)) { Runtime = Viaduct.Simulation.Runtimes.Parse(Runtime), KubernetesVersion = Version, Kubelet = Setup };
        var keyring = new NodeKeyring(Setup, version, new NoProviders());
        var admitted = new Admission(Objects, new() { AlwaysPullImages = AlwaysPullImages }).Admit(pod);
        return await new KubeletSimulator(node, keyring, new SharedPulls(Registries), Objects).StartAsync(admitted, default);
    }

    public async Task<ContainerOutcome> OneAsync(string image, string? policy = null, params string[] secrets) =>
        Assert.Single((await StartAsync(Pod(secrets, Container(image, policy)))).Containers);

    public static Pod Pod(IReadOnlyList<string> secrets, params PodContainer[] containers) => new("shop", "web", "app.yaml:1:1") { Containers = containers, ImagePullSecrets = secrets };

    public static PodContainer Container(string image, string? policy = null, ContainerRole role = ContainerRole.App, string name = "app") =>
        new(name, image, role, "app.yaml:2:1") { PullPolicy = policy };

    public static PullSecret Secret(string space, string name, string user, string key = "r.io", string password = "pw") => new(space, name, "kubernetes.io/dockerconfigjson", "app.yaml:9:1")
    {
        Data = new Dictionary<string, byte[]> { [".dockerconfigjson"] = Encoding.UTF8.GetBytes($$"""{"auths":{"{{key}}":{"username":"{{user}}","password":"{{password}}" } } }""") },
    };

    /// <summary>The image for amd64, to who is let in.</summary>
    public static ImageAnswer Given(RegistryAnswer said, string? platform = null) =>
        new() { Answer = said, Source = Images.Content, Manifest = platform == "linux/arm64" ? List(("linux/arm64", Images.Arm64)) : Images.Amd64 };

    private ImageAnswer Answer(Reference image, RegistryLogin? login) => First(image, login) ?? image.Registry switch
    {
        "open.io" when login is null => Given(new()),
        _ => login?.Username == "right" ? Given(new() { Challenge = new(ChallengeScheme.Basic) { Accepts = true } }) : new() { Answer = new() { Challenge = new(ChallengeScheme.Basic) } },
    };

    private static (MemoryContent, RawManifest, RawManifest) Make()
    {
        var content = new MemoryContent();
        var amd64 = content.ImageAsync("linux/amd64", Program, ImageMaker.Program("app", ElfFile.Amd64)).GetAwaiter().GetResult();
        var arm64 = content.ImageAsync("linux/arm64", Program, ImageMaker.Program("app", ElfFile.Arm64)).GetAwaiter().GetResult();
        return (content, amd64, arm64);
    }

    private sealed class NoProviders : IProviderAnswers
    {
        public ValueTask<ProviderAnswer> AskAsync(CredentialProvider provider, string request, CancellationToken cancellationToken) => ValueTask.FromResult(new ProviderAnswer(null, Unknown: "nobody asks it"));
    }
}
