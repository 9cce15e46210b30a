namespace Viaduct.Build.Engines;

/// <summary>containerd's <c>ctr</c>, started as a process: containerd's own API is gRPC, and loading would need half of it.</summary>
internal sealed class Ctr(string program, string address, string ns)
{
    public string Address => address;

    /// <summary>The words before the verb, as a user would write them.</summary>
    public IReadOnlyList<string> Words => ["ctr", .. Globals];

    private IEnumerable<string> Globals =>
        [.. address == ContainerdEngine.DefaultAddress ? (string[])[] : ["--address", address], .. ns == ContainerdEngine.DefaultNamespace ? (string[])[] : ["--namespace", ns]];

    /// <param name="write">What is sent to its standard input.</param>
    /// <exception cref="EngineSilence">It cannot be started.</exception>
    public Task<ToolResult> RunAsync(IReadOnlyList<string> words, Func<Stream, CancellationToken, Task>? write, CancellationToken cancellationToken) =>
        new Tool([program, "--address", address, "--namespace", ns]) { Input = write }.RunAsync(words, cancellationToken);
}
