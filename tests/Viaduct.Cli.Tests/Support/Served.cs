using System.IO.Pipelines;

namespace Viaduct.Cli.Tests;

/// <summary><c>viaduct registry serve</c> while a test needs it.</summary>
internal sealed class Served(string address, Task<int> running, CancellationTokenSource stop, StringWriter error) : IAsyncDisposable
{
    public string Address => address;

    public string Error => error.ToString();

    public async Task<int> StopAsync()
    {
        await stop.CancelAsync();
        return await running;
    }

    public async ValueTask DisposeAsync() => await StopAsync();
}

internal static class Serving
{
    public static Task<Served> ServeAsync(this Place place, params string[] more) => ServeAsync(place, "served", 0, more);

    public static async Task<Served> ServeAsync(this Place place, string store, int port, params string[] more)
    {
        var pipe = new Pipe();
        var stop = new CancellationTokenSource();
        var error = new StringWriter();
        var running = CommandLine.RunAsync(["registry", "serve", "--port", port.ToString(), "--store", store, .. more], place.Caller(pipe.Writer.AsStream(), error), stop.Token);
        var line = new StreamReader(pipe.Reader.AsStream()).ReadLineAsync();
        if (await Task.WhenAny(line, running) == running) throw new InvalidOperationException($"It did not serve: {error}");
        return new Served((await line)!, running, stop, error);
    }
}
