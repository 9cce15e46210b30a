using System.IO.Pipelines;

namespace Viaduct.Cli.Tests;

/// <summary><c>viaduct registry serve</c> while a test needs it.</summary>
internal sealed class Served(string address, Task<int> running, CancellationTokenSource stop, StringWriter error, TextReader output) : IAsyncDisposable
{
    public string Address => address;

    public string Error => error.ToString();

    /// <summary>What was printed below the address; to be read after the end.</summary>
    public Task<string> RestAsync() => output.ReadToEndAsync();

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
        var running = RunAsync();
        var output = new StreamReader(pipe.Reader.AsStream());
        var line = output.ReadLineAsync();
        if (await Task.WhenAny(line, running) == running) throw new InvalidOperationException($"It did not serve: {error}");
        return new Served((await line)!, running, stop, error, output);

        async Task<int> RunAsync()
        {
            var exit = await CommandLine.RunAsync(["registry", "serve", "--port", port.ToString(), "--store", store, .. more], place.Caller(pipe.Writer.AsStream(), error), stop.Token);
            await pipe.Writer.CompleteAsync();
            return exit;
        }
    }
}
