namespace Viaduct.Oci;

/// <summary>A view of an image index or Docker manifest list (image-spec, image-index.md).</summary>
public sealed record ImageIndex(IReadOnlyList<Descriptor> Manifests)
{
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = Descriptor.Empty;

    public Descriptor? Subject { get; init; }

    internal static ImageIndex Read(RawManifest manifest, string? where)
    {
        Exception Error(string why) => OciErrors.BadManifest(why, where ?? manifest.Digest.ToString());
        if (!manifest.IsIndex)
            throw Error(manifest.IsImage ? "it is an image manifest, and a manifest list is needed" : $"its media type is '{manifest.MediaType}'");
        using var document = manifest.Open(Error);
        var root = document.RootElement;
        return new ImageIndex([.. root.Items("manifests", Error).Select(m => m.AsDescriptor(Error))])
        {
            Annotations = root.Map("annotations", Error),
            Subject = root.Object("subject", Error)?.AsDescriptor(Error),
        };
    }
}
