using System.Text;
using Viaduct.Benchmarks.Peers;
using Viaduct.Configuration;
using Viaduct.Oci;
using Viaduct.Registry;

namespace Viaduct.Benchmarks.Cases;

/// <summary>The repository's pause image in folders of its own: seven architectures, one file each, from scratch.</summary>
internal sealed class PauseSet
{
    public const string Tag = "3.10";

    private readonly byte[] _program = File.ReadAllBytes(Path.Combine(RepositoryRoot(), "images", "pause", "bin", "pause-arm64"));

    private PauseSet(string root, string platformContext) => (Root, PlatformContext) = (root, platformContext);

    /// <summary>A set with <c>viaduct.yaml</c> and this one image.</summary>
    public string Root { get; }

    /// <summary>Whether its tags stand for something else by now.</summary>
    public bool IsChanged { get; private set; }

    /// <summary>The context as it stands; its Dockerfile takes ARCH.</summary>
    public string Context => Path.Combine(Root, "images", "pause");

    /// <summary>The context with the name that BuildKit itself gives the architecture, so that one build can be for all platforms.</summary>
    public string PlatformContext { get; }

    public IReadOnlyList<Platform> Platforms => Read().Images[0].Platforms;

    public static PauseSet Make(Toolbox tools, string name)
    {
        var source = Path.Combine(RepositoryRoot(), "images", "pause");
        var root = tools.Folder(name);
        File.Copy(Path.Combine(RepositoryRoot(), ImageSetReader.FileName), Path.Combine(root, ImageSetReader.FileName));
        var set = new PauseSet(root, tools.Folder(name + "-platform"));
        Copy(source, set.Context);
        Copy(source, set.PlatformContext);
        var dockerfile = Path.Combine(set.PlatformContext, "Dockerfile");
        File.WriteAllText(dockerfile, File.ReadAllText(dockerfile).Replace("ARCH", "TARGETARCH"));
        return set;
    }

    /// <summary>Pushes all images and the list below a prefix, in this process.</summary>
    public async Task PushAsync(string prefix)
    {
        using var client = Client();
        var options = new JobOptions { Set = Read(), Prefix = prefix, MayMoveTags = true, StateFolder = Path.Combine(Root, ".viaduct") };
        await using var job = new Job(options, client);
        await job.BuildAsync(default);
        await job.PushAsync(default);
        await job.AssembleAsync(default);
    }

    /// <summary>What a fresh checkout lacks.</summary>
    public void Forget()
    {
        if (Path.Combine(Root, ".viaduct") is var state && Directory.Exists(state)) Directory.Delete(state, recursive: true);
    }

    /// <summary>Changes one file, the program of one architecture, in both contexts to content that it never had.</summary>
    public void Change(string word)
    {
        IsChanged = true;
        foreach (var context in new[] { Context, PlatformContext })
            File.WriteAllBytes(Path.Combine(context, "bin", "pause-arm64"), [.. _program, .. Encoding.UTF8.GetBytes(word)]);
    }

    /// <summary>Fails unless the list is there and has all platforms.</summary>
    public async Task VerifyAsync(string name)
    {
        using var client = Client();
        var reference = Reference.Parse(name);
        var list = await client.Repository(reference).FindManifestAsync(reference.TagOrDigest, default);
        var platforms = list is { IsIndex: true } ? list.AsIndex().Manifests.Select(m => m.Platform).ToList() : [];
        if (platforms.Count != Platforms.Count || !Platforms.All(p => platforms.Any(m => m is not null && p.Same(m))))
            throw new BenchmarkException($"{name} is not the list of {Platforms.Count} platforms that it should be.");
    }

    public static RegistryClient Client() => new(new RegistryOptions { Credentials = new NoCredentials() });

    private ImageSet Read() => ImageSetReader.Read(Root, new SetOverrides());

    private static void Copy(string source, string target)
    {
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(target, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private static string RepositoryRoot()
    {
        for (var folder = new DirectoryInfo(Directory.GetCurrentDirectory()); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Viaduct.slnx"))) return folder.FullName;
        throw new BenchmarkException("Run this inside of the repository: the images that are built are its own.");
    }
}
