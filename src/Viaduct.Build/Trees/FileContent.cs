namespace Viaduct.Build;

/// <summary>The bytes of a file in a tree, wherever they lie.</summary>
internal abstract class FileContent
{
    public abstract ValueTask<Stream> OpenAsync(CancellationToken cancellationToken);

    /// <summary>Called when all of it has been read; throws when it is not what the tree said any more.</summary>
    public virtual void CheckUnchanged() { }
}
