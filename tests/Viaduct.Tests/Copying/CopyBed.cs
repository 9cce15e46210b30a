using System.Collections.Concurrent;
using System.Text;
using Viaduct.Copying;
using Viaduct.Oci;
using Viaduct.Registry;
using Viaduct.Server;

namespace Viaduct.Tests.Copying;

/// <summary>A registry, a client whose requests are kept, and images of every shape to copy.</summary>
internal sealed class CopyBed : IAsyncDisposable
{
    private const string Empty = "application/vnd.oci.empty.v1+json";

    private readonly TemporaryFolder _folder;
    private readonly RegistryClient _client;

    private CopyBed(EmbeddedRegistry registry, TemporaryFolder folder)
    {
        (Registry, _folder) = (registry, folder);
        _client = new RegistryClient(new RegistryOptions { Trace = Requests.Add });
    }

    public EmbeddedRegistry Registry { get; }

    public ConcurrentBag<RequestTrace> Requests { get; } = [];

    public string Folder => _folder.Path;

    public IEnumerable<RequestTrace> Writes => Requests.Where(r => r.Method is "PUT" or "POST" or "PATCH" or "DELETE");

    public static async Task<CopyBed> StartAsync()
    {
        var folder = new TemporaryFolder();
        return new CopyBed(await EmbeddedRegistry.StartAsync(new EmbeddedRegistryOptions { Store = Path.Combine(folder.Path, "store"), Port = 0 }, default), folder);
    }

    public RepositoryClient Repository(string name, string? registry = null) => _client.Repository(Reference.Parse($"{registry ?? Registry.Address}/{name}"), push: true);

    public static CopyTarget Target(RepositoryClient repository, bool moves = false) => CopyTarget.Of(repository, moves);

    public async Task<CopyResult> CopyAsync(CopySource source, RawManifest manifest, CopyTarget target, params string[] tags) =>
        Assert.Single(await new CopyJob(new CopyRequest(source, manifest, [new CopyDestination(target, tags)])).RunAsync(default));

    public static Blob Text(string text, string mediaType) => Blob.FromBytes(mediaType, Encoding.UTF8.GetBytes(text));

    public static RawManifest Manifest(string json) => RawManifest.Parse(Encoding.UTF8.GetBytes(json), null);

    public static string Json(Descriptor d, string more = "") => $$"""{"mediaType":"{{d.MediaType}}","digest":"{{d.Digest}}","size":{{d.Size}}{{more}}}""";

    /// <summary>An image of one layer; <paramref name="more"/> are members of its manifest, and <paramref name="layers"/> further ones.</summary>
    public static async Task<RawManifest> ImageAsync(IContentSink sink, string name, string more = "", string layers = "")
    {
        var config = Text($$"""{"os":"linux","architecture":"{{name}}"}""", MediaTypes.OciConfig);
        var (own, shared) = (Text($"the layer of {name}", MediaTypes.OciLayer), Text("a layer that all have", MediaTypes.OciLayer));
        foreach (var blob in (Blob[])[config, own, shared]) await sink.PushBlobAsync(blob, default);
        return await PutAsync(sink, $$"""{"schemaVersion":2,"mediaType":"{{MediaTypes.OciManifest}}","config":{{Json(config.Descriptor)}},"layers":[{{Json(own.Descriptor)}},{{Json(shared.Descriptor)}}{{layers}}]{{more}}}""");
    }

    public static Task<RawManifest> ListAsync(IContentSink sink, params Descriptor[] entries) =>
        PutAsync(sink, $$"""{"schemaVersion":2,"mediaType":"{{MediaTypes.OciIndex}}","manifests":[{{string.Join(",", entries.Select(e => Json(e)))}}],"own":"member"}""");

    /// <summary>Something about a manifest: a signature, an SBOM.</summary>
    public static async Task<RawManifest> AboutAsync(IContentSink sink, RawManifest subject, string type)
    {
        var (config, content) = (Text("{}", Empty), Text($"{type} of {subject.Digest}", "text/plain"));
        foreach (var blob in (Blob[])[config, content]) await sink.PushBlobAsync(blob, default);
        return await PutAsync(sink, $$"""{"schemaVersion":2,"mediaType":"{{MediaTypes.OciManifest}}","artifactType":"{{type}}","config":{{Json(config.Descriptor)}},"layers":[{{Json(content.Descriptor)}}],"subject":{{Json(subject.Descriptor)}}}""");
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await Registry.DisposeAsync();
        _folder.Dispose();
    }

    private static async Task<RawManifest> PutAsync(IContentSink sink, string json)
    {
        var manifest = Manifest(json);
        await sink.PushManifestAsync(manifest, default);
        return manifest;
    }
}
