using Viaduct.Metadata;
using Viaduct.Oci;
using Viaduct.Registry;

namespace Viaduct.Promoting;

/// <summary>Finds what is to be promoted: all that a job's record names, or one list with its <c>name-$(ARCH)</c>.</summary>
public static class PromotionNames
{
    /// <param name="staging">Registry and perhaps a path, to which the job pushed.</param>
    /// <param name="production">Registry and perhaps a path.</param>
    /// <param name="where">What errors call the record.</param>
    /// <exception cref="ViaductException">VIA5060, VIA5061; VIA5040 for names that are none of that registry.</exception>
    public static IReadOnlyList<Promoted> Of(JobRecord record, string staging, string production, string where)
    {
        if (record.Registry != staging) throw PromotionErrors.OtherRegistry(where, record.Registry, staging);
        var found = new List<Promoted>();
        foreach (var image in record.Images)
        {
            if (image.List is not { } list) throw PromotionErrors.NoList(where, image.Name, image.ListSkipped ?? "it says not why");
            Add(image.Name, null, Digest.Parse(list.Digest), list.MediaType, list.Size, list.Names);
            foreach (var child in image.Platforms.Where(p => p.Names.Count > 0))
                Add(image.Name, Platform.Parse(child.Platform), Digest.Parse(child.Digest), child.MediaType, child.Size, child.Names);
        }
        return found;

        void Add(string image, Platform? platform, Digest digest, string mediaType, long size, IReadOnlyList<string> names) =>
            found.Add(new Promoted(image, platform, new Descriptor(mediaType, digest, size), Reference.Parse(names[0]), [.. names.Select(Moved)]));

        Reference Moved(string name) => name.StartsWith($"{staging}/", StringComparison.Ordinal)
            ? Reference.Parse($"{production}{name[staging.Length..]}")
            : throw MetadataErrors.NoRecord(where, $"'{name}' is no name of {staging}");
    }

    /// <summary>The names of its images come along where staging has them under the same tag, by Kubernetes' convention, and they show what the list names.</summary>
    /// <param name="production">With a tag.</param>
    /// <returns>Behind what is promoted, the names of staging that show something else and are left behind.</returns>
    /// <exception cref="ViaductException">VIA5062.</exception>
    public static async Task<(IReadOnlyList<Promoted> Names, IReadOnlyList<Reference> LeftBehind)> OfAsync(
        RegistryClient registry, Reference staging, Reference production, CancellationToken cancellationToken)
    {
        var manifest = await registry.Repository(staging).FindManifestAsync(staging.TagOrDigest, cancellationToken).ConfigureAwait(false) ?? throw PromotionErrors.Absent(staging);
        var list = new Promoted(production.Repository, null, manifest.Descriptor, staging, [production]);
        if (!manifest.IsIndex || (staging.Tag is null && staging.Digest is not null)) return ([list], []);
        var entries = manifest.AsIndex(staging.ToString()).Manifests.Where(e => e.Platform is { } p && KnownPlatforms.Contains(p)).DistinctBy(e => e.Platform!.ArchWord);
        var found = await FailFast.AllAsync(entries, async (entry, token) =>
        {
            var name = Child(staging, entry.Platform!);
            return (Name: name, Entry: entry, Shown: await registry.Repository(name).HeadManifestAsync(name.TagOrDigest, token).ConfigureAwait(false));
        }, cancellationToken).ConfigureAwait(false);
        var same = found.ToLookup(f => f.Shown?.Digest == f.Entry.Digest);
        return ([list, .. same[true].Select(f => new Promoted(list.Image, f.Entry.Platform, f.Shown!, f.Name, [Child(production, f.Entry.Platform!)]))],
            [.. same[false].Where(f => f.Shown is not null).Select(f => f.Name)]);
    }

    private static Reference Child(Reference list, Platform platform) => Reference.Parse($"{list.Name}-{platform.ArchWord}:{list.Tag ?? "latest"}");
}
