using Viaduct.Cli.Errors;
using Viaduct.Cli.Printing;
using Viaduct.Oci;
using Viaduct.Registry;

namespace Viaduct.Cli.Sessions;

/// <summary>What goes with a manifest: its tags, what is about it, and the peace of the lists that name it.</summary>
internal sealed record DeletionPlan(Digest Digest, DeletionTags Tagged, IReadOnlyList<ReferrerTree> Referrers)
{
    /// <summary>Listed as being about it, and not: they are somebody else's.</summary>
    public IReadOnlyList<Digest> Strangers { get; private init; } = [];

    /// <summary>True when there may be more about it than was found.</summary>
    public bool IsCut { get; private init; }

    /// <summary>True when only what is about it is left, of a deletion that was broken off.</summary>
    public bool IsGone { get; private init; }

    public IReadOnlyList<string> Tags => Tagged.Own;

    /// <returns>null when the manifest is not there, nor anything about it.</returns>
    public static async Task<DeletionPlan?> LookAsync(RepositoryClient repository, Digest digest, CancellationToken cancellationToken)
    {
        var manifest = await repository.FindManifestAsync(digest.ToString(), cancellationToken).ConfigureAwait(false);
        var strangers = new List<Digest>();
        // Anybody who may write a tag may write what a list under one says: what is deleted has to say itself what it is about.
        var walk = new ReferrerWalk(repository, async (entry, subject, token) =>
        {
            var isAbout = await IsAboutAsync(repository, entry.Digest, subject, token).ConfigureAwait(false);
            if (isAbout == false) strangers.Add(entry.Digest);
            return isAbout == true;
        });
        var root = await walk.ReadAsync(manifest?.Descriptor ?? new Descriptor("", digest, 0), null, cancellationToken).ConfigureAwait(false);
        var tagged = await DeletionTags.LookAsync(repository, digest, cancellationToken).ConfigureAwait(false);
        return manifest is null && root.Referrers.Count == 0 && tagged.Signatures.Count == 0 ? null
            : new DeletionPlan(digest, tagged, root.Referrers) { Strangers = strangers, IsCut = walk.IsCut, IsGone = manifest is null };
    }

    public IEnumerable<string> Lines(Reference name)
    {
        yield return $"{name.Name}@{Digest} goes, and with it:";
        foreach (var tag in Tags) yield return $"  the tag {tag}";
        foreach (var referrer in Referrers.SelectMany(r => r.All())) yield return $"  {referrer.Descriptor.ArtifactType ?? referrer.Descriptor.MediaType} {referrer.Descriptor.Digest}, which is about it";
        foreach (var signature in Tagged.Signatures) yield return $"  the tag {signature.Tag}, which is about it{(signature.IsOnlyIts ? "" : "; what it shows has other names, and stays")}";
        if (Tags.Count == 0 && Tagged.Signatures.Count == 0 && Referrers.Count == 0) yield return "  nothing that is known";
        foreach (var stranger in Strangers) yield return $"  {stranger} is listed as being about it, is not, and stays";
        foreach (var list in Tagged.Lists) yield return $"  the list {list} names it, and would not be whole any more";
        if (!Tagged.IsWhole) yield return $"  there are more than {DeletionTags.MaxTags} tags, and not all were looked at";
        if (IsCut) yield return $"  not all that is about it was looked at: {ReferrerWalk.Bounds}";
    }

    /// <summary>First of all: a registry may refuse it, and nothing may be lost then (Docker Hub's 403 of what has tags).</summary>
    /// <exception cref="ViaductException">VIA9063, and those of the registry.</exception>
    public async Task DeleteManifestAsync(RepositoryClient repository, CancellationToken cancellationToken)
    {
        if (!IsGone) await DeleteAsync(repository, Digest, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What is about it; that which is about something goes before what it is about.</summary>
    /// <returns>What is left, for people.</returns>
    public async Task<IReadOnlyList<string>> DeleteRestAsync(RepositoryClient repository, CancellationToken cancellationToken)
    {
        foreach (var referrer in Referrers.SelectMany(r => r.All()).Reverse()) await DeleteAsync(repository, referrer.Descriptor.Digest, cancellationToken).ConfigureAwait(false);
        foreach (var own in Tagged.Signatures.Where(s => s.IsOnlyIts).Select(s => s.Shows).Distinct()) await DeleteAsync(repository, own, cancellationToken).ConfigureAwait(false);
        var left = new List<string>();
        foreach (var (tag, shown, _) in Tagged.Signatures.Where(s => !s.IsOnlyIts))
            try
            {
                await repository.DeleteAsync(tag, cancellationToken).ConfigureAwait(false);
            }
            catch (ViaductException e) when (e.Kind == FailureKind.Refused)
            {
                left.Add($"the tag {tag} is left: {e.Message}, and {shown} has other names");
            }
        return left;
    }

    /// <summary>What is not there any more, the registry has taken along; what is, it has not deleted.</summary>
    private static async Task DeleteAsync(RepositoryClient repository, Digest digest, CancellationToken cancellationToken)
    {
        if (!await repository.DeleteAsync(digest.ToString(), cancellationToken).ConfigureAwait(false)
            && await repository.HeadManifestAsync(digest.ToString(), cancellationToken).ConfigureAwait(false) is not null)
            throw CliErrors.StillThere(repository.Name.Name, digest);
    }

    /// <returns>null when it is not there.</returns>
    private static async Task<bool?> IsAboutAsync(RepositoryClient repository, Digest digest, Digest subject, CancellationToken cancellationToken)
    {
        try
        {
            return await repository.FindManifestAsync(digest.ToString(), cancellationToken).ConfigureAwait(false) is { } found ? ManifestFacts.Read(found).Subject == subject : null;
        }
        catch (ViaductException e) when (e.Code == "VIA1010")
        {
            return false;
        }
    }
}
