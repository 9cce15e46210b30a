using Viaduct.Configuration;
using Viaduct.Oci;
using Viaduct.Planning;
using Viaduct.Registry;
using Viaduct.Server;
using Viaduct.Verification;

namespace Viaduct.Acceptance.Tests;

/// <summary>The repository's own images, pushed once into a registry by a whole job.</summary>
internal sealed class PushedSet : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly IAsyncDisposable _server;

    private PushedSet(TemporaryFolder folder, IAsyncDisposable server, string address, ImageSet set)
    {
        _folder = folder;
        _server = server;
        Address = address;
        Set = set;
    }

    public string Address { get; }

    public ImageSet Set { get; }

    public RegistryClient Client { get; } = new(new RegistryOptions { Credentials = NoCredentials.Instance });

    public Plan First { get; private set; } = null!;

    public Plan Second { get; private set; } = null!;

    public IReadOnlyList<ListReport> Reports { get; private set; } = [];

    public static async Task<PushedSet> PushAsync(RegistryKind kind)
    {
        var folder = new TemporaryFolder().WithImages();
        var (server, address) = await StartAsync(kind, folder);
        var pushed = new PushedSet(folder, server, address, ImageSetReader.Read(folder.Path, new SetOverrides()));
        await using (var job = pushed.NewJob(".viaduct"))
        {
            pushed.First = await job.PlanAsync(default);
            await job.BuildAsync(default);
            await job.PushAsync(default);
            await job.AssembleAsync(default);
            pushed.Reports = await job.SimulateAsync(default);
        }
        await using var again = pushed.NewJob(".viaduct");
        pushed.Second = await again.PlanAsync(default);
        return pushed;
    }

    /// <summary>What a machine would do that has never seen these images.</summary>
    public async Task<Plan> PlanOfStrangerAsync()
    {
        await using var job = NewJob("stranger");
        return await job.PlanAsync(default);
    }

    public Reference List(string image) => new ImageNames(Address).Lists(Set.Find(image)!)[0];

    public Reference Child(string image, Platform platform) => new ImageNames(Address).Children(Set.Find(image)!, platform)[0];

    /// <summary>A manifest as Viaduct itself reads it.</summary>
    public async Task<RawManifest> ReadAsync(Reference name) =>
        await Client.Repository(name).FindManifestAsync(name.TagOrDigest, default) ?? throw new InvalidOperationException($"{name} is not there.");

    /// <summary>The entry of a list that is for exactly this platform.</summary>
    public async Task<Descriptor> EntryAsync(string image, Platform platform) =>
        (await ReadAsync(List(image))).AsIndex().Manifests.Single(m => m.Platform!.Same(platform));

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    private Job NewJob(string state) => new(new JobOptions { Set = Set, Prefix = Address, StateFolder = _folder.At(state), Deep = true }, Client);

    private static async Task<(IAsyncDisposable Server, string Address)> StartAsync(RegistryKind kind, TemporaryFolder folder)
    {
        if (kind == RegistryKind.Distribution)
        {
            var distribution = await Distribution.StartAsync();
            return (distribution, distribution.Address);
        }
        var embedded = await EmbeddedRegistry.StartAsync(new EmbeddedRegistryOptions { Store = folder.At("store"), Port = 0 }, default);
        return (embedded, embedded.Address);
    }
}
