using System.Formats.Tar;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Viaduct.Acceptance.Tests.Engines;

/// <summary>The Engine API of one engine with nothing between: what it says is what is seen.</summary>
internal sealed class PlainApi : IDisposable
{
    private readonly Engine _engine;
    private readonly HttpClient _client;

    public PlainApi(Engine engine)
    {
        engine.Need();
        _engine = engine;
        _client = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (_, token) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(engine.Address!["unix://".Length..]), token);
                return new NetworkStream(socket, ownsSocket: true);
            },
        }) { BaseAddress = new Uri("http://engine/"), Timeout = TimeSpan.FromMinutes(1) };
    }

    /// <summary>A context as GNU tar; as PAX it has a time that only PAX can have.</summary>
    public static byte[] Context(string dockerfile, TarEntryFormat format = TarEntryFormat.Gnu)
    {
        using var stream = new MemoryStream();
        using (var writer = new TarWriter(stream, format, leaveOpen: true))
            foreach (var (name, text) in new[] { ("Dockerfile", dockerfile), ("a", "a") })
            {
                TarEntry entry = format == TarEntryFormat.Pax ? new PaxTarEntry(TarEntryType.RegularFile, name) : new GnuTarEntry(TarEntryType.RegularFile, name);
                entry.DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text));
                writer.WriteEntry(entry);
            }
        return stream.ToArray();
    }

    /// <param name="classic">The builder from before BuildKit.</param>
    /// <param name="query">More of the query, which begins with &amp;.</param>
    public Task<Answer> BuildAsync(bool classic, byte[] context, string query = "", string? registryConfig = null)
    {
        var body = new ByteArrayContent(context);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/x-tar");
        return PostAsync($"build?version={(classic ? 1 : 2)}&nocache=1{query}", body, "X-Registry-Config", registryConfig);
    }

    public Task<Answer> PushAsync(string repository, string tag, string auth) => PostAsync($"images/{repository}/push?tag={tag}", null, "X-Registry-Auth", auth);

    /// <summary>os/architecture, as the image's config says.</summary>
    public async Task<string> PlatformOfAsync(string name)
    {
        var image = JsonDocument.Parse(await _client.GetByteArrayAsync($"images/{name}/json")).RootElement;
        return $"{image.GetProperty("Os").GetString()}/{image.GetProperty("Architecture").GetString()}";
    }

    public async Task RemoveAsync(string name) => (await _client.DeleteAsync($"images/{name}?force=1")).Dispose();

    /// <summary>For what a test says when an engine behaves otherwise than the one it was seen with.</summary>
    public async Task<string> MendedAsync(string seenWith, string what)
    {
        var version = JsonDocument.Parse(await _client.GetByteArrayAsync("version")).RootElement.GetProperty("Version").GetString();
        return $"seen with {seenWith}, and otherwise in {version} at {_engine.Address}: {what}";
    }

    public void Dispose() => _client.Dispose();

    private async Task<Answer> PostAsync(string path, HttpContent? body, string header, string? value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = body };
        if (value is not null) request.Headers.Add(header, value);
        using var answer = await _client.SendAsync(request);
        return new Answer((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <param name="Status">Of HTTP.</param>
    internal sealed record Answer(int Status, string Text)
    {
        public IEnumerable<JsonElement> Lines => Text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(l => JsonDocument.Parse(l).RootElement);

        /// <summary>The message of the line that is an error; null when there is none.</summary>
        public string? Error => Lines.Select(l => l.TryGetProperty("errorDetail", out var detail) ? detail.GetProperty("message").GetString() : null).FirstOrDefault(m => m is not null);
    }
}
