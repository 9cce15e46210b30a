using System.IO.Pipelines;
using System.Net;
using Docker.DotNet;
using Docker.DotNet.Models;
using Viaduct.Oci;
using Platform = Viaduct.Oci.Platform;

namespace Viaduct.Build.Engines;

/// <summary>docker, and podman that speaks as docker does, over the Engine API. The only place that knows Docker.DotNet (ADR 2).</summary>
internal sealed class DockerEngine : IEngine
{
    // A socket of systemd starts its engine when it is called.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly DockerClient _client;
    private readonly IReadOnlyList<string> _command;

    private DockerEngine(DockerClient client, EngineInfo info, IReadOnlyList<string> command) => (_client, Info, _command) = (client, info, command);

    public EngineInfo Info { get; }

    /// <summary>Asks the engine what it is.</summary>
    /// <param name="command">The client that a user runs, with what it needs to find the engine.</param>
    /// <exception cref="ViaductException">VIA2191.</exception>
    /// <exception cref="EngineSilence">It does not answer.</exception>
    public static async Task<DockerEngine> ConnectAsync(string address, IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        var client = new DockerClientBuilder().WithEndpoint(Endpoint(address)).WithTimeout(Timeout.InfiniteTimeSpan).Build();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            var version = await client.System.GetVersionAsync(patience.Token).ConfigureAwait(false);
            var system = await client.System.GetSystemInfoAsync(patience.Token).ConfigureAwait(false);
            return new DockerEngine(client, Told(address, version, system), command);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            client.Dispose();
            throw new EngineSilence(e is OperationCanceledException ? $"no answer within {Patience.TotalSeconds:0} seconds" : Reason(e), e);
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    public async Task LoadAsync(Platform platform, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        var pipe = new Pipe();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var writing = WriteAsync(pipe.Writer, write, stop.Token);
        var said = new Errors();
        Exception? failure = null;
        try
        {
            await _client.Images.LoadImageAsync(new ImageLoadParameters { Quiet = true }, pipe.Reader.AsStream(), said, stop.Token).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            failure = e;
        }
        // An engine that has answered reads no more, and whoever writes would wait for it for ever.
        await stop.CancelAsync().ConfigureAwait(false);
        await pipe.Reader.CompleteAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        if (await writing.ConfigureAwait(false) is { } cause and not OperationCanceledException) throw cause;
        if (said.First is { } words) throw EngineErrors.Refused(Info, words, failure);
        if (failure is not null) throw EngineErrors.Refused(Info, Reason(failure), failure);
    }

    public async Task<string?> FindAsync(Reference name, CancellationToken cancellationToken)
    {
        try
        {
            var id = (await _client.Images.InspectImageAsync(NameOf(name), cancellationToken).ConfigureAwait(false)).ID;
            // podman says it without.
            return id.Contains(':', StringComparison.Ordinal) ? id : "sha256:" + id;
        }
        catch (DockerApiException e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
        catch (Exception e) when (e is DockerApiException or HttpRequestException or IOException)
        {
            throw EngineErrors.Refused(Info, Reason(e), e);
        }
    }

    public string NameOf(Reference name) => name.Familiar;

    public IReadOnlyList<string> RunWith(Reference name, Platform? platform) =>
        [.. _command, "run", "--rm", .. platform is null ? (string[])[] : ["--platform", platform.ToString()], NameOf(name)];

    public void Dispose() => _client.Dispose();

    private static Uri Endpoint(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri)) throw EngineErrors.BadAddress(address, "it has no scheme");
        return uri.Scheme is "unix" or "tcp" or "http" or "npipe" ? uri : throw EngineErrors.BadAddress(address, $"{uri.Scheme} is not spoken");
    }

    private static EngineInfo Told(string address, VersionResponse version, SystemInfoResponse system)
    {
        var isPodman = version.Components?.Any(c => c.Name.StartsWith("Podman", StringComparison.OrdinalIgnoreCase)) == true;
        var store = system.DriverStatus?.Any(pair => pair is ["driver-type", "io.containerd.snapshotter.v1"]) == true;
        var platform = new Platform(version.Os ?? "linux", version.Arch ?? "amd64", Variant(version.Arch, system.Architecture, address));
        return new EngineInfo(isPodman ? "podman" : "docker", EngineErrors.Short(version.Version ?? "?"), address, platform, store);
    }

    /// <summary>What the machine calls itself (uname) tells one arm from another; the level of x86-64 is known of this machine only.</summary>
    private static string? Variant(string? architecture, string? machine, string address) => (architecture, machine) switch
    {
        ("arm", { Length: > 4 }) when machine.StartsWith("armv", StringComparison.Ordinal) => machine[3..5],
        ("amd64", _) when address.StartsWith("unix:", StringComparison.Ordinal) => HostProcessor.Level(),
        _ => null,
    };

    /// <returns>What went wrong, so that nobody waits for an exception that is never looked at.</returns>
    private static async Task<Exception?> WriteAsync(PipeWriter writer, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        Exception? failure = null;
        try
        {
            await write(writer.AsStream(leaveOpen: true), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            failure = e;
        }
        await writer.CompleteAsync(failure).ConfigureAwait(false);
        return failure;
    }

    private static string Reason(Exception e) => e is DockerApiException { ResponseBody: { Length: > 0 } body } ? EngineWords.Of(body) : e.GetBaseException().Message;

    /// <summary>The first error among the engine's messages: an answer of 200 may hold one.</summary>
    private sealed class Errors : IProgress<JSONMessage>
    {
        public string? First { get; private set; }

        public void Report(JSONMessage value) => First ??= value.Error?.Message;
    }
}
