namespace Viaduct.Acceptance.Tests;

/// <summary><c>viaduct registry serve</c> as a process.</summary>
internal sealed class ServedStore : IDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly Command _process;

    private ServedStore(TemporaryFolder folder, Command process, string address)
    {
        _folder = folder;
        _process = process;
        Address = address;
    }

    public string Address { get; }

    public static async Task<ServedStore> StartAsync(string store)
    {
        var folder = new TemporaryFolder();
        var process = ViaductCli.Start(folder, new Dictionary<string, string?>(), "registry", "serve", "--port", "0", "--store", store, "--verbose");
        return new ServedStore(folder, process, await process.FirstLineAsync());
    }

    /// <summary>As a power cut ends a process: no handler, no farewell.</summary>
    public async Task KillAsync()
    {
        _process.Signal(Native.KillNow);
        Assert.Equal(128 + Native.KillNow, (await _process.EndAsync()).Exit);
    }

    /// <summary>As Ctrl-C does.</summary>
    public async Task<Outcome> InterruptAsync()
    {
        _process.Signal(Native.Interrupt);
        return await _process.EndAsync();
    }

    public void Dispose()
    {
        _process.Dispose();
        _folder.Dispose();
    }
}
