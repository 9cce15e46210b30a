using System.Text;
using Viaduct.Manifests;
using Viaduct.Oci;
using Viaduct.Registry;

namespace Viaduct.Tests.Manifests;

/// <summary>A registry, a folder of docker's, and the verbs over both; what was asked and what was noted is remembered.</summary>
internal sealed class ListBed : IAsyncDisposable
{
    private readonly TestSet _set;
    private readonly RegistryClient _client;
    private readonly List<RequestTrace> _traces = [];
    private readonly List<string> _notes = [];

    private ListBed(TestSet set)
    {
        _set = set;
        _client = new RegistryClient(new RegistryOptions { Credentials = new NoCredentials(), Trace = t => { lock (_traces) _traces.Add(t); } });
        Store = new ManifestStore(Path.Combine(set.Folder.Path, "docker"), TimeProvider.System);
        Context = new ManifestContext(Store, _client, n => { lock (_notes) _notes.Add(n); }, set.Folder.Path);
    }

    public ManifestStore Store { get; }

    public ManifestContext Context { get; }

    public TemporaryFolder Folder => _set.Folder;

    public string Address => _set.Address;

    public IReadOnlyList<string> Notes => _notes;

    /// <summary>Method and path of all requests of the verbs, sorted.</summary>
    public IReadOnlyList<string> Requests => [.. _traces.Select(t => $"{t.Method} {t.Path}").Order(StringComparer.Ordinal)];

    public static async Task<ListBed> StartAsync() => new(await TestSet.StartAsync());

    public void Forget()
    {
        _traces.Clear();
        _notes.Clear();
    }

    public string Full(string name) => $"{Address}/{name}";

    public Reference Name(string name) => DockerName.Parse(Full(name));

    public async Task<PushedList> PushAsync(string list) => await new ListPusher(Context).PushAsync(new PushRequest(Name(list)), default);

    /// <summary>The file of an image in docker's store.</summary>
    public string FileOf(string list, string image) => Path.Combine(Store.Folder, "manifests", ManifestList.StoreName(Name(list)), ManifestList.StoreName(Name(image)));

    public Task<StoredList> CreateAsync(string list, params string[] images) => CreateAsync(Request(list, images));

    public CreateRequest Request(string list, params string[] images) =>
        new(Name(list), [.. images.Select(i => new ChildName(LocalSource.IsMeant(i) ? i : Full(i)))]);

    public Task<StoredList> CreateAsync(CreateRequest request) => new ListCreator(Context).CreateAsync(request, default);

    public Task AnnotateAsync(AnnotateRequest request) =>
        new ListAnnotator(Context).AnnotateAsync(request with { ListText = Full(request.ListText), ImageText = request.ImageText is null ? null : Full(request.ImageText) }, default);

    public async Task<string> InspectAsync(string image, string? list = null, Func<InspectRequest, InspectRequest>? with = null)
    {
        var request = new InspectRequest(list is null ? null : Full(list), Full(image));
        return Encoding.UTF8.GetString(await new ListInspector(Context).InspectAsync(with is null ? request : with(request), default));
    }

    public async Task<StoredList> FindAsync(string list) => (await Store.FindAsync(Name(list), default))!;

    /// <summary>A configuration that says only what it runs on.</summary>
    public Task<RawManifest> ImageAsync(string name, Platform platform, string? marker = null) =>
        ImageAsync(name, new ImageConfig(platform) { Author = marker }.ToBytes());

    public async Task<RawManifest> ImageAsync(string name, byte[] config, bool docker = false, string? text = null)
    {
        var target = _set.Client.Repository(Name(name));
        var blob = Blob.FromBytes(docker ? MediaTypes.DockerConfig : MediaTypes.OciConfig, config);
        await target.PushBlobAsync(blob, default);
        var kind = docker ? MediaTypes.DockerManifest : MediaTypes.OciManifest;
        var manifest = text is null
            ? new ImageManifest(blob.Descriptor, []).ToManifest(kind)
            : RawManifest.Parse(Encoding.UTF8.GetBytes(text.Replace("CONFIG", $$"""{"mediaType":"{{blob.Descriptor.MediaType}}","digest":"{{blob.Descriptor.Digest}}","size":{{blob.Descriptor.Size}}}""")), kind);
        await target.TagAsync(Name(name).Tag!, manifest, default);
        return manifest;
    }

    /// <summary>An attestation of an image in the same repository.</summary>
    public async Task<Descriptor> AttestationAsync(string name, RawManifest image) =>
        AttestationEntry.Make((await ImageAsync(name, new Platform("unknown", "unknown"), image.Digest.ToString())).Descriptor, image.Digest);

    public async Task<RawManifest> ListAsync(string name, IEnumerable<Descriptor> entries, IReadOnlyDictionary<string, string>? annotations = null)
    {
        var json = new GoJsonWriter().BeginObject().Name("schemaVersion").Number(2).Name("mediaType").String(MediaTypes.OciIndex).Name("manifests").BeginArray();
        foreach (var entry in entries)
        {
            json.BeginObject().Name("mediaType").String(entry.MediaType).Name("digest").String(entry.Digest.ToString()).Name("size").Number(entry.Size).Optional("artifactType", entry.ArtifactType).Map("annotations", entry.Annotations);
            if (entry.Platform is { } platform) json.Name("platform").BeginObject().Name("architecture").String(platform.Architecture).Name("os").String(platform.Os).Optional("variant", platform.Variant).EndObject();
            json.EndObject();
        }
        var index = RawManifest.Parse(json.EndArray().Map("annotations", annotations ?? new Dictionary<string, string>()).EndObject().ToBytes(), MediaTypes.OciIndex);
        await _set.Client.Repository(Name(name)).TagAsync(Name(name).Tag!, index, default);
        return index;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _set.DisposeAsync();
    }
}
