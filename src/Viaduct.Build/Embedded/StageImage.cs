using Viaduct.Oci;
using Viaduct.Oci.Layers;

namespace Viaduct.Build;

/// <summary>An image while it grows: config, layers and, once a step needs it, the tree of its files.</summary>
internal sealed class StageImage
{
    private Func<CancellationToken, Task<FileTree>> _load;
    private FileTree? _tree;

    private StageImage(Func<CancellationToken, Task<FileTree>> load) => _load = load;

    public ContainerConfig Container { get; set; } = new();

    public string? Author { get; private init; }

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
        var layers = image.Manifest.AsImage().Layers.Select(l => l with { MediaType = Modern(l.MediaType) })
            .Select(l => new Blob(l, async token => await image.Content.OpenBlobAsync(l, token).ConfigureAwait(false)) { MountFrom = image.Repository }).ToList();
        var container = image.Config.Container;
        return new StageImage(token => ImageFiles.LoadAsync(layers, token))
        {
            Container = Environments.Has(container.Env, "PATH") ? container : container with { Env = [.. container.Env, DefaultPath.Variable] },
            Author = image.Config.Author,
            Layers = layers,
            DiffIds = [.. image.Config.DiffIds],
            History = [.. Complete(image.Config.History, layers.Count)],
        };
    }

    /// <summary>The beginning of another stage that stands on this one.</summary>
    public StageImage Child() => new(async token => (await TreeAsync(token).ConfigureAwait(false)).Copy())
    {
        Container = Container,
        Author = Author,
        Layers = [.. Layers],
        DiffIds = [.. DiffIds],
        History = [.. History],
    };

    public async Task<FileTree> TreeAsync(CancellationToken cancellationToken) => _tree ??= await LoadAsync(cancellationToken).ConfigureAwait(false);

    private async Task<FileTree> LoadAsync(CancellationToken cancellationToken)
    {
        var tree = await _load(cancellationToken).ConfigureAwait(false);
        _load = _ => Task.FromResult(tree);
        return tree;
    }

    /// <summary>The bytes of docker's layers are OCI's; an OCI manifest names them by OCI's media types.</summary>
    private static string Modern(string mediaType) => mediaType switch
    {
        MediaTypes.DockerLayerGzip => MediaTypes.OciLayerGzip,
        "application/vnd.docker.image.rootfs.diff.tar" => MediaTypes.OciLayer,
        "application/vnd.docker.image.rootfs.diff.tar.zstd" => MediaTypes.OciLayerZstd,
        _ => mediaType,
    };

    /// <summary>Readers count the entries that are not empty and expect one a layer; some images lack them.</summary>
    private static IEnumerable<HistoryEntry> Complete(IReadOnlyList<HistoryEntry> history, int layers)
    {
        var missing = layers - history.Count(h => !h.EmptyLayer);
        return Enumerable.Repeat(new HistoryEntry { Comment = "not recorded" }, Math.Max(0, missing)).Concat(history);
    }
}
