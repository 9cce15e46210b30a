using System.Text;
using Microsoft.Win32.SafeHandles;
using Viaduct.Oci;

namespace Viaduct.Server;

/// <summary>The manifests of the repositories, and the tags that point at them.</summary>
internal sealed class ManifestStore(StoreFolder folder, BlobStore blobs)
{
    private const int MaxMediaType = 255;

    private readonly StorePaths _paths = folder.Paths;

    public bool Has(RepositoryName repository, Digest digest) => File.Exists(_paths.Manifest(repository, digest));

    public Digest? FindTag(RepositoryName repository, TagName tag) =>
        Digest.TryParse(ReadSmall(_paths.Tag(repository, tag), 160), out var digest) ? digest : null;

    /// <summary>Null when the repository has no such manifest, whoever else has it.</summary>
    public RawManifest? Find(RepositoryName repository, Digest digest)
    {
        if (ReadSmall(_paths.Manifest(repository, digest), MaxMediaType) is not { } mediaType) return null;
        try
        {
            return RawManifest.Parse(File.ReadAllBytes(_paths.Blob(digest)), mediaType.Length == 0 ? null : mediaType, digest: digest);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Blobs and children that the manifest names and the repository has not.</summary>
    public IEnumerable<Digest> Missing(RepositoryName repository, ManifestFacts facts) =>
        facts.Blobs.Where(d => !blobs.Has(repository, d))
            .Concat(facts.Children.Where(d => !Has(repository, d) && !blobs.Has(repository, d)));

    public async Task PutAsync(RepositoryName repository, RawManifest manifest, ManifestFacts facts, IReadOnlyList<TagName> tags)
    {
        var temporary = new List<(string Path, SafeFileHandle File)>();
        try
        {
            var bytes = File.Exists(_paths.Blob(manifest.Digest)) ? null : Temporary(manifest.Bytes.Span);
            var mediaType = IsImplied(manifest, facts) ? null : Temporary(Encoding.ASCII.GetBytes(manifest.MediaType));
            var pointers = tags.Select(_ => Temporary(Encoding.ASCII.GetBytes(manifest.Digest.ToString()))!).ToList();
            await folder.Writer.CommitAsync(new StoreChange(touched =>
            {
                if (bytes is not null) blobs.Place(bytes, manifest.Digest, touched);
                else touched.Rely(_paths.Blob(manifest.Digest));
                // A client that was told "it is there" sends it no second time.
                foreach (var blob in facts.Blobs) blobs.Rely(repository, blob, touched);
                foreach (var child in facts.Children)
                {
                    blobs.Rely(repository, child, touched);
                    touched.Rely(_paths.Manifest(repository, child));
                }
                if (mediaType is not null) touched.Move(mediaType, _paths.Manifest(repository, manifest.Digest));
                else touched.Mark(_paths.Manifest(repository, manifest.Digest));
                if (facts.Subject is { } subject) touched.Mark(_paths.Referrer(repository, subject, manifest.Digest));
                foreach (var (tag, pointer) in tags.Zip(pointers)) touched.Move(pointer, _paths.Tag(repository, tag));
            }, [.. temporary.Select(t => t.File)])).ConfigureAwait(false);
        }
        catch
        {
            foreach (var (path, file) in temporary)
            {
                file.Dispose();
                File.Delete(path);
            }
            throw;
        }

        string? Temporary(ReadOnlySpan<byte> content)
        {
            var made = folder.WriteTemporary(content);
            temporary.Add(made);
            return made.Path;
        }
    }

    /// <summary>Removes the manifest and every tag that points at it; false when the repository had none.</summary>
    public async Task<bool> DeleteAsync(RepositoryName repository, Digest digest)
    {
        var subject = Find(repository, digest) is { } manifest ? ManifestFacts.Read(manifest).Subject : null;
        var removed = false;
        await folder.Writer.CommitAsync(new StoreChange(touched =>
        {
            removed = touched.Remove(_paths.Manifest(repository, digest));
            if (!removed) return;
            if (subject is { } named) touched.Remove(_paths.Referrer(repository, named, digest));
            foreach (var tag in Tags(repository))
                if (FindTag(repository, tag) == digest)
                    touched.Remove(_paths.Tag(repository, tag));
        })).ConfigureAwait(false);
        return removed;
    }

    public async Task<bool> DeleteTagAsync(RepositoryName repository, TagName tag)
    {
        var removed = false;
        await folder.Writer.CommitAsync(new StoreChange(touched => removed = touched.Remove(_paths.Tag(repository, tag)))).ConfigureAwait(false);
        return removed;
    }

    /// <summary>In no order.</summary>
    public IEnumerable<TagName> Tags(RepositoryName repository)
    {
        foreach (var file in Listing.Files(_paths.Tags(repository)))
            if (FileNames.TryToTag(file, out var tag))
                yield return tag;
    }

    /// <summary>The manifests that name a subject, in no order.</summary>
    public IEnumerable<Digest> Referrers(RepositoryName repository, Digest subject)
    {
        foreach (var file in Listing.Files(_paths.Referrers(repository, subject)))
            if (Digest.TryParse(file.Replace('-', ':'), out var digest))
                yield return digest;
    }

    private static bool IsImplied(RawManifest manifest, ManifestFacts facts) =>
        facts.NamesItsMediaType || RawManifest.Parse(manifest.Bytes, null, digest: manifest.Digest).MediaType == manifest.MediaType;

    private static string? ReadSmall(string path, int limit)
    {
        try
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            Span<byte> bytes = stackalloc byte[limit];
            return Encoding.ASCII.GetString(bytes[..RandomAccess.Read(file, bytes, 0)]);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
