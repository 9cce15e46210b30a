using System.Collections.Concurrent;
using Viaduct.Oci;
using Viaduct.Registry;
using Viaduct.Simulation;

namespace Viaduct.Verification;

/// <summary>Reads lists and images back and pulls them, in simulation, on nodes. What several lists share is read once.</summary>
public sealed class ListSimulator(RegistryClient registry, PullOptions options)
{
    private readonly PullSimulator _simulator = new(options);
    private readonly ConcurrentDictionary<string, SharedManifests> _sources = new(StringComparer.Ordinal);

    public ListSimulator(RegistryClient registry, bool deep)
        : this(registry, PullOptions.Default with { Deep = deep })
    {
    }

    /// <summary>What the nodes have that a list or image names itself.</summary>
    public Runtime Runtime { get; init; } = Runtimes.Default;

    /// <summary>Whether everything that a name points at is looked for besides; with <see cref="PullOptions.Deep"/> every blob is hashed, too.</summary>
    public bool Verifies { get; init; } = true;

    /// <summary>Whatever is wrong with the content stands in the report; only a registry that cannot be asked is an error.</summary>
    /// <param name="expected">The digest that was pushed; whatever is there when null.</param>
    /// <param name="nodes">The nodes to pull on, each of them; when empty, one for each platform that the list or the image names.</param>
    public async Task<ListReport> SimulateAsync(string image, Reference name, Digest? expected, IReadOnlyList<Node> nodes, CancellationToken cancellationToken)
    {
        var report = new ListReport(image, name, null);
        var faults = new List<Fault>();
        try
        {
            var repository = registry.Repository(name);
            var source = _sources.GetOrAdd(name.Name, _ => new SharedManifests(repository));
            if (await source.FindManifestAsync(name.TagOrDigest, cancellationToken).ConfigureAwait(false) is not { } manifest)
                return Told(report with { IsMissing = true, Pulls = [.. nodes.Select(n => PullSimulator.Missing(name, n))] }, [Fault.Missing("there is no image of this name")]);
            report = report with { Digest = manifest.Digest };
            if (WhyNoImage(manifest) is { } why)
                return Told(report, [new(new(FindingKinds.NotAnImage, Verdict.Failure, $"it is neither an image nor a list of images: {why}"))]);

            if (expected is { } pushed && manifest.Digest != pushed) faults.Add(Fault.Missing($"{name} points at {manifest.Digest}, and {pushed} was pushed"));
            if (Verifies) faults.AddRange(await new ListVerifier(repository, source, options.Deep).VerifyAsync(manifest, cancellationToken).ConfigureAwait(false));
            var choice = nodes.Count > 0 ? new NodeChoice(nodes, []) : await NodeChoice.OfAsync(source, manifest, Runtime, cancellationToken).ConfigureAwait(false);
            var pulls = await Task.WhenAll(choice.Nodes.Select(n => _simulator.PullAsync(source, manifest, Named(name), n, cancellationToken))).ConfigureAwait(false);
            return Told(report with { Untried = choice.Untried, Pulls = pulls }, faults, PinnedImage.Find(name, manifest, pulls));
        }
        catch (ViaductException e) when (e.IsAboutContent())
        {
            // What the verifier has told already is not told again.
            return Told(report, faults.Count > 0 ? faults : [Fault.Of("", e)]);
        }
    }

    /// <summary>Why no runtime makes a container of it; null for images and lists.</summary>
    public static string? WhyNoImage(RawManifest manifest) =>
        manifest.IsIndex ? null
        : !manifest.IsImage ? manifest.MediaType.Length == 0 ? "it names no media type" : $"its media type is '{manifest.MediaType}'"
        : manifest.AsImage().Config.MediaType is var config && config is not (MediaTypes.OciConfig or MediaTypes.DockerConfig) ? $"its config is '{config}'"
        : null;

    /// <summary>As kubelet hands it on and error texts repeat it: with a tag or a digest, never both (containerd pkg/reference, ParseDockerRef).</summary>
    public static string Named(Reference name) => $"{name.Name}{(name.Digest is { } digest ? $"@{digest}" : $":{name.TagOrDigest}")}";

    private static ListReport Told(ListReport report, IReadOnlyList<Fault> faults, params IEnumerable<Finding> others) => report with
    {
        Problems = [.. faults.Select(f => f.Finding)],
        Findings = [.. faults.Where(f => !report.Pulls.Any(f.IsToldBy)).Select(f => f.Of(report.List)), .. others],
    };
}
