using Viaduct.Cli.Errors;
using Viaduct.Oci;
using Viaduct.Oci.Layouts;
using Viaduct.Registry;

namespace Viaduct.Cli.Sessions;

/// <summary>All that the tags of a repository or the names of a layout show.</summary>
internal sealed class CopyTags
{
    private readonly OpenedPlace _from;
    private readonly IReadOnlyList<(LayoutName Name, Descriptor Root)> _shown;

    private CopyTags(OpenedPlace from, IReadOnlyList<(LayoutName, Descriptor)> shown) => (_from, _shown) = (from, shown);

    /// <summary>Each manifest once.</summary>
    public IEnumerable<Descriptor> Roots => _shown.Select(s => s.Root).DistinctBy(r => r.Digest);

    /// <summary>Names that another layout must tell apart as this one does.</summary>
    public IReadOnlyDictionary<string, LayoutName> Whole => _shown.Where(s => s.Name.ImageName is not null).DistinctBy(s => s.Name.ToString()).ToDictionary(s => s.Name.ToString(), s => s.Name);

    /// <summary>Tags of the referrers' schema come with what they are about, and are written anew at the target.</summary>
    /// <param name="withSignatures">Tags in which cosign keeps what is about a manifest count as well.</param>
    /// <exception cref="ViaductException">VIA9008 when there are none.</exception>
    public static async Task<CopyTags> ReadAsync(OpenedPlace from, bool withSignatures, CancellationToken cancellationToken)
    {
        bool IsMeant(string? tag) => tag is null || (!CopyNames.IsReferrers(tag) && (withSignatures || !CopyNames.IsSignature(tag)));
        IReadOnlyList<(LayoutName, Descriptor)> shown = from.Content switch
        {
            RepositoryClient repository => await AskAsync(repository, await repository.TagsAsync(cancellationToken).Where(t => IsMeant(t)).ToListAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false),
            OciLayout layout => [.. (await layout.ListAsync(cancellationToken).ConfigureAwait(false))
                .Select(e => (Name: LayoutName.Of(e), Entry: e)).Where(e => e.Name is { } name && IsMeant(CopyNames.TagIn(name.RefName))).Select(e => (e.Name!, e.Entry))],
            _ => [],
        };
        return shown.Count > 0 ? new CopyTags(from, shown) : throw CliErrors.NotFound(from.Shown);
    }

    /// <summary>What a manifest is to be called: layouts take names as they are, registries the tags in them.</summary>
    public IReadOnlyList<string> NamesOf(Descriptor root, ImagePlaceKind kind) =>
        [.. _shown.Where(s => s.Root.Digest == root.Digest).Select(s => NameFor(s.Name, kind)).OfType<string>().Distinct()];

    /// <exception cref="ViaductException">VIA9001 when a target would show only the last of several manifests.</exception>
    public void CheckFor(ImagePlaceKind kind)
    {
        foreach (var same in _shown.GroupBy(s => NameFor(s.Name, kind)))
            if (same.Key is { } name && same.DistinctBy(s => s.Root.Digest).Count() > 1)
                throw CliErrors.Usage($"'{name}' would stand for several images of {_from.Shown}: {string.Join(", ", same.Select(s => $"{s.Name} ({s.Root.Digest.Short})"))}",
                    "Copy each by its name or digest to a repository of its own; nothing was copied.");
    }

    private static string? NameFor(LayoutName name, ImagePlaceKind kind) => kind == ImagePlaceKind.Layout ? name.ToString() : CopyNames.TagIn(name.RefName);

    private static async Task<IReadOnlyList<(LayoutName, Descriptor)>> AskAsync(RepositoryClient repository, IReadOnlyList<string> tags, CancellationToken cancellationToken)
    {
        var found = new Descriptor?[tags.Count];
        // The client has limits of its own, and may not be undercut.
        await Parallel.ForAsync(0, tags.Count, new ParallelOptions { MaxDegreeOfParallelism = 64, CancellationToken = cancellationToken },
            async (i, token) => found[i] = await repository.HeadManifestAsync(tags[i], token).ConfigureAwait(false)).ConfigureAwait(false);
        // Perhaps one was deleted meanwhile.
        return [.. tags.Zip(found).Where(t => t.Second is not null).Select(t => (new LayoutName(t.First), t.Second!))];
    }
}
