using Viaduct.Oci.Layers;

namespace Viaduct.Build;

/// <summary>A file of a base image.</summary>
internal sealed class ImageFile(ImageFiles image, FileNode node) : FileContent
{
    public ImageFiles Image => image;

    public FileNode Node => node;

    public override ValueTask<Stream> OpenAsync(CancellationToken cancellationToken) => image.OpenAsync(node, cancellationToken);
}
