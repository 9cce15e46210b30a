using Viaduct.Oci;
using Viaduct.Oci.Layers;

namespace Viaduct.Build;

/// <summary>An image while it grows: config, layers and, once a step needs it, the tree of its files.</summary>
internal sealed class StageImage
{
    private readonly Func<CancellationToken, Task<FileTree>> _load;
    private FileTree? _tree;

    /// <param name="load">Answers a tree that is this image's alone.</param>
    private StageImage(Func<CancellationToken, Task<FileTree>> load)
    {
        _load = load;
        Lists = new ConfigLists(this);
    }

    /// <summary>Between the beginning and the end of its stage its lists are in <see cref="Lists"/>.</summary>
    public ContainerConfig Container { get; set; } = new();

    public ConfigLists Lists { get; }

    /// <summary>Null while they are those of the config.</summary>
    public ExposedPorts? Ports { get; set; }

    public string? Author { get; set; }

    public List<Blob> Layers { get; private init; } = [];

    public List<Digest> DiffIds { get; private init; } = [];

    public List<HistoryEntry> History { get; private init; } = [];

    /// <summary>True once CMD stood in the stage itself: ENTRYPOINT resets only one that was inherited.</summary>
    public bool HasOwnCmd { get; set; }

    public static StageImage Scratch() => new(_ => Task.FromResult(FileTree.Empty()))
    {
        Container = new ContainerConfig { Env = [DefaultPath.Variable], WorkingDir = "/" },
    };

    public static StageImage Of(BaseImage image)
    {
        var layers = image.Manifest.AsImage().Layers.Select(l => l with { MediaType = LayerTypes.OciOf(l.MediaType) })
            .Select(l => new Blob(l, async token => await image.Content.OpenBlobAsync(l, token).ConfigureAwait(false)) { MountFrom = image.Repository }).ToList();
        var container = image.Config.Container;
        FileTree? loaded = null;
        return new StageImage(async token => (loaded ??= await ImageFiles.LoadAsync(layers, token).ConfigureAwait(false)).Copy())
        {
            Container = EnvironmentVariables.Has(container.Env, "PATH") ? container : container with { Env = [.. container.Env, DefaultPath.Variable] },
            Author = image.Config.Author,
            Layers = layers,
            DiffIds = [.. image.Config.DiffIds],
            History = [.. Complete(image.Config.History, layers.Count)],
        };
    }

    /// <summary>The beginning of another stage that stands on this one, which is finished: when it has no tree by now, it changed no file of its base.</summary>
    public StageImage Child() => new(_tree is { } tree ? _ => Task.FromResult(tree.Copy()) : _load)
    {
        Container = Container,
        Ports = Ports?.Copy(),
        Author = Author,
        Layers = [.. Layers],
        DiffIds = [.. DiffIds],
        History = [.. History],
    };

    public async Task<FileTree> TreeAsync(CancellationToken cancellationToken) => _tree ??= await _load(cancellationToken).ConfigureAwait(false);

    /// <summary>Readers count the entries that are not empty and expect one a layer; some images lack them.</summary>
    private static IEnumerable<HistoryEntry> Complete(IReadOnlyList<HistoryEntry> history, int layers)
    {
        var missing = layers - history.Count(h => !h.EmptyLayer);
        return Enumerable.Repeat(new HistoryEntry { Comment = "not recorded" }, Math.Max(0, missing)).Concat(history);
    }
}
