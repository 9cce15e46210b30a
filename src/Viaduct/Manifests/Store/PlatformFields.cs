using System.Text.Json;
using Viaduct.Oci;

namespace Viaduct.Manifests;

/// <summary>A platform in a file of docker's store.</summary>
internal sealed class PlatformFields
{
    private string? _architecture;
    private string? _os;
    private string? _version;
    private string? _variant;
    private List<string> _features = [];

    public Platform ToPlatform() => new(_os ?? "", _architecture ?? "", _variant)
    {
        OsVersion = string.IsNullOrEmpty(_version) ? null : _version,
        OsFeatures = _features,
    };

    /// <summary>What a pointer in Go becomes: null forgets it, an object adds to what is there.</summary>
    public static PlatformFields? Read(ref Utf8JsonReader reader, string name, PlatformFields? before)
    {
        if (!GoReading.Opens(ref reader, name)) return null;
        var fields = before ?? new PlatformFields();
        while (GoReading.Next(ref reader, out var member)) fields.ReadMember(ref reader, member);
        return fields;
    }

    private void ReadMember(ref Utf8JsonReader reader, string name)
    {
        switch (name)
        {
            case "architecture": _architecture = GoReading.Text(ref reader, name, _architecture); break;
            case "os": _os = GoReading.Text(ref reader, name, _os); break;
            case "os.version": _version = GoReading.Text(ref reader, name, _version); break;
            case "os.features": _features = GoReading.Texts(ref reader, name); break;
            case "variant": _variant = GoReading.Text(ref reader, name, _variant); break;
            default: reader.Skip(); break;
        }
    }
}
