namespace Viaduct.Oci;

/// <summary>A view of an image manifest (image-spec, manifest.md): one config and layers from the base up.</summary>
public sealed record ImageManifest(Descriptor Config, IReadOnlyList<Descriptor> Layers)
{
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = Descriptor.Empty;

    public Descriptor? Subject { get; init; }

    /// <summary>Config and layers: all that has to be present before the manifest.</summary>
    public IEnumerable<Descriptor> Blobs => Layers.Prepend(Config);

    /// <summary>The bytes of a new manifest, compact, as Go writes them.</summary>
    /// <param name="mediaType">OCI's; or docker's, which knows no subject (distribution, manifest-v2-2.md) and whose readers pass over annotations.</param>
    public RawManifest ToManifest(string mediaType = MediaTypes.OciManifest)
    {
        if (mediaType == MediaTypes.DockerManifest && Subject is not null) throw new ArgumentException("Docker's manifests have no subject.", nameof(mediaType));
        var json = new GoJsonWriter().BeginObject()
            .Name("schemaVersion").Number(2)
            .Name("mediaType").String(mediaType)
            .Name("config").Descriptor(Config)
            .Name("layers").BeginArray();
        foreach (var layer in Layers) json.Descriptor(layer);
        json.EndArray();
        if (Subject is not null) json.Name("subject").Descriptor(Subject);
        json.Map("annotations", Annotations).EndObject();
        return RawManifest.Parse(json.ToBytes(), mediaType);
    }

    internal static ImageManifest Read(RawManifest manifest, string? where)
    {
        Exception Error(string why) => OciErrors.BadManifest(why, where ?? manifest.Digest.ToString());
        if (!manifest.IsImage)
            throw Error(manifest.IsIndex ? "it is a manifest list, and an image manifest is needed" : $"its media type is '{manifest.MediaType}'");
        using var document = manifest.Open(Error);
        var root = document.RootElement;
        return new ImageManifest(
            (root.Member("config") ?? throw Error("it has no config")).AsDescriptor(Error),
            [.. root.Items("layers", Error).Select(l => l.AsDescriptor(Error))])
        {
            Annotations = root.Map("annotations", Error),
            Subject = root.Object("subject", Error)?.AsDescriptor(Error),
        };
    }
}
