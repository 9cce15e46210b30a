using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Viaduct.Manifests;
using Viaduct.Oci;
using Viaduct.Registry;

namespace Viaduct.Tests.Manifests;

/// <summary>A registry, a local store, and images to make lists of.</summary>
internal sealed class PushBed : IAsyncDisposable
{
    public PushRegistry Registry { get; private set; } = null!;

    public TemporaryFolder Folder { get; } = new();

    public QuickClock Clock { get; } = new();

    public ConcurrentQueue<string> Notes { get; } = new();

    public ManifestStore Store { get; private set; } = null!;

    /// <summary>What the last push that got so far has said of itself, whether or not it failed then.</summary>
    public PushedList? Reported { get; private set; }

    public static async Task<PushBed> StartAsync()
    {
        var bed = new PushBed { Registry = await PushRegistry.StartAsync() };
        bed.Store = new ManifestStore(Path.Combine(bed.Folder.Path, "docker"), bed.Clock) { Note = bed.Notes.Enqueue };
        return bed;
    }

    /// <summary>An address where nobody listens.</summary>
    public static string ClosedHost()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return listener.LocalEndpoint.ToString()!;
    }

    public Reference Name(string name) => Reference.Parse($"{Registry.Host}/{name}");

    /// <summary>A client as a process of its own would have it.</summary>
    public RegistryClient Client(ICredentialSource? credentials = null) => new(new RegistryOptions { Credentials = credentials ?? new NoCredentials(), Clock = Clock });

    public ManifestContext Context(RegistryClient client) => new(Store, client, Notes.Enqueue, Folder.Path) { Clock = Clock };

    /// <summary>An image in the registry, of a config and some layers of its own.</summary>
    /// <param name="bytes">What becomes of its manifest's JSON.</param>
    public async Task<StoredManifest> ImageAsync(string name, Platform? platform = null, int layers = 1, bool docker = false, Func<string, string>? bytes = null, PushRegistry? at = null)
    {
        var reference = Reference.Parse($"{(at ?? Registry).Host}/{name}");
        using var client = Client();
        var target = client.Repository(reference, push: true);
        var words = platform ?? new Platform("linux", "amd64");
        var made = new List<Blob> { Blob.FromBytes(docker ? MediaTypes.DockerConfig : MediaTypes.OciConfig, new ImageConfig(words) { History = [new HistoryEntry { Comment = name }] }.ToBytes()) };
        for (var i = 0; i < layers; i++) made.Add(Blob.FromBytes(docker ? MediaTypes.DockerLayerGzip : MediaTypes.OciLayerGzip, System.Text.Encoding.UTF8.GetBytes($"layer {i} of {name}")));
        foreach (var blob in made) await target.PushBlobAsync(blob, default);
        var type = docker ? MediaTypes.DockerManifest : MediaTypes.OciManifest;
        var json = System.Text.Encoding.UTF8.GetString(new ImageManifest(made[0].Descriptor, [.. made.Skip(1).Select(b => b.Descriptor)]).ToManifest(type).Bytes.Span);
        var manifest = RawManifest.Parse(System.Text.Encoding.UTF8.GetBytes((bytes ?? (text => text))(json)), type);
        await target.TagAsync(reference.Tag ?? "latest", manifest, default);
        return new StoredManifest(reference, manifest.Descriptor with { Platform = words }, manifest);
    }

    public async Task<StoredList> ListAsync(string name, IEnumerable<StoredManifest> images, Func<Companion, Companion>? beside = null)
    {
        var reference = Name(name);
        var list = images.Aggregate(new StoredList(reference, [], new Companion(reference)), (l, i) => l.With(i));
        list = list with { Companion = (beside ?? (c => c))(list.Companion) };
        await Store.SaveAsync(list, await Store.FindAsync(reference, default), default);
        return list;
    }

    public async Task<PushedList> PushAsync(string name, Func<PushRequest, PushRequest>? with = null, ICredentialSource? credentials = null)
    {
        Registry.Seen.Clear();
        Reported = null;
        using var client = Client(credentials);
        return await new ListPusher(Context(client)).PushAsync((with ?? (r => r))(new PushRequest(Name(name)) { Report = p => Task.FromResult(Reported = p) }), default);
    }

    public async Task<T> RefusedAsync<T>(string name, Func<PushRequest, PushRequest>? with = null, ICredentialSource? credentials = null) where T : ViaductException =>
        await Assert.ThrowsAnyAsync<T>(() => PushAsync(name, with, credentials));

    public async Task<RawManifest?> FindAsync(string name)
    {
        using var client = Client();
        return await client.Repository(Name(name)).FindManifestAsync(Name(name).TagOrDigest, default);
    }

    public async Task<bool> HasListAsync(string name) => await Store.FindAsync(Name(name), default) is not null;

    public async ValueTask DisposeAsync()
    {
        await Registry.DisposeAsync();
        Folder.Dispose();
    }
}
