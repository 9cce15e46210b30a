using Viaduct.Execution;
using Viaduct.Oci;
using Viaduct.Planning;
using Viaduct.Registry;

namespace Viaduct.Lists;

/// <summary>
/// Makes a list from images in registries with the fewest requests there can be: children and configs are read in parallel,
/// blobs are mounted without asking first, the list is put under its first tag, then under the others.
/// </summary>
public sealed class ListAssembler(RegistryClient registry)
{
    /// <exception cref="ViaductException">VIA5xxx before anything is pushed; VIA3xxx when the registry fails.</exception>
    public async Task<AssembledList> AssembleAsync(AssembleRequest request, CancellationToken cancellationToken)
    {
        if (request.Children.Count == 0) throw PlanErrors.NoChildren(request.Targets[0]);
        var target = registry.Repository(request.Targets[0], push: true);
        var existing = request.MayMoveTags ? null : HeadTargetsAsync(request, cancellationToken);
        var reader = new ChildReader(registry, request.TrustDeclared, request.DropAttestations);
        var children = await FailFast.AllAsync(request.Children, reader.ReadAsync, cancellationToken).ConfigureAwait(false);
        Check(request, children);

        var list = Write(children);
        if (existing is not null)
            foreach (var (name, present) in await existing.ConfigureAwait(false))
                if (present is not null && present.Digest != list.Digest) throw PlanErrors.TagExists(name, present.Digest, list.Digest);

        await FailFast.AllAsync(
            children.SelectMany(c => c.Attestations.Select(a => a.Manifest).Prepend(c.Image).Select(manifest => (c.Source, Manifest: manifest))),
            (child, token) => ChildMover.BringAsync(child.Source, child.Manifest, target, token), cancellationToken).ConfigureAwait(false);
        await target.TagAsync(request.Targets[0].Tag ?? "latest", list, cancellationToken).ConfigureAwait(false);
        await FailFast.AllAsync(request.Targets.Skip(1), (t, token) => target.TagAsync(t.Tag ?? "latest", list, token), cancellationToken).ConfigureAwait(false);
        return new AssembledList(request.Targets, list);
    }

    private async Task<(Reference, Descriptor?)[]> HeadTargetsAsync(AssembleRequest request, CancellationToken cancellationToken) =>
        await Task.WhenAll(request.Targets.Select(async t =>
            (t, await registry.Repository(t).HeadForPushAsync(t.TagOrDigest, cancellationToken).ConfigureAwait(false)))).ConfigureAwait(false);

    private static void Check(AssembleRequest request, IReadOnlyList<ListChild> children)
    {
        var docker = children.FirstOrDefault(c => MediaTypes.IsDocker(c.Image.MediaType));
        var oci = children.FirstOrDefault(c => !MediaTypes.IsDocker(c.Image.MediaType));
        if (docker is not null && oci is not null) throw PlanErrors.MixedKinds(docker.Name, oci.Name);

        for (var i = 0; i < children.Count; i++)
            for (var j = 0; j < i; j++)
                if (children[i].Platform.Same(children[j].Platform))
                    throw PlanErrors.SamePlatform(children[i].Platform, children[j].Name, children[i].Name);

        var missing = request.Declared.Where(d => !children.Any(c => c.Platform.Same(d))).ToList();
        if (missing.Count > 0) throw PlanErrors.PlatformMissing(request.Targets[0], missing);
    }

    private static RawManifest Write(IReadOnlyList<ListChild> children) => ManifestList.Write(
        children.Select(c => (c.Name, c.Image.Descriptor with { Platform = c.Platform })),
        children.SelectMany(c => c.Attestations.Select(a => a.Entry)));
}
