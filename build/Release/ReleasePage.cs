using Octokit;
using Viaduct.Metadata;

namespace Build.Release;

/// <summary>The release of a tag: a draft until all its files are there, so that nobody sees half of one.</summary>
internal sealed class ReleasePage(GitHub gitHub, ReleaseSettings settings, Action<string, string> told)
{
    /// <summary>The only type of a file that GitHub's description of its API knows.</summary>
    private const string ContentType = "application/octet-stream";

    private IReleasesClient Releases => gitHub.Client.Repository.Release;

    public async Task<string> PublishAsync(string tag, JobRecord record, IReadOnlyList<Asset> assets, CancellationToken cancellationToken)
    {
        var release = await gitHub.EnsureAsync(() => FindAsync(tag), async () =>
        {
            var made = await Releases.Create(settings.Owner, settings.Name, new NewRelease(tag)
            {
                Name = tag,
                Body = ReleaseText.Body(null, record),
                TargetCommitish = settings.Commit,
                Draft = true,
                // As Semantic Versioning has it: 1.2.0-rc.1 comes before 1.2.0.
                Prerelease = tag.Contains('-'),
            });
            told("drafted", tag);
            return made;
        }, cancellationToken);
        await UploadAsync(release, assets, cancellationToken);
        var body = ReleaseText.Body(release.Body, record);
        if (!release.Draft && ReleaseText.Same(release.Body, body)) return release.HtmlUrl;
        var published = await gitHub.RunAsync(() => Releases.Edit(settings.Owner, settings.Name, release.Id, new ReleaseUpdate { Body = body, Draft = false }));
        told(release.Draft ? "published" : "updated", tag);
        return published.HtmlUrl;
    }

    /// <summary>GitHub finds no draft by its tag, so all are looked through. Of several, which only people can have made, the published one is meant, else the oldest.</summary>
    private async Task<Octokit.Release?> FindAsync(string tag) =>
        (await Releases.GetAll(settings.Owner, settings.Name, GitHub.AllPages)).Where(r => r.TagName == tag).OrderBy(r => r.Draft).ThenBy(r => r.Id).FirstOrDefault();

    private async Task UploadAsync(Octokit.Release release, IReadOnlyList<Asset> assets, CancellationToken cancellationToken)
    {
        foreach (var asset in assets)
            await gitHub.EnsureAsync(() => FindAsync(release, asset, cancellationToken), async () =>
            {
                using var content = new MemoryStream(asset.Bytes, writable: false);
                var made = await Releases.UploadAsset(release, new ReleaseAssetUpload(asset.Name, ContentType, content, null), cancellationToken);
                told("uploaded", asset.Name);
                return made;
            }, cancellationToken);
    }

    /// <summary>The file as it is to be; what else is there under its name, or was not wholly uploaded, is deleted first, since GitHub replaces nothing.</summary>
    private async Task<ReleaseAsset?> FindAsync(Octokit.Release release, Asset asset, CancellationToken cancellationToken)
    {
        foreach (var there in (await Releases.GetAllAssets(settings.Owner, settings.Name, release.Id, GitHub.AllPages)).Where(a => a.Name == asset.Name))
        {
            if (there.State == "uploaded" && there.Size == asset.Bytes.Length && (await gitHub.DownloadAsync(there.Url, cancellationToken)).AsSpan().SequenceEqual(asset.Bytes)) return there;
            try
            {
                await Releases.DeleteAsset(settings.Owner, settings.Name, there.Id);
            }
            catch (NotFoundException)
            {
                // A request whose answer was lost has deleted it.
            }
        }
        return null;
    }
}
