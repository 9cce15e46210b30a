namespace Viaduct.Build;

/// <summary>A regular file of a build context.</summary>
/// <param name="real">Where it lies when no folder above it has become a link; null where that is not known.</param>
internal sealed class ContextFile(string path, FileStatus status, string? real = null) : FileContent
{
    public string Path => path;

    public FileStatus Status => status;

    public override ValueTask<Stream> OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16, FileOptions.SequentialScan);
            if (real is null || !OperatingSystem.IsLinux() || RealPath.Of(file.SafeFileHandle) is not { } opened || opened == real) return ValueTask.FromResult<Stream>(file);
            file.Dispose();
            throw BuildErrors.Changed(path);
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
