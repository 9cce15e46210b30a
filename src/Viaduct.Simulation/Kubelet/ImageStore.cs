namespace Viaduct.Simulation;

/// <summary>The images that a node has before a pod comes, as CRI's ImageStatus finds them (containerd pkg/cri/store/image).</summary>
internal sealed class ImageStore
{
    private const string IdPrefix = "sha256:";

    private readonly Dictionary<string, PresentImage> _byName = new(StringComparer.Ordinal);
    private readonly ILookup<string, PresentImage> _byId;

    public ImageStore(KubeletSetup setup)
    {
        foreach (var image in setup.Images)
            foreach (var name in image.Names)
                _byName.TryAdd(name, image);
        _byId = setup.Images.Where(i => i.Id is not null).ToLookup(i => i.Id!, StringComparer.Ordinal);
        KnowsAll = setup.KnowsAllImages;
    }

    public bool KnowsAll { get; }

    /// <summary>By the very name, or by the ID where that is written; never by another name of the same content, and whatever its architecture.</summary>
    public PresentImage? Find(ImageName image) =>
        _byName.GetValueOrDefault(image.Stored) ?? (image.Written.StartsWith(IdPrefix, StringComparison.Ordinal) ? _byId[image.Written].FirstOrDefault() : null);

    /// <summary>All that is told of the same content: kubelet's records are by image ID.</summary>
    public IEnumerable<PresentImage> SameContent(PresentImage image) => image.Id is { } id ? _byId[id] : [image];

    /// <summary>A near miss: the names under which the node has the repository.</summary>
    public IEnumerable<string> NamesIn(string repository) =>
        _byName.Keys.Where(n => n.StartsWith(repository, StringComparison.Ordinal) && PresentImage.RepositoryOf(n) == repository);
}
