namespace Viaduct.Simulation;

/// <summary>One of the ways on which containerd comes to an image, and what it says on it when there is none.</summary>
/// <param name="Old">True for containerd 1.x.</param>
/// <param name="ImageError">What stands before an error of looking for the image in what was fetched.</param>
internal sealed record ContainerdWay(bool Old, ContainerdFetch Fetch, string ImageError)
{
    /// <summary>What nothing to fetch is called, {0} being the reference; null when that is no error.</summary>
    public string? FetchError { get; init; }

    /// <summary>True for CRI, which measures the image in the end (core/images/usage, CalculateImageUsage).</summary>
    public bool Measures { get; init; }

    /// <summary>True for containerd 1.6, whose Windows takes what begins with its own version.</summary>
    public bool WindowsByPrefix { get; init; }

    /// <summary>True from containerd 2.3 on, which looks at os.features; before, an entry with features passed for one without.</summary>
    public bool Features { get; init; }

    private const string Rpc = "rpc error: code = NotFound desc = ";
    private const string ConfigError = Rpc + "get image config descriptor: ";
    private const string PullError = Rpc + "failed to pull and unpack image \"{0}\": no match for platform in manifest: not found";

    public static readonly ContainerdWay CriTransfer = new(false, ContainerdFetch.Exact, ConfigError) { Measures = true };
    public static readonly ContainerdWay CriLocal = new(false, ContainerdFetch.Best, ConfigError) { FetchError = PullError, Measures = true };
    public static readonly ContainerdWay CriFeatures = CriTransfer with { Features = true };
    public static readonly ContainerdWay CriLocalFeatures = CriLocal with { Features = true };
    public static readonly ContainerdWay CriOld = CriLocal with { Old = true };
    public static readonly ContainerdWay CriOldest = CriOld with { WindowsByPrefix = true };
    public static readonly ContainerdWay CtrLocal = new(false, ContainerdFetch.Exact, "ctr: ");
    public static readonly ContainerdWay CtrOld = CtrLocal with { Old = true };
    public static readonly ContainerdWay CtrMount = new(false, ContainerdFetch.Everything, "ctr: error unpacking image: ");
    public static readonly ContainerdWay CtrMountOld = CtrMount with { Old = true };
}
