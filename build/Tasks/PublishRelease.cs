using Build.Release;
using Cake.Core.Diagnostics;
using Cake.Frosting;
using Viaduct;
using Viaduct.Metadata;
using Viaduct.Oci;

namespace Build.Tasks;

[TaskName("Release")]
[TaskDescription("Publish at GitHub what was pushed: a release with its record and lists, the commit's status, a pull request's comment")]
public sealed class PublishRelease : JobTask
{
    protected override async Task RunAsync(BuildContext context, Job job, CancellationToken cancellationToken)
    {
        var file = Path.GetFullPath(context.Settings.Metadata ?? Path.Combine(context.Artifacts, "metadata.json"), context.Root);
        var settings = ReleaseSettings.Read(context.Settings.ReleaseTag, context.Environment.GetEnvironmentVariable);
        var record = await MetadataReader.ReadAsync(file, cancellationToken);
        // What was not proven gets its status and comment, and no release.
        if (!record.Proven) settings = settings with { Tag = null };

        var assets = settings.Tag is null ? []
            : await Asset.AllOfAsync(record, MetadataJson.Write(record), (name, digest, token) => context.Session.Registry.Repository(name).FindManifestAsync(digest.ToString(), token), cancellationToken);
        var bases = context.Settings.StaleBases ? await MovedAsync(context.Session.Registry, record, cancellationToken) : null;
        var publication = new Publication(settings, TimeProvider.System, (done, what) => context.Log.Information("{0,-9} {1}", done, what));
        var address = await publication.RunAsync(record, assets, bases, cancellationToken);
        if (!record.Proven) throw ReleaseErrors.Unproven(file);
        context.Log.Information("{0}", address is null ? "No tag was given, so there is no release." : $"The release is {address}.");
    }

    private static async Task<IReadOnlyList<MovedBase>> MovedAsync(Viaduct.Registry.RegistryClient registry, JobRecord record, CancellationToken cancellationToken)
    {
        var moved = new List<MovedBase>();
        foreach (var one in record.Bases)
        {
            var name = Reference.Parse(one.Name);
            if (await registry.Repository(name).HeadManifestAsync(name.TagOrDigest, cancellationToken) is { } now && now.Digest != one.Digest) moved.Add(new MovedBase(one, now.Digest));
        }
        return moved;
    }
}
