using Viaduct.Oci;
using Viaduct.Planning;
using Viaduct.Registry;
using Viaduct.Simulation;

namespace Viaduct.Verification;

/// <summary>Reads lists back and pulls them, in simulation, on a node of every platform.</summary>
public sealed class ListSimulator(RegistryClient registry, bool deep)
{
    private readonly PullSimulator _simulator = new();

    /// <param name="expected">The digest that was pushed; whatever is there when null.</param>
    /// <param name="nodes">The platforms to pull on; those that the list names when empty.</param>
    public async Task<ListReport> SimulateAsync(string image, Reference name, Digest? expected, IReadOnlyList<Platform> nodes, CancellationToken cancellationToken)
    {
        var repository = registry.Repository(name);
        var manifest = await repository.FindManifestAsync(name.TagOrDigest, cancellationToken).ConfigureAwait(false) ?? throw PlanErrors.ChildMissing(name);
        IReadOnlyList<string> problems = manifest.IsIndex && name.Tag is not null
            ? await new ListVerifier(repository, deep).VerifyAsync(name, expected ?? manifest.Digest, cancellationToken).ConfigureAwait(false) : [];
        var platforms = nodes.Count > 0 || !manifest.IsIndex ? nodes : [.. manifest.AsIndex(name.ToString()).Manifests.Select(m => m.Platform).OfType<Platform>().Where(KnownPlatforms.Contains)];
        var pulls = await Task.WhenAll(platforms.Select(async node =>
            new NodePull(image, name, await _simulator.PullAsync(repository, manifest, node, cancellationToken).ConfigureAwait(false)))).ConfigureAwait(false);
        return new ListReport(image, name, manifest.Digest, problems, pulls);
    }
}
