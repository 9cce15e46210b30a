
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

    /// <summary>Where the repositories lie, a folder each: without a cache the files are all that the registry knows.</summary>
    public string Repositories => _folder.At("data/docker/registry/v2/repositories");

    /// <param name="password">One line of an htpasswd file: nobody else gets in.</param>
    public static async Task<Distribution> StartAsync(string? password = null)
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
            {{(password is null ? "" : $"auth: {{ htpasswd: {{ realm: tests, path: {folder.At("htpasswd")} }} }}")}}
            """).With("htpasswd", password + "\n");
        var process = Command.Start(["docker-registry", "serve", folder.At("config.yml")]);
        using var client = new HttpClient();
        for (var tries = 0; ; tries++)
            try
            {
                using var answer = await client.GetAsync(new Uri($"http://{address}/v2/"));
                if (password is null) answer.EnsureSuccessStatusCode();
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
