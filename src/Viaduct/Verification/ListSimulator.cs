using Viaduct.Oci;
using Viaduct.Registry;
using Viaduct.Simulation;

namespace Viaduct.Verification;

/// <summary>Reads lists and images back and pulls them, in simulation, on a node of every platform.</summary>
public sealed class ListSimulator(RegistryClient registry, bool deep)
{
    private readonly PullSimulator _simulator = new();

    /// <summary>Whatever is wrong with the content stands in the report; only a registry that cannot be asked is an error.</summary>
    /// <param name="expected">The digest that was pushed; whatever is there when null.</param>
    /// <param name="nodes">The platforms to pull on; when empty, those that the list or the image names.</param>
    public async Task<ListReport> SimulateAsync(string image, Reference name, Digest? expected, IReadOnlyList<Platform> nodes, CancellationToken cancellationToken)
    {
        var report = new ListReport(image, name, null);
        try
        {
            var repository = registry.Repository(name);
            if (await repository.FindManifestAsync(name.TagOrDigest, cancellationToken).ConfigureAwait(false) is not { } manifest)
                return report with { IsMissing = true, Problems = [$"there is no image of the name {name}"] };
            report = report with { Digest = manifest.Digest };
            if (NoImage(manifest) is { } why) return report with { Problems = [$"it is neither an image nor a list of images: {why}"] };

            var problems = await new ListVerifier(repository, deep).VerifyAsync(manifest, cancellationToken).ConfigureAwait(false);
            if (expected is { } pushed && manifest.Digest != pushed) problems = [$"{name} points at {manifest.Digest}, and {pushed} was pushed", .. problems];
            report = report with { Problems = problems };
            var choice = nodes.Count > 0 ? new NodeChoice(nodes, []) : await NodeChoice.OfAsync(repository, manifest, cancellationToken).ConfigureAwait(false);
            return report with
            {
                Untried = choice.Untried,
                Pulls = await Task.WhenAll(choice.Nodes.Select(n => _simulator.PullAsync(repository, manifest, n, cancellationToken))).ConfigureAwait(false),
            };
        }
        catch (ViaductException e) when (e.IsAboutContent())
        {
            // What the verifier has told already is not told again.
            return report.Problems.Count > 0 ? report : report with { Problems = [e.Told()] };
        }
    }

    private static string? NoImage(RawManifest manifest) =>
        manifest.IsIndex ? null
        : !manifest.IsImage ? $"its media type is '{manifest.MediaType}'"
        : manifest.AsImage().Config.MediaType is var config && config is not (MediaTypes.OciConfig or MediaTypes.DockerConfig) ? $"its config is '{config}'"
        : null;
}
