
namespace Viaduct.Acceptance.Tests;

/// <summary>distribution's registry over a folder of its own.</summary>
internal sealed class Distribution : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly Command _process;

    private Distribution(TemporaryFolder folder, Command process, string address)
    {
        _folder = folder;
        _process = process;
        Address = address;
    }

    public string Address { get; }

    public static async Task<Distribution> StartAsync()
    {
        var address = $"127.0.0.1:{Ports.Free()}";
        var folder = new TemporaryFolder();
        folder.With("config.yml", $$"""
            version: 0.1
            log: { level: warn }
            storage:
              filesystem: { rootdirectory: {{folder.At("data")}} }
              delete: { enabled: true }
            http: { addr: "{{address}}" }
            """);
        var process = Command.Start(["docker-registry", "serve", folder.At("config.yml")]);
        using var client = new HttpClient();
        for (var tries = 0; ; tries++)
            try
            {
                (await client.GetAsync(new Uri($"http://{address}/v2/"))).EnsureSuccessStatusCode();
                return new Distribution(folder, process, address);
            }
            catch (HttpRequestException) when (tries < 300 && !process.HasEnded)
            {
                await Task.Delay(100);
            }
    }

    public ValueTask DisposeAsync()
    {
        _process.Dispose();
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
