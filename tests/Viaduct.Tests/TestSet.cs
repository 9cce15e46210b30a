using Viaduct.Build;
using Viaduct.Configuration;
using Viaduct.Execution;
using Viaduct.Oci;
using Viaduct.Registry;
using Viaduct.Server;
using Viaduct.Verification;

namespace Viaduct.Tests;

/// <summary>A folder of images and an embedded registry of its own, to run whole jobs against.</summary>
internal sealed class TestSet : IAsyncDisposable
{
    private EmbeddedRegistry _registry = null!;

    public TemporaryFolder Folder { get; } = new();

    public RegistryClient Client { get; } = new(new RegistryOptions { Credentials = new NoCredentials() });

    public string Address => _registry.Address;

    /// <summary>Builds in the place of this machine's builders; null for those.</summary>
    public IImageBuilder? Builder { get; init; }

    public static async Task<TestSet> StartAsync(IImageBuilder? builder = null)
    {
        var set = new TestSet { Builder = builder };
        set._registry = await EmbeddedRegistry.StartAsync(new EmbeddedRegistryOptions { Store = Path.Combine(set.Folder.Path, "store"), Port = 0 }, default);
        return set;
    }

    /// <summary>A job over the folder as it is now.</summary>
    /// <param name="prefix">Another way to the registry, or a path in it.</param>
    public Job Job(bool mayMoveTags = true, SetOverrides? overrides = null, string? prefix = null, IProgress<JobEvent>? progress = null, params string[] images) => new(
        new JobOptions
        {
            Set = ImageSetReader.Read(Folder.Path, overrides ?? new SetOverrides()),
            Prefix = prefix ?? Address,
            MayMoveTags = mayMoveTags,
            Images = images,
            Builder = Builder,
            Progress = progress,
            StateFolder = Path.Combine(Folder.Path, ".viaduct"),
        },
        Client);

    /// <summary>Runs a whole job and gives what the simulation found.</summary>
    public async Task<IReadOnlyList<ListReport>> RunAsync()
    {
        await using var job = Job();
        await job.BuildAsync(default);
        await job.PushAsync(default);
        await job.AssembleAsync(default);
        return await job.SimulateAsync(default);
    }

    public async Task<RawManifest?> FindAsync(string name)
    {
        var reference = Reference.Parse($"{Address}/{name}");
        return await Client.Repository(reference).FindManifestAsync(reference.TagOrDigest, default);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _registry.DisposeAsync();
        Folder.Dispose();
    }
}
