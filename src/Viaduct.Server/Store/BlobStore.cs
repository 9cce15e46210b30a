using Microsoft.Win32.SafeHandles;
using Viaduct.Oci;

namespace Viaduct.Server;

/// <summary>The pool of all bytes, and for each repository which of them it has.</summary>
internal sealed class BlobStore(StoreFolder folder)
{
    private readonly StorePaths _paths = folder.Paths;

    public bool Has(RepositoryName repository, Digest digest) =>
        File.Exists(_paths.Layer(repository, digest)) && File.Exists(_paths.Blob(digest));

    /// <summary>Null when the repository has no such blob, whoever else has it.</summary>
    public long? Length(RepositoryName repository, Digest digest)
    {
        if (!File.Exists(_paths.Layer(repository, digest))) return null;
        var file = new FileInfo(_paths.Blob(digest));
        return file.Exists ? file.Length : null;
    }

    public SafeFileHandle Open(Digest digest) =>
        File.OpenHandle(_paths.Blob(digest), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);

    /// <summary>Gives the repository a blob of the pool; false when the pool has none.</summary>
    public async Task<bool> LinkAsync(RepositoryName repository, Digest digest)
    {
        var linked = false;
        await folder.Writer.CommitAsync(new StoreChange(touched =>
        {
            if (!File.Exists(_paths.Blob(digest))) return;
            touched.Rely(_paths.Blob(digest));
            touched.Mark(_paths.Layer(repository, digest));
            linked = true;
        })).ConfigureAwait(false);
        return linked;
    }

    /// <summary>Moves a finished file into the pool and gives it to the repository. Its digest has been checked.</summary>
    public Task AddAsync(RepositoryName repository, Digest digest, string path, SafeFileHandle file) =>
        folder.Writer.CommitAsync(new StoreChange(touched =>
        {
            Place(path, digest, touched);
            touched.Mark(_paths.Layer(repository, digest));
        }, file));

    /// <summary>The repository forgets the blob; false when it had none. The pool keeps the bytes.</summary>
    public async Task<bool> UnlinkAsync(RepositoryName repository, Digest digest)
    {
        var removed = false;
        await folder.Writer.CommitAsync(new StoreChange(touched => removed = touched.Remove(_paths.Layer(repository, digest)))).ConfigureAwait(false);
        return removed;
    }

    /// <summary>On the writer's thread: what is there of the blob is on the disk before the answer.</summary>
    public void Rely(RepositoryName repository, Digest digest, TouchedDirectories touched)
    {
        touched.Rely(_paths.Blob(digest));
        touched.Rely(_paths.Layer(repository, digest));
    }

    /// <summary>On the writer's thread: of two who push the same blob the second one's bytes are dropped.</summary>
    public void Place(string path, Digest digest, TouchedDirectories touched)
    {
        var place = _paths.Blob(digest);
        if (!File.Exists(place))
        {
            touched.Move(path, place);
            return;
        }
        touched.Rely(place);
        File.Delete(path);
    }
}
