using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Viaduct.GitHubStandIn;

/// <summary>A GitHub that remembers what it was told, and can fail at any request. Files lie at a host of their own, as there.</summary>
internal sealed class StandIn : IAsyncDisposable
{
    public const string Token = "ghs_ThisMustNotBeSeen";

    private readonly HttpListener _listener = new();
    private readonly Task _serving;
    private readonly Answers _answers;
    private bool _isDown;

    public StandIn()
    {
        (Api, Storage) = ($"http://127.0.0.1:{FreePort()}/api/v3", $"http://127.0.0.1:{FreePort()}");
        _answers = new Answers(State, Api, Storage);
        _listener.Prefixes.Add($"{new Uri(Api).GetLeftPart(UriPartial.Authority)}/");
        _listener.Prefixes.Add($"{Storage}/");
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Api { get; }

    public string Storage { get; }

    public Published State { get; } = new();

    public List<Recorded> Requests { get; } = [];

    /// <summary>The request of this number, from 0, meets trouble.</summary>
    public (int Request, Trouble Kind) Plan { get; set; } = (-1, Trouble.None);

    public int PageSize { set => _answers.PageSize = value; }

    /// <summary>A host that GitHub names for uploads, in place of its own.</summary>
    public string? UploadHost { set => _answers.UploadHost = value; }

    public void Heal()
    {
        (Plan, _isDown) = ((-1, Trouble.None), false);
        Requests.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
        _listener.Close();
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
            try
            {
                await AnswerAsync(context);
            }
            catch (Exception e) when (e is HttpListenerException or IOException or ObjectDisposedException)
            {
                // Whoever asked has gone.
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var request = await ReadAsync(context.Request);
        var trouble = _isDown ? Trouble.Down : Requests.Count == Plan.Request ? Plan.Kind : Trouble.None;
        Requests.Add(request);
        _isDown |= trouble == Trouble.Down;
        var response = context.Response;
        if (trouble is Trouble.Refused or Trouble.Down) { await SendAsync(response, 500, new JsonObject { ["message"] = "Server Error" }); return; }
        if (trouble == Trouble.Limited)
        {
            response.Headers["Retry-After"] = "7";
            await SendAsync(response, 403, new JsonObject { ["message"] = "You have exceeded a secondary rate limit" });
            return;
        }
        var answer = context.Request.Url!.Port == new Uri(Storage).Port ? _answers.File(request) : _answers.Of(request);
        if (trouble == Trouble.DoneAndCut) { response.Abort(); return; }
        if (trouble == Trouble.DoneAndFailed) { await SendAsync(response, 502, new JsonObject { ["message"] = "Bad Gateway" }); return; }
        if (answer.Location is not null) response.RedirectLocation = answer.Location;
        if (answer.Link is not null) response.Headers["Link"] = answer.Link;
        if (answer.Bytes is not null) await SendAsync(response, answer.Status, answer.Bytes, "application/octet-stream");
        else await SendAsync(response, answer.Status, answer.Json);
    }

    private static async Task<Recorded> ReadAsync(HttpListenerRequest request)
    {
        using var body = new MemoryStream();
        await request.InputStream.CopyToAsync(body);
        return new(request.HttpMethod, request.RawUrl!.Replace("/api/v3", ""), request.ContentType, body.ToArray(), request.Headers["Authorization"]);
    }

    private static Task SendAsync(HttpListenerResponse response, int status, JsonNode? json) =>
        SendAsync(response, status, json is null ? [] : Encoding.UTF8.GetBytes(json.ToJsonString()), "application/json; charset=utf-8");

    private static async Task SendAsync(HttpListenerResponse response, int status, byte[] body, string type)
    {
        (response.StatusCode, response.ContentType, response.ContentLength64) = (status, type, body.Length);
        await response.OutputStream.WriteAsync(body);
        response.Close();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
