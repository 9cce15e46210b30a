using System.Net;
using System.Net.Sockets;
using Viaduct.Benchmarks.Measuring;

namespace Viaduct.Benchmarks.Peers;

/// <summary>A distribution registry of the benchmark's own, on a free port over a folder in memory where there is one.</summary>
internal sealed class DistributionRegistry : IRegistry
{
    private readonly string _store;
    private readonly string _log;
    private readonly int _pid;

    private DistributionRegistry(string address, string store, string log, int pid)
    {
        Address = address;
        (_store, _log, _pid) = (store, log, pid);
    }

    public string Address { get; }

    /// <param name="logs">Whether requests are logged; logging costs time.</param>
    public static async Task<DistributionRegistry> StartAsync(Spawner spawner, string program, string folder, bool logs)
    {
        var address = $"127.0.0.1:{FreePort()}";
        var store = Directory.CreateDirectory(Path.Combine(folder, "store")).FullName;
        var (configuration, log) = (Path.Combine(folder, "config.yml"), Path.Combine(folder, "log"));
        // No cache of descriptors: what a tool saves the server shows.
        await File.WriteAllTextAsync(configuration, $$"""
            version: 0.1
            log: { level: {{(logs ? "info" : "error")}}, accesslog: { disabled: {{(logs ? "false" : "true")}} } }
            storage: { filesystem: { rootdirectory: {{store}} } }
            http: { addr: "{{address}}" }
            """).ConfigureAwait(false);
        var registry = new DistributionRegistry(address, store, log, spawner.Start([program, "serve", configuration], log));
        try
        {
            await registry.AnswersAsync().ConfigureAwait(false);
            return registry;
        }
        catch
        {
            registry.Dispose();
            throw;
        }
    }

    /// <summary>Forgets everything: without a cache the files are all there is.</summary>
    public void Empty()
    {
        foreach (var directory in Directory.EnumerateDirectories(_store)) Directory.Delete(directory, recursive: true);
    }

    /// <summary>The end of the log once it stands still: a request is logged after its answer.</summary>
    public async Task<long> MarkAsync()
    {
        var length = -1L;
        for (var still = 0; still < 5; await Task.Delay(100).ConfigureAwait(false))
        {
            var now = new FileInfo(_log).Length;
            still = now == length ? still + 1 : 0;
            length = now;
        }
        return length;
    }

    public async Task<Traffic> SinceAsync(long mark)
    {
        var end = await MarkAsync().ConfigureAwait(false);
        using var log = new FileStream(_log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        log.Position = mark;
        var bytes = new byte[end - mark];
        await log.ReadExactlyAsync(bytes).ConfigureAwait(false);
        return Traffic.Of(System.Text.Encoding.UTF8.GetString(bytes));
    }

    public void Dispose() => Spawner.Stop(_pid);

    private async Task AnswersAsync()
    {
        for (var attempt = 0; ; attempt++)
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await socket.ConnectAsync(IPEndPoint.Parse(Address)).ConfigureAwait(false);
                return;
            }
            catch (SocketException) when (attempt < 100)
            {
                await Task.Delay(100).ConfigureAwait(false);
            }
            catch (SocketException)
            {
                throw new BenchmarkException($"The registry did not start:\n{await File.ReadAllTextAsync(_log).ConfigureAwait(false)}");
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
