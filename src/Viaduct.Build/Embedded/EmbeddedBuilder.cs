using Viaduct.Build.Attesting;
using Viaduct.Build.Dockerfiles;
using Viaduct.Oci;
using Viaduct.Registry;

namespace Viaduct.Build;

/// <summary>
/// Builds Dockerfiles without RUN, without a daemon and without root: the same inputs make the same bytes on every machine.
/// One instance may serve many builds at once; it remembers the digests of context files between them.
/// </summary>
public sealed class EmbeddedBuilder : IImageBuilder
{
    private readonly ContentHashes _hashes;
    private readonly FetchedFiles _fetched = new(new FileFetcher(TimeProvider.System));

    public EmbeddedBuilder() : this(new ContentHashes())
    {
    }

    internal EmbeddedBuilder(ContentHashes hashes) => _hashes = hashes;

    public string Name => "embedded";

    public async Task<Digest> KeyAsync(BuildRequest request, CancellationToken cancellationToken)
    {
        return await new InputKeys(Read(request), request, BuildContext.ForKey(request), _hashes).OfTargetAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>It needs nothing, and reads the Dockerfiles when it makes their keys.</summary>
    public Task CheckAsync(IReadOnlyList<BuildRequest> requests, CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task<BuiltImage> BuildAsync(BuildRequest request, BlobSpool spool, CancellationToken cancellationToken)
    {
        var graph = Read(request);
        await RequiredChecks.HoldAsync(request, cancellationToken).ConfigureAwait(false);
        var context = BuildContext.Of(request);
        var key = await new InputKeys(graph, request, request.Prepared is null ? context : BuildContext.ForKey(request), _hashes).OfTargetAsync(cancellationToken).ConfigureAwait(false);
        var runner = new StageRunner(graph, request, context, spool, _fetched);
        var image = await runner.RunAsync(cancellationToken).ConfigureAwait(false);
        var built = FinishedImage.Of(image, request, runner.Created, key);
        return await new Attester(request, Name).AttestAsync(built, graph, runner.Fetched, cancellationToken).ConfigureAwait(false);
    }

    private static StageGraph Read(BuildRequest request)
    {
        var graph = new StageGraph(DockerfileReader.Read(request.Dockerfile), request);
        graph.RequireEmbedded();
        FinishedImage.RequireForm(request);
        if (request.Platform.Normalized().Os == "windows") throw BuildErrors.Windows(request.Name, request.Platform);
        return graph;
    }
}
