using Viaduct.Build.Engines;
using Viaduct.Oci;

namespace Viaduct.Build.Attesting;

/// <summary>Attaches to a built image what its request asks for.</summary>
/// <param name="builder">The kind of builder, for provenance: <c>embedded</c>, <c>docker</c>.</param>
internal sealed class Attester(BuildRequest request, string builder)
{
    /// <param name="graph">Of its Dockerfile, as the builder saw it.</param>
    /// <param name="fetched">What it was made from beside images.</param>
    /// <exception cref="ViaductException">VIA102x: layers that cannot be read.</exception>
    public async Task<BuiltImage> AttestAsync(BuiltImage image, StageGraph graph, IEnumerable<Dependency> fetched, CancellationToken cancellationToken)
    {
        if (request.Attest == AttestationKinds.None) return image;
        // Opened before, by the build.
        var bases = await NamedBase.OpenWithTriggersAsync(graph, request, cancellationToken).ConfigureAwait(false);
        var statements = new List<Statement>();
        if (request.Attest.HasFlag(AttestationKinds.Provenance))
        {
            var images = bases.Select(b => new Dependency(PackageUrl.OfImage(b.Name, b.Platform), b.Image.Manifest.Digest));
            statements.Add(Statement.Of(request, image.Manifest.Digest, Statement.Provenance, Provenance.Write(request, builder, image.Key, [.. images, .. fetched])));
        }
        if (request.Attest.HasFlag(AttestationKinds.Sbom))
        {
            var below = BaseOf(graph, bases) is { } found && IsBelow(found, image) ? found : null;
            var contents = await ImageContents.ReadAsync([.. image.Blobs.Skip(1)], below?.Image.Config.DiffIds.Count ?? 0, cancellationToken).ConfigureAwait(false);
            statements.Add(Statement.Of(request, image.Manifest.Digest, Statement.Spdx, new SpdxDocument(request, image.Manifest.Digest, below, contents).Write()));
        }
        return image with { Attestations = [AttestationManifest.Make(image.Manifest, statements)] };
    }

    /// <summary>What the target stands on in the end; null for scratch.</summary>
    private static NamedBase? BaseOf(StageGraph graph, IReadOnlyList<NamedBase> bases)
    {
        var source = graph.Bottom();
        return source.Image is null ? null : bases.First(b => b.Name == source.Image && b.Platform == source.Platform);
    }

    private static bool IsBelow(NamedBase named, BuiltImage image)
    {
        var diffIds = named.Image.Config.DiffIds;
        return diffIds.Count <= image.Config.DiffIds.Count && diffIds.SequenceEqual(image.Config.DiffIds.Take(diffIds.Count));
    }
}
