using System.Text.Json;
using Viaduct.Oci;

namespace Viaduct.Manifests;

/// <summary>A descriptor in a file of docker's store.</summary>
internal sealed class DescriptorFields
{
    private readonly Dictionary<string, string> _annotations = new(StringComparer.Ordinal);
    private string? _mediaType;
    private string? _digest;
    private string? _artifactType;
    private long? _size;
    private List<string> _urls = [];
    private PlatformFields? _platform;

    /// <param name="error">Makes the error of a descriptor that names no content.</param>
    public Descriptor ToDescriptor(Func<string, Exception> error)
    {
        if (!Digest.TryParse(_digest, out var digest)) throw error(_digest is null ? "it has no 'Descriptor' with a digest" : "the digest of its 'Descriptor' is not one");
        if (_size is not (>= 0 and var size)) throw error("its 'Descriptor' has no size");
        return new Descriptor(_mediaType ?? "", digest, size)
        {
            Platform = _platform?.ToPlatform(),
            ArtifactType = string.IsNullOrEmpty(_artifactType) ? null : _artifactType,
            Urls = _urls,
            Annotations = _annotations,
        };
    }

    public void Read(ref Utf8JsonReader reader, string name)
    {
        if (!GoReading.Opens(ref reader, name)) return;
        while (GoReading.Next(ref reader, out var member)) ReadMember(ref reader, member);
    }

    private void ReadMember(ref Utf8JsonReader reader, string name)
    {
        switch (name)
        {
            case "mediatype": _mediaType = GoReading.Text(ref reader, name, _mediaType); break;
            case "digest": _digest = GoReading.Text(ref reader, name, _digest); break;
            case "size": _size = GoReading.Integer(ref reader, name, _size); break;
            case "urls": _urls = GoReading.Texts(ref reader, name); break;
            case "annotations": GoReading.Map(ref reader, name, _annotations); break;
            case "platform": _platform = PlatformFields.Read(ref reader, name, _platform); break;
            case "artifacttype": _artifactType = GoReading.Text(ref reader, name, _artifactType); break;
            default: reader.Skip(); break;
        }
    }
}
