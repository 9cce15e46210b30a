using Viaduct.Oci;

namespace Viaduct.Acceptance.Tests.Peers;

/// <summary>What the round trips have in common.</summary>
internal static class RoundTrip
{
    /// <summary><c>viaduct copy</c> as a process.</summary>
    public static async Task CopyAsync(params string[] places)
    {
        using var folder = new TemporaryFolder();
        (await ViaductCli.RunAsync(folder, ["copy", .. places])).MustSucceed();
    }

    /// <summary>The list and all manifests below it, by their bytes, and all blobs, each of which was read and hashed.</summary>
    public static async Task<IReadOnlyList<string>> DigestsAsync(PushedSet set, Reference name)
    {
        var (repository, found) = (set.Client.Repository(name), new List<string>());
        await VisitAsync(name.TagOrDigest);
        return found;

        async Task VisitAsync(string tagOrDigest)
        {
            var manifest = await repository.FindManifestAsync(tagOrDigest, default) ?? throw new InvalidOperationException($"{name} lacks {tagOrDigest}.");
            found.Add($"{manifest.Digest} {manifest.MediaType}");
            if (manifest.IsIndex)
                foreach (var child in manifest.AsIndex().Manifests) await VisitAsync(child.Digest.ToString());
            else
                foreach (var blob in manifest.AsImage().Blobs)
                {
                    await using var stream = await repository.OpenBlobAsync(blob, default);
                    await stream.CopyToAsync(Stream.Null);
                    found.Add(blob.Digest.ToString());
                }
        }
    }
}
