using System.Collections.Concurrent;
using Viaduct.Build;
using Viaduct.Oci;
using Viaduct.Planning;
using Viaduct.Registry;

namespace Viaduct.Execution;

/// <summary>Executes a plan in phases over the whole set: all children, then all lists, then all tags.</summary>
internal sealed class Executor(
    BuildPhase builds, RegistryClient registry, SetBases bases, KeyCache cache, IProgress<JobEvent>? progress)
{
    private readonly ConcurrentDictionary<ChildId, RawManifest> _fetched = new();
    private readonly ConcurrentDictionary<string, RawManifest> _lists = new();

    /// <summary>What was built in this run.</summary>
    public IReadOnlyDictionary<ChildId, BuiltImage> Built => builds.Built;

    public Task BuildAsync(Plan plan, CancellationToken cancellationToken) =>
        builds.RunAsync(plan, child => ProvideUnchanged(child, cancellationToken), cancellationToken);

    /// <summary>After a failure: pushes by digest what engines have built, so that the next run finds it.</summary>
    public Task PushCostlyAsync(Plan plan, CancellationToken cancellationToken) =>
        PushAsync(plan with { Steps = [.. plan.Builds.Where(b => Built.GetValueOrDefault(b.Child) is { IsCostly: true })] }, cancellationToken);

    /// <summary>Pushes what was built, by digest, to the repositories of its names and of its list; no tag moves.</summary>
    public async Task PushAsync(Plan plan, CancellationToken cancellationToken)
    {
        // All that will be written to is named first, so that one token can cover it.
        foreach (var name in plan.Steps.OfType<Step.Tag>().Select(t => t.Name).DistinctBy(n => n.Name)) registry.Repository(name, push: true);

        // Bases come first in the plan, and their blobs have to lie in their repository before they can be mounted from there.
        var pushes = new Dictionary<string, Task>(StringComparer.Ordinal);
        await FailFast.AllAsync(plan.Builds, (step, token) =>
        {
            var built = BuiltOf(step);
            var bases = built.Blobs.Select(b => b.MountFrom?.Name).OfType<string>().Distinct().Select(name => pushes.GetValueOrDefault(name, Task.CompletedTask)).ToList();
            var push = PushAsync(plan, step, built, bases, token);
            var repository = step.Names[0].Name;
            pushes[repository] = Task.WhenAll(push, pushes.GetValueOrDefault(repository, Task.CompletedTask));
            return push;
        }, cancellationToken).ConfigureAwait(false);
        await FailFast.AllAsync(plan.Steps.OfType<Step.Copy>(), CopyAsync, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Pushes the lists by digest and, when all are there, points the tags: children's first, lists' last.</summary>
    public async Task AssembleAsync(Plan plan, CancellationToken cancellationToken)
    {
        await FailFast.AllAsync(plan.Steps.OfType<Step.List>(), (step, token) => ListAsync(plan, step, token), cancellationToken).ConfigureAwait(false);
        var tags = plan.Steps.OfType<Step.Tag>().Select(t => (Step: t, Digest: TargetOf(plan, t))).ToList();
        if (!plan.MayMoveTags && tags.FirstOrDefault(t => t.Step.Present is { } present && present.Digest != t.Digest) is { Step: { } moved } found)
            throw PlanErrors.TagExists(moved.Name, moved.Present!.Digest, found.Digest);
        await FailFast.AllAsync(tags.Where(t => t.Step.Platform is not null), (t, token) => TagAsync(plan, t.Step, token), cancellationToken).ConfigureAwait(false);
        await FailFast.AllAsync(tags.Where(t => t.Step.Platform is null), (t, token) => TagAsync(plan, t.Step, token), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The list of an image: what was pushed now, or what the unchanged children make.</summary>
    public RawManifest ListOf(Plan plan, string image) => _lists.GetOrAdd(image, _ => Planner.ListOf(
        [.. plan.Observed.Children.Where(c => c.Image.Name == image).Select(c => (c, DescriptorOf(c), AttestationsOf(c)))]));

    public Descriptor DescriptorOf(ObservedChild child) =>
        Built.TryGetValue(child.Id, out var built) ? built.Manifest.Descriptor : child.Current ?? throw PlanErrors.NotBuilt(child.Id);

    public (Descriptor Image, IReadOnlyList<Descriptor> Attestations) ContentOf(ObservedChild child) => (DescriptorOf(child), AttestationsOf(child));

    private IReadOnlyList<Descriptor> AttestationsOf(ObservedChild child) =>
        Built.TryGetValue(child.Id, out var built) ? [.. built.Attestations.Select(a => AttestationEntry.Make(a.Entry, built.Manifest.Digest))] : child.Attestations;

    private Digest TargetOf(Plan plan, Step.Tag tag) => tag.Platform is null ? ListOf(plan, tag.Image).Digest : DescriptorOf(ChildOf(plan, tag)).Digest;

    private static ObservedChild ChildOf(Plan plan, Step.Tag tag) => plan.Observed.Children.First(c => c.Image.Name == tag.Image && c.Platform == tag.Platform);

    private BuiltImage BuiltOf(Step.Build step) => Built.TryGetValue(step.Child, out var built) ? built : throw PlanErrors.NotBuilt(step.Child);

    private async Task PushAsync(Plan plan, Step.Build step, BuiltImage built, IReadOnlyList<Task> bases, CancellationToken cancellationToken)
    {
        await Task.WhenAll(bases).ConfigureAwait(false);
        var list = plan.Steps.OfType<Step.List>().FirstOrDefault(l => l.Image == step.Image);
        Reference? first = null;
        foreach (var name in step.Names.DistinctBy(n => n.Name))
        {
            var target = registry.Repository(name, push: true);
            var from = first;
            await FailFast.AllAsync(built.Blobs.Concat(built.Attestations.SelectMany(a => a.Blobs)).DistinctBy(b => b.Descriptor.Digest), (blob, token) =>
                target.PushBlobAsync(from is null ? blob : blob with { MountFrom = from }, token), cancellationToken).ConfigureAwait(false);
            // The list needs the manifest in its own repository; every other one gets it with its tag, in one request instead of two.
            if (list is null || name.Name == list.Names[0].Name) await target.PushManifestAsync(built.Manifest, cancellationToken).ConfigureAwait(false);
            foreach (var attestation in built.Attestations) await target.PushManifestAsync(attestation.Manifest, cancellationToken).ConfigureAwait(false);
            first ??= name;
        }
        if (list is not null && step.Names.All(n => n.Name != list.Names[0].Name))
            foreach (var manifest in built.Attestations.Select(a => a.Manifest).Prepend(built.Manifest))
                await ChildMover.BringAsync(registry.Repository(step.Names[0]), manifest, registry.Repository(list.Names[0], push: true), cancellationToken).ConfigureAwait(false);
        // Not the plan's key: a file may have changed between the plan and the build.
        cache.Remember(built.Key, built.Manifest.Descriptor);
        if (built.Attestations.Count > 0) cache.RememberAttestations(built.Manifest.Digest, [.. built.Attestations.Select(a => a.Entry)]);
        progress?.Report(new("pushed", step.Child.ToString(), $"{step.Names[0].Name}@{built.Manifest.Digest}"));
    }

    private async Task CopyAsync(Step.Copy step, CancellationToken cancellationToken)
    {
        var source = registry.Repository(step.From);
        foreach (var part in step.Attestations.Prepend(step.Child))
            await ChildMover.BringAsync(source, await FetchAsync(source, part, cancellationToken).ConfigureAwait(false), registry.Repository(step.To, push: true), cancellationToken).ConfigureAwait(false);
        progress?.Report(new("pushed", $"{step.Image} {step.Platform}", $"{step.To.Name}@{step.Child.Digest}"));
    }

    private async Task ListAsync(Plan plan, Step.List step, CancellationToken cancellationToken)
    {
        var target = registry.Repository(step.Names[0], push: true);
        // What was built has been brought already; what is old is most likely there.
        var unchanged = plan.Observed.Children.Where(c => c.Image.Name == step.Image && !Built.ContainsKey(c.Id));
        await FailFast.AllAsync(unchanged, async (child, token) =>
        {
            var source = registry.Repository(SourceOf(child));
            foreach (var part in child.Attestations.Prepend(DescriptorOf(child)))
                if (await target.HeadManifestAsync(part.Digest.ToString(), token).ConfigureAwait(false) is null)
                    await ChildMover.BringAsync(source, await FetchAsync(source, part, token).ConfigureAwait(false), target, token).ConfigureAwait(false);
        }, cancellationToken).ConfigureAwait(false);

        var list = ListOf(plan, step.Image);
        await target.PushManifestAsync(list, cancellationToken).ConfigureAwait(false);
        progress?.Report(new("listed", step.Names[0].ToString(), list.Digest.ToString()));
    }

    private async Task TagAsync(Plan plan, Step.Tag step, CancellationToken cancellationToken)
    {
        var manifest = step.Platform is null
            ? ListOf(plan, step.Image)
            : await ManifestOfAsync(ChildOf(plan, step), cancellationToken).ConfigureAwait(false);
        await registry.Repository(step.Name, push: true).TagAsync(step.Name.Tag!, manifest, cancellationToken).ConfigureAwait(false);
        progress?.Report(new("tagged", step.Name.ToString(), manifest.Digest.ToString()));
    }

    private void ProvideUnchanged(ObservedChild child, CancellationToken cancellationToken)
    {
        // Only read when something is built from it.
        var open = new Lazy<Task<BaseImage>>(() => OpenAsync());
        bases.Provide(child.Id, open);

        async Task<BaseImage> OpenAsync()
        {
            var source = registry.Repository(SourceOf(child));
            var manifest = await ManifestOfAsync(child, cancellationToken).ConfigureAwait(false);
            var config = await source.ReadConfigAsync(manifest.AsImage().Config, cancellationToken).ConfigureAwait(false);
            return new BaseImage(manifest, config, source, source.Name);
        }
    }

    private async Task<RawManifest> ManifestOfAsync(ObservedChild child, CancellationToken cancellationToken)
    {
        if (Built.TryGetValue(child.Id, out var built)) return built.Manifest;
        if (_fetched.TryGetValue(child.Id, out var manifest)) return manifest;
        return _fetched[child.Id] = await FetchAsync(registry.Repository(SourceOf(child)), DescriptorOf(child), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A repository that holds the child: where it was found, or the first it was pushed to.</summary>
    private static Reference SourceOf(ObservedChild child) => child.Home ?? child.Names[0].Name;

    private static async Task<RawManifest> FetchAsync(RepositoryClient source, Descriptor child, CancellationToken cancellationToken) =>
        await source.FindManifestAsync(child.Digest.ToString(), cancellationToken).ConfigureAwait(false) ?? throw PlanErrors.ChildMissing(source.Name.WithDigest(child.Digest));
}
