using Viaduct.Oci;

namespace Viaduct.Simulation;

/// <summary>
/// What registries say and what images are made of, for all nodes of a cluster: each image and login is asked for once, and each image read once.
/// </summary>
public sealed class SharedPulls(IRegistries registries)
{
    private readonly KeyedTasks<(string Image, RegistryLogin? Login), ImageAnswer> _answers = new();
    private readonly PullSimulator _images = new();

    /// <summary>Distinct questions that were put to the registries.</summary>
    public int Asked => _asked;

    private int _asked;

    internal Task<ImageAnswer> AskAsync(Reference image, RegistryLogin? login, CancellationToken cancellationToken) =>
        _answers.GetAsync((image.ToString(), login), ct => { Interlocked.Increment(ref _asked); return registries.AskAsync(image, login, ct).AsTask(); }, cancellationToken);

    /// <exception cref="ViaductException">As <see cref="PullSimulator"/> throws.</exception>
    internal Task<SimulatedPull> PullAsync(IContentSource source, RawManifest manifest, string image, Node node, IReadOnlyList<string>? command, CancellationToken cancellationToken) =>
        _images.PullAsync(source, manifest, image, node, command, cancellationToken);
}
