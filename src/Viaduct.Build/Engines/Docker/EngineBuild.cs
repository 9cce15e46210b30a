using System.Globalization;
using Docker.DotNet;
using Docker.DotNet.Models;
using Viaduct.Build.Dockerfiles;
using Viaduct.Build.Engines.Connections;
using Viaduct.Oci;
using ImageConfig = Viaduct.Oci.ImageConfig;
using Platform = Viaduct.Oci.Platform;

namespace Viaduct.Build.Engines;

/// <summary>One build in one engine: what is sent, what comes back, and what went wrong.</summary>
internal sealed class EngineBuild
{
    private readonly BuildRequest _request;
    private readonly DockerConnection _connection;
    private readonly Dockerfile _dockerfile;
    private readonly StageGraph _graph;
    private readonly SentDockerfile _sent;
    private readonly OwnWords _words;
    private readonly BaseImage? _onto;

    private EngineBuild(BuildRequest request, DockerConnection connection, Dockerfile dockerfile, StageGraph graph, SentDockerfile sent, OwnWords words, BaseImage? onto) =>
        (_request, _connection, _dockerfile, _graph, _sent, _words, _onto) = (request, connection, dockerfile, graph, sent, words, onto);

    public StageGraph Graph => _graph;

    /// <summary>Reads the Dockerfile and gives the engine the bases that it names.</summary>
    public static async Task<EngineBuild> PrepareAsync(BuildRequest request, DockerConnection connection, EngineBases engineBases, BuilderHost host, CancellationToken cancellationToken)
    {
        var dockerfile = DockerfileReader.Read(request.Dockerfile);
        var text = await File.ReadAllTextAsync(request.Dockerfile, cancellationToken).ConfigureAwait(false);
        var graph = new StageGraph(dockerfile, EngineRequest.Of(request, connection.Info));
        var bases = await NamedBase.OpenAsync(graph, request, cancellationToken).ConfigureAwait(false);
        NamedBase Find(StageSource source) => bases.First(b => b.Name == source.Image && b.Platform == source.Platform);
        ForeignTriggers.Check(graph, request, s => Find(s).Image.Config.Container.OnBuild);

        var given = new Dictionary<(string, Platform), Reference>();
        foreach (var wanted in bases) given[(wanted.Name, wanted.Platform)] = await engineBases.GiveAsync(wanted, cancellationToken).ConfigureAwait(false);
        var sent = new DockerfileRewriter(dockerfile, graph, text, request).Rewrite(s => given[(s.Image!, s.Platform)].ToString());
        var names = bases.GroupBy(b => given[(b.Name, b.Platform)]).ToDictionary(g => g.Key, g => g.First().Name);
        var words = new OwnWords(names, sent, dockerfile.Stages.Count, new Masking(request, host.Variable));
        return new EngineBuild(request, connection, dockerfile, graph, sent, words, SavedImage.Below(graph, bases));
    }

    /// <exception cref="ViaductException">VIA2165 with the step and its last words; VIA2166; what reading the context throws.</exception>
    public async Task RunAsync(Reference result, CancellationToken cancellationToken)
    {
        var log = new BuildLog(_request.Progress, _words.Of);
        var output = new BuildOutput(_connection.Info, log);
        var context = new ContextArchive(BuildContext.Of(_request), _sent.Text, _sent.HasContextStage, _request.Engine.Classic, _request.Epoch);
        try
        {
            await Sending.AsStreamAsync(context.WriteAsync, async body =>
            {
#pragma warning disable CS0618 // Those that are not obsolete throw at the first trace of BuildKit's (ADR 2).
                using var answer = await _connection.Client.Images.BuildImageFromDockerfileAsync(body, Parameters(result), cancellationToken).ConfigureAwait(false);
#pragma warning restore CS0618
                await output.ReadAsync(answer, cancellationToken).ConfigureAwait(false);
                return true;
            }, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpRequestException or IOException && !cancellationToken.IsCancellationRequested)
        {
            throw DockerBuildErrors.Lost(_connection.Info, _request, EngineWords.Of(e), e);
        }
        catch (DockerApiException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw DockerBuildErrors.Failed(_request.Dockerfile, $"the engine ended the build: {log.Shown(EngineWords.Of(e))}", []);
        }
        if (output.Error is { } error) throw Failure(log, error);
    }

    /// <exception cref="ViaductException">VIA2160, VIA2169.</exception>
    public Task<BuiltImage> SaveAsync(Reference result, Digest key, BlobSpool spool, CancellationToken cancellationToken) =>
        new SavedImage(_request, _connection.Info, _onto, spool).TakeAsync(_connection, result, key, cancellationToken);

    private ImageBuildParameters Parameters(Reference result)
    {
        var args = _request.Args.ToDictionary();
        args.TryAdd("SOURCE_DATE_EPOCH", _request.Epoch.ToString(CultureInfo.InvariantCulture));
        return new ImageBuildParameters
        {
            Version = _request.Engine.Classic ? "1" : "2",
            Dockerfile = ContextArchive.PathOf(_request.Engine.Classic),
            Tags = [result.ToString()],
            Platform = _request.Platform.ToString(),
            BuildArgs = args,
            Labels = _request.Labels.ToDictionary(),
            Target = _sent.Target ?? "",
            CacheFrom = [.. _request.Engine.CacheFrom],
            NetworkMode = _request.Engine.Network ?? "",
            Remove = true,
            ForceRemove = true,
        };
    }

    private ViaductException Failure(BuildLog log, string error)
    {
        var said = log.Shown(error);
        if (log.Failed is not { } step) return DockerBuildErrors.Failed(_request.Dockerfile, said, []);
        var position = new StepPositions(_dockerfile, _graph, _request.Engine.Classic).Find(step.Name);
        return DockerBuildErrors.Failed(position?.ToString() ?? _request.Dockerfile, step.ExitCode is { } code ? $"{step.Name} failed with exit code {code}" : $"{step.Name} failed: {said}", step.Lines);
    }
}
