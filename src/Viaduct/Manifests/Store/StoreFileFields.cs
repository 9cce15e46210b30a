using System.Text.Json;
using System.Text.Unicode;
using Viaduct.Oci;

namespace Viaduct.Manifests;

/// <summary>
/// The members of a file of docker's store as Go's encoding/json reads them: names in any case, and of two members with one name the
/// last one counts, or, for objects, both together. People edit these files with sed, which makes such.
/// </summary>
internal sealed class StoreFileFields
{
    public string? Ref { get; private set; }

    public DescriptorFields Descriptor { get; } = new();

    public byte[]? Raw { get; private set; }

    /// <summary>docker's own manifest before OCI's, when hands have made both (docker/cli cli/manifest/types, Payload).</summary>
    public CompactManifest? Compact => _docker ?? _oci;

    /// <summary>18.02 to 18.05.</summary>
    public string? OldDigest { get; private set; }

    /// <inheritdoc cref="OldDigest"/>
    public PlatformFields? OldPlatform { get; private set; }

    private CompactManifest? _docker;
    private CompactManifest? _oci;

    /// <exception cref="ViaductException">VIA5130.</exception>
    public static StoreFileFields Read(ReadOnlyMemory<byte> bytes, string where)
    {
        if (!Utf8.IsValid(bytes.Span)) throw StoreErrors.NotAnImage(where, "it is not UTF-8");
        var fields = new StoreFileFields();
        try
        {
            var reader = new Utf8JsonReader(bytes.Span);
            reader.Read();
            fields.Read(ref reader, bytes);
            if (reader.Read()) throw new FormatException("something follows the object");
            return fields;
        }
        catch (FormatException e)
        {
            throw StoreErrors.NotAnImage(where, e.Message);
        }
        catch (JsonException e)
        {
            throw StoreErrors.NotJson(where, bytes.Span, $"line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}");
        }
        catch (InvalidOperationException)
        {
            throw StoreErrors.NotAnImage(where, "it holds a string with half of a surrogate pair");
        }
    }

    private void Read(ref Utf8JsonReader reader, ReadOnlyMemory<byte> bytes)
    {
        if (reader.TokenType != JsonTokenType.StartObject) throw new FormatException("it is not a JSON object");
        while (GoReading.Next(ref reader, out var name))
            switch (name)
            {
                case "ref": Ref = GoReading.Text(ref reader, name, null); break;
                case "descriptor": Descriptor.Read(ref reader, name); break;
                case "raw": Raw = GoReading.Bytes(ref reader, name); break;
                case "schemav2manifest": _docker = Slice(ref reader, CompactManifest.Docker, bytes); break;
                case "ocimanifest": _oci = Slice(ref reader, CompactManifest.Oci, bytes); break;
                case "digest": OldDigest = GoReading.Text(ref reader, name, OldDigest); break;
                case "platform": OldPlatform = PlatformFields.Read(ref reader, name, OldPlatform); break;
                default: reader.Skip(); break;
            }
    }

    /// <summary>docker keeps these bytes as they are; an editor may have made them pretty, which no longer tells anything.</summary>
    private static CompactManifest? Slice(ref Utf8JsonReader reader, string member, ReadOnlyMemory<byte> bytes)
    {
        if (!GoReading.Opens(ref reader, member)) return null;
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return new CompactManifest(member, GoJson.Compact(bytes.Span[start..(int)reader.BytesConsumed]));
    }
}
