using Viaduct.Build.Dockerfiles;
using Viaduct.Oci;

namespace Viaduct.Build;

/// <summary>
/// Builds Dockerfiles without RUN, without a daemon and without root: the same inputs make the same bytes on every machine.
/// One instance may serve many builds at once; it remembers the digests of context files between them.
/// </summary>
public sealed class EmbeddedBuilder : IImageBuilder
{
    private readonly ContentHashes _hashes = new();

    public string Name => "embedded";

    public async Task<Digest> KeyAsync(BuildRequest request, CancellationToken cancellationToken)
    {
        var (graph, context) = Open(request);
        return await new InputKeys(graph, request, context, _hashes).OfTargetAsync(cancellationToken).ConfigureAwait(false);
    }

    public async Task<BuiltImage> BuildAsync(BuildRequest request, BlobSpool spool, CancellationToken cancellationToken)
    {
        var (graph, context) = Open(request);
        var key = await new InputKeys(graph, request, context, _hashes).OfTargetAsync(cancellationToken).ConfigureAwait(false);
        var runner = new StageRunner(graph, request, context, spool);
        var image = await runner.RunAsync(cancellationToken).ConfigureAwait(false);

        var labels = image.Container.Labels.ToDictionary();
        foreach (var (name, value) in request.Labels) labels[name] = value;
        var config = new ImageConfig(request.Platform)
        {
            Created = runner.Created,
            Author = image.Author,
            Container = image.Container with { Labels = labels, ExposedPorts = image.Ports?.ToList() ?? image.Container.ExposedPorts },
            DiffIds = image.DiffIds,
            History = image.History,
        };
        var configBlob = Blob.FromBytes(MediaTypes.OciConfig, config.ToBytes());
        var manifest = new ImageManifest(configBlob.Descriptor, [.. image.Layers.Select(l => l.Descriptor)])
        {
            Annotations = new Dictionary<string, string> { [Annotations.InputKey] = key.ToString() },
        };
        return new BuiltImage(request.Platform, manifest.ToManifest(), config, [configBlob, .. image.Layers]);
    }

    private static (StageGraph Graph, BuildContext Context) Open(BuildRequest request)
    {
        var graph = new StageGraph(DockerfileReader.Read(request.Dockerfile), request);
        graph.RequireEmbedded();
        if (request.Platform.Normalized().Os == "windows") throw BuildErrors.Windows(request.Name, request.Platform);
        return (graph, BuildContext.Open(request.Context, request.Dockerfile));
    }
}
