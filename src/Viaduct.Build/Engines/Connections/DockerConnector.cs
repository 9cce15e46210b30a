using Docker.DotNet;
using Viaduct.Oci;

namespace Viaduct.Build.Engines.Connections;

/// <summary>Connects to engines as docker's own client would.</summary>
/// <param name="variable">The environment.</param>
internal sealed class DockerConnector(Func<string, string?> variable, EnginePatience? given = null)
{
    private readonly EnginePatience _patience = given ?? new EnginePatience();

    /// <param name="address">As for <c>docker --host</c>; null for <paramref name="context"/>.</param>
    /// <param name="context">As for <c>docker --context</c>; both null for where docker's client would look.</param>
    /// <exception cref="ViaductException">VIA2191 for a bad address, VIA2193 for docker's own files.</exception>
    /// <exception cref="EngineSilence">Nothing answers.</exception>
    public Task<DockerConnection> ConnectAsync(string? address, string? context, CancellationToken cancellationToken) =>
        ConnectAsync(new DockerEndpoints(variable).Find(address, context), cancellationToken);

    /// <summary>Asks the engine what it is.</summary>
    /// <exception cref="ViaductException">VIA2193 for TLS files.</exception>
    /// <exception cref="EngineSilence">It does not answer.</exception>
    public async Task<DockerConnection> ConnectAsync(DockerEndpoint endpoint, CancellationToken cancellationToken)
    {
        // Who connects is told something else, or waits.
        if (endpoint.Address is UnixAddress socket && !File.Exists(socket.Path)) throw new EngineSilence("there is no such socket");
        var client = new DockerClientBuilder()
            .WithEndpoint(new Uri("http://docker.example.com")).WithTimeout(Timeout.InfiniteTimeSpan)
            .WithTransportOptions(new EngineTransport(() => Programs.Find("ssh", variable), _patience), endpoint).Build();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var time = endpoint.Address is SshAddress ? _patience.ConnectWithSsh : _patience.Connect;
        patience.CancelAfter(time);
        try
        {
            var version = await client.System.GetVersionAsync(patience.Token).ConfigureAwait(false);
            var system = await client.System.GetSystemInfoAsync(patience.Token).ConfigureAwait(false);
            return new DockerConnection(client, endpoint.Address.Text, endpoint.Command, version, system) { IsPrivate = endpoint.IsPrivate };
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            client.Dispose();
            throw new EngineSilence(e is OperationCanceledException ? $"no answer within {time.TotalSeconds:0} seconds" : EngineWords.Of(e), e);
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }
}
