namespace Viaduct.Build;

/// <summary>The content of a file that stands in the Dockerfile.</summary>
internal sealed class TextContent(byte[] bytes) : FileContent
{
    public override ValueTask<Stream> OpenAsync(CancellationToken cancellationToken) => ValueTask.FromResult<Stream>(new MemoryStream(bytes, writable: false));
}
