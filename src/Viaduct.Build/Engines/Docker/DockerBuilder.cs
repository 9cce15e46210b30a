using Viaduct.Build.Attesting;
using Viaduct.Build.Dockerfiles;
using Viaduct.Build.Engines.Connections;
using Viaduct.Oci;

namespace Viaduct.Build.Engines;

/// <summary>Builds with BuildKit in a Docker engine, over the plain Engine API. What it makes is taken out of the engine again (ADR 7).</summary>
internal sealed class DockerBuilder(BuilderName name, BuilderHost host, ContentHashes hashes, EnginePatience? given = null) : IImageBuilder, IDisposable
{
    private readonly EnginePatience _patience = given ?? new EnginePatience();
    private readonly SemaphoreSlim _lock = new(1, 1);
    private readonly TemporaryNames _names = new();
    private DockerConnection? _connection;
    private EngineBases? _bases;

    public string Name => name.ToString();

    public Task<Digest> KeyAsync(BuildRequest request, CancellationToken cancellationToken) => new EngineKeys(hashes).OfAsync(request, cancellationToken);

    public async Task CheckAsync(IReadOnlyList<BuildRequest> requests, CancellationToken cancellationToken)
    {
        foreach (var request in requests) Requirements.CheckOptions(name, request);
        var (connection, _) = await ConnectAsync(cancellationToken).ConfigureAwait(false);
        await new Requirements(name, connection, new Emulation()).CheckAsync(requests, cancellationToken).ConfigureAwait(false);
    }

    public async Task<BuiltImage> BuildAsync(BuildRequest request, BlobSpool spool, CancellationToken cancellationToken)
    {
        Requirements.CheckOptions(name, request);
        await RequiredChecks.HoldAsync(request, cancellationToken).ConfigureAwait(false);
        var key = await KeyAsync(request, cancellationToken).ConfigureAwait(false);
        var (connection, bases) = await ConnectAsync(cancellationToken).ConfigureAwait(false);
        var build = await EngineBuild.PrepareAsync(request, connection, bases, host, cancellationToken).ConfigureAwait(false);
        var result = _names.Build();
        try
        {
            await build.RunAsync(result, cancellationToken).ConfigureAwait(false);
            var built = await build.SaveAsync(result, key, spool, cancellationToken).ConfigureAwait(false);
            return await new Attester(request, "docker").AttestAsync(built with { Key = key }, build.Graph, [], cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // Who has cancelled wants no name to stay, either; but an engine that hangs is not waited for.
            await Farewell.TakeAsync(token => EngineBases.RemoveAsync(connection, result, token), _patience).ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        if (_bases is { } bases) Task.Run(() => Farewell.TakeAsync(bases.RemoveNamesAsync, _patience)).GetAwaiter().GetResult();
        _connection?.Dispose();
        _lock.Dispose();
    }

    private async Task<(DockerConnection Connection, EngineBases Bases)> ConnectAsync(CancellationToken cancellationToken)
    {
        await _lock.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            _connection ??= await new DockerConnector(host.Variable, _patience).ConnectAsync(name.Address, name.Instance, cancellationToken).ConfigureAwait(false);
            return (_connection, _bases ??= new EngineBases(_connection, host.Credentials, _names));
        }
        catch (EngineSilence silence)
        {
            throw DockerBuildErrors.Silent(name, silence.Message, silence);
        }
        finally
        {
            _lock.Release();
        }
    }
}
