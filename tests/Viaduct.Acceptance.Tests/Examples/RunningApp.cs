using System.Diagnostics;
using System.Net.Sockets;

namespace Viaduct.Acceptance.Tests.Examples;

/// <summary>A container of the app that has no network and is asked through a socket in a folder that it shares with the test.</summary>
internal sealed class RunningApp : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly TemporaryFolder _folder;
    private readonly string _container;
    private readonly string _image;
    private readonly HttpClient _client;

    private RunningApp(TemporaryFolder folder, string container, string image)
    {
        _folder = folder;
        _container = container;
        _image = image;
        _client = new HttpClient(new SocketsHttpHandler { ConnectCallback = ConnectAsync }) { BaseAddress = new Uri("http://web") };
    }

    /// <summary>Pulls the image of a platform and starts it as it is, as the user that it names.</summary>
    public static async Task<RunningApp> StartAsync(string image, string platform)
    {
        var folder = new TemporaryFolder();
        (await Command.RunAsync("chmod", "0777", folder.Path)).MustSucceed();
        (await RealParts.DockerAsync("pull", "--platform", platform, image)).MustSucceed();
        var started = (await RealParts.DockerAsync("run", "--detach", "--network", "none", "--pull", "never", "--platform", platform,
            "--volume", $"{folder.Path}:/socket", "--env", "ASPNETCORE_URLS=http://unix:/socket/web.sock", image)).MustSucceed();
        var app = new RunningApp(folder, started.Text.Trim(), image);
        await app.ReadyAsync();
        return app;
    }

    public async Task<string> GetAsync(string path) => await _client.GetStringAsync(new Uri(path, UriKind.Relative));

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        (await RealParts.DockerAsync("rm", "--force", _container)).MustSucceed();
        (await RealParts.DockerAsync("image", "rm", "--force", _image)).MustSucceed();
        _folder.Dispose();
    }

    private async Task ReadyAsync()
    {
        var began = Stopwatch.StartNew();
        while (true)
            try
            {
                await GetAsync("/healthz");
                return;
            }
            catch (HttpRequestException e) when (e.StatusCode is null)
            {
                var running = (await RealParts.DockerAsync("inspect", "--format", "{{.State.Running}}", _container)).MustSucceed().Text.Trim();
                if (running == "true" && began.Elapsed < Patience)
                {
                    await Task.Delay(200);
                    continue;
                }
                var log = await RealParts.DockerAsync("logs", _container);
                await DisposeAsync();
                Assert.Fail($"the app does not answer (running: {running}):\n{log.Error}{log.Text}");
            }
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(_folder.At("web.sock")), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
