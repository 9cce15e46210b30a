using Viaduct.Build.Attesting;
using Viaduct.Build.Dockerfiles;
using Viaduct.Oci;
using Viaduct.Oci.Layers;

namespace Viaduct.Build;

/// <summary>Executes the stages that the target needs, one after the other.</summary>
internal sealed class StageRunner(StageGraph graph, BuildRequest request, BuildContext context, BlobSpool spool, FetchedFiles fetched)
{
    private readonly Dictionary<int, StageImage> _done = [];
    private readonly OpenedBases _bases = new(request.Bases);
    private readonly string _created = Rfc3339.Format(request.Epoch);

    private readonly List<Dependency> _fetched = [];

    public string Created => _created;

    /// <summary>What ADD took from addresses, by its checksum.</summary>
    public IReadOnlyList<Dependency> Fetched => _fetched;

    /// <summary>Answers the target's image.</summary>
    public async Task<StageImage> RunAsync(CancellationToken cancellationToken)
    {
        foreach (var stage in graph.Order) _done[stage.Index] = await RunAsync(stage, cancellationToken).ConfigureAwait(false);
        return _done[graph.Target.Index];
    }

    private async Task<StageImage> RunAsync(Stage stage, CancellationToken cancellationToken)
    {
        var image = (await OpenAsync(graph.BaseOf(stage), cancellationToken).ConfigureAwait(false)).Child();
        var instructions = graph.InstructionsOf(stage, image.Container.OnBuild);
        image.Container = image.Container with { OnBuild = [] };
        foreach (var step in StageSteps.Of(instructions, graph, image.Container.Env, open: false))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await RunAsync(step, image, cancellationToken).ConfigureAwait(false);
        }
        image.Lists.PutBack();
        return image;
    }

    private async Task<StageImage> OpenAsync(StageSource from, CancellationToken cancellationToken) =>
        from.Stage is { } stage ? _done[stage.Index]
        : from.Image is { } name ? await _bases.OpenAsync(from.Word, name, from.Platform, cancellationToken).ConfigureAwait(false)
        : StageImage.Scratch();

    private Task<StageImage> OpenFromAsync(Word from, CancellationToken cancellationToken) => OpenAsync(graph.FromOf(from), cancellationToken);

    private async Task RunAsync(Step step, StageImage image, CancellationToken cancellationToken)
    {
        var changes = step.Instruction switch
        {
            CopyInstruction copy => await new CopyRunner(context, spool, fetched, OpenFromAsync).RunAsync(copy, step, image, cancellationToken).ConfigureAwait(false),
            TextInstruction { Name: "WORKDIR" } => await EnterAsync(step, image, cancellationToken).ConfigureAwait(false),
            _ => null,
        };
        if (step.Checksum is { } checksum) _fetched.Add(new(RemoteFile.Of(step.Words[0]).Plain, Digest.Parse(checksum.Text)));
        if (changes is null) ConfigSteps.Apply(step, image);
        var layer = changes is { Changed.Count: > 0 };
        if (layer) await AddLayerAsync(changes!, image, cancellationToken).ConfigureAwait(false);
        // ONBUILD leaves no line, as with BuildKit: its instruction's stands in the children.
        if (step.Instruction is OnBuildInstruction) return;
        image.History.Add(new HistoryEntry { Created = _created, CreatedBy = HistoryLines.Of(step, image), Comment = "viaduct", EmptyLayer = !layer });
    }

    /// <summary>WORKDIR makes the folder if it is not there; it belongs to the user of the moment, as with BuildKit.</summary>
    private async Task<LayerChanges> EnterAsync(Step step, StageImage image, CancellationToken cancellationToken)
    {
        var path = SlashPath.Absolute(image.Container.WorkingDir ?? "/", step.Words[0].Text);
        image.Container = image.Container with { WorkingDir = path };
        var tree = await image.TreeAsync(cancellationToken).ConfigureAwait(false);
        var changes = new LayerChanges(tree, step.Words[0].Word);
        var place = tree.Locate(path, step.Words[0].Word);
        if (tree.Find(place) is not { IsFolder: true })
        {
            var user = image.Container.User is { Length: > 0 } name ? Expanded.Literal(step.Words[0].Word with { Text = name }) : null;
            changes.MakeFolders(place, user is null ? Owner.Root : await new Owners(tree).FindAsync(user, cancellationToken).ConfigureAwait(false));
        }
        return changes;
    }

    private async Task AddLayerAsync(LayerChanges changes, StageImage image, CancellationToken cancellationToken)
    {
        var output = spool.Begin();
        await using var writer = new LayerWriter(output, request.Threads, request.Form.Compressor);
        await ImageFiles.FetchAsync(changes.Changed.Values, spool, cancellationToken).ConfigureAwait(false);
        foreach (var (path, node) in changes.Changed)
        {
            await using var content = node.Content is null ? null : await node.Content.OpenAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                await writer.AddAsync(node.Entry with { Path = path, ModificationTime = request.Epoch }, content, cancellationToken).ConfigureAwait(false);
            }
            catch (ViaductException e) when (e.Code == "VIA1025" && node.Content is ContextFile file)
            {
                // Shorter or longer than the entry says, which is all that the writer sees.
                throw BuildErrors.Changed(file.Path);
            }
            node.Content?.CheckUnchanged();
        }
        var layer = await writer.CompleteAsync(cancellationToken).ConfigureAwait(false);
        image.Layers.Add(output.Seal(layer.Descriptor));
        image.DiffIds.Add(layer.DiffId);
    }
}
