namespace Viaduct.Build;

/// <summary>A regular file of a build context.</summary>
internal sealed class ContextFile(string path, FileStatus status) : FileContent
{
    public string Path => path;

    public FileStatus Status => status;

    public override ValueTask<Stream> OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            return ValueTask.FromResult<Stream>(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16, FileOptions.SequentialScan));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw BuildErrors.ContextUnreadable(path, e.Message, e);
        }
    }

    public override void CheckUnchanged()
    {
        if (FileStatus.Of(path) is not { } now || now.Stamp != status.Stamp || now.Size != status.Size) throw BuildErrors.Changed(path);
    }
}
