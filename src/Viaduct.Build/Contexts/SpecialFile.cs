namespace Viaduct.Build;

/// <summary>A socket, pipe or device in a build context: it may lie there, and cannot be copied.</summary>
internal sealed class SpecialFile(string path) : FileContent
{
    public override ValueTask<Stream> OpenAsync(CancellationToken cancellationToken) => throw Refusal();

    public Exception Refusal() => BuildErrors.SpecialFile(path, "a socket, pipe or device");
}
