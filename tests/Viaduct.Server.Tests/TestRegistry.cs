using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Viaduct.Oci;

namespace Viaduct.Server.Tests;

/// <summary>A registry on a free port over a folder of its own, and short words for what tests do with it.</summary>
internal sealed class TestRegistry : IAsyncDisposable
{
    private readonly bool _ownsStore;

    private TestRegistry(EmbeddedRegistry server, string store, bool ownsStore)
    {
        Server = server;
        Store = store;
        _ownsStore = ownsStore;
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri($"http://{server.Address}") };
    }

    public EmbeddedRegistry Server { get; }

    public string Store { get; }

    public HttpClient Http { get; }

    public static string NewStore() => Path.Join(Path.GetTempPath(), "viaduct-tests", Guid.NewGuid().ToString("N"));

    public static async Task<TestRegistry> StartAsync(string? store = null, Func<EmbeddedRegistryOptions, EmbeddedRegistryOptions>? change = null)
    {
        var folder = store ?? NewStore();
        var options = new EmbeddedRegistryOptions { Store = folder, Port = 0 };
        return new TestRegistry(await EmbeddedRegistry.StartAsync(change?.Invoke(options) ?? options, default), folder, store is null);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Server.DisposeAsync();
        if (_ownsStore) Directory.Delete(Store, recursive: true);
    }

    public static Digest Sha512(byte[] bytes) => Digest.Parse("sha512:" + Convert.ToHexStringLower(SHA512.HashData(bytes)));

    public static byte[] Random(int length) => RandomNumberGenerator.GetBytes(length);

    public Task<HttpResponseMessage> SendAsync(string method, string path, byte[]? body = null, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null) request.Content = new ByteArrayContent(body);
        foreach (var (name, value) in headers)
            if (!request.Headers.TryAddWithoutValidation(name, value))
                (request.Content ??= new ByteArrayContent([])).Headers.TryAddWithoutValidation(name, value);
        return Http.SendAsync(request);
    }

    public async Task<int> StatusAsync(string method, string path, byte[]? body = null, params (string Name, string Value)[] headers)
    {
        using var response = await SendAsync(method, path, body, headers);
        return (int)response.StatusCode;
    }

    public async Task<string> BeginAsync(string repository)
    {
        using var response = await SendAsync("POST", $"/v2/{repository}/blobs/uploads/");
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        return response.Headers.Location!.ToString();
    }

    public async Task<Digest> PushBlobAsync(string repository, byte[] bytes, Digest? digest = null)
    {
        var name = digest ?? Digest.Sha256(bytes);
        using var response = await SendAsync("PUT", $"{await BeginAsync(repository)}?digest={name}", bytes);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return name;
    }

    public Task<HttpResponseMessage> PutManifestAsync(string repository, string reference, byte[] bytes, string? mediaType = MediaTypes.OciManifest) =>
        SendAsync("PUT", $"/v2/{repository}/manifests/{reference}", bytes, mediaType is null ? [] : [("Content-Type", mediaType)]);

    /// <summary>Pushes config, layer and manifest of a small image.</summary>
    public async Task<byte[]> PushImageAsync(string repository, string reference, string extra = "")
    {
        var config = Encoding.UTF8.GetBytes($$"""{"architecture":"amd64","os":"linux","x":"{{Guid.NewGuid()}}"}""");
        await PushBlobAsync(repository, config);
        var layer = Random(64);
        await PushBlobAsync(repository, layer);
        var manifest = Image(config, layer, extra);
        using var response = await PutManifestAsync(repository, reference, manifest);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return manifest;
    }

    public static byte[] Image(byte[] config, byte[] layer, string extra = "") => Encoding.UTF8.GetBytes(
        $$"""{"schemaVersion":2,"mediaType":"{{MediaTypes.OciManifest}}","config":{"mediaType":"{{MediaTypes.OciConfig}}","digest":"{{Digest.Sha256(config)}}","size":{{config.Length}}},"layers":[{"mediaType":"{{MediaTypes.OciLayerGzip}}","digest":"{{Digest.Sha256(layer)}}","size":{{layer.Length}}}]{{extra}}}""");

    public static byte[] Index(params byte[][] children) => Encoding.UTF8.GetBytes(
        $$"""{"schemaVersion":2,"mediaType":"{{MediaTypes.OciIndex}}","manifests":[{{string.Join(',', children.Select(c => $$"""{"mediaType":"{{MediaTypes.OciManifest}}","digest":"{{Digest.Sha256(c)}}","size":{{c.Length}}}"""))}}]}""");

    /// <summary>Sends bytes as they are, for what no HTTP library would send, and returns the first line of the answer.</summary>
    public async Task<string> RawAsync(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Server.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
        using var reader = new StreamReader(stream);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        return await reader.ReadLineAsync(patience.Token) ?? "";
    }

    /// <summary>Sends the head of a request and a part of its body, waits, and hangs up.</summary>
    public async Task BreakOffAsync(string request, Func<Task<bool>> when)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Server.Port);
        await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(request));
        await EventuallyAsync(when);
    }

    public static async Task EventuallyAsync(Func<Task<bool>> condition)
    {
        for (var i = 0; i < 400; i++)
        {
            if (await condition()) return;
            await Task.Delay(25);
        }
        Assert.Fail("It did not happen within ten seconds.");
    }

    public async Task<string?> RangeAsync(string location)
    {
        using var response = await SendAsync("GET", location);
        return response.Header("Range");
    }

    public Task<string> RawGetAsync(string target) => RawAsync($"GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{Server.Port}\r\nConnection: close\r\n\r\n");

    /// <summary>Files of the store that hold or name content.</summary>
    public IEnumerable<string> Content() =>
        Directory.EnumerateFiles(Path.Join(Store, "blobs"), "*", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(Path.Join(Store, "repositories"), "*", SearchOption.AllDirectories))
            .Concat(Directory.EnumerateFiles(Path.Join(Store, "uploads")));
}
