using System.Text.Json;
using System.Text.Unicode;

namespace Viaduct.Oci;

/// <summary>Views over foreign JSON: bounded in depth, strict about the kinds of the members that are read, silent about all others.</summary>
internal static class JsonReading
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 64, AllowDuplicateProperties = false };

    public static JsonDocument Parse(ReadOnlyMemory<byte> bytes, Func<string, Exception> error)
    {
        if (!Utf8.IsValid(bytes.Span)) throw error("it is not UTF-8");
        try
        {
            DecodeStrings(bytes.Span);
            var document = JsonDocument.Parse(bytes, Options);
            if (document.RootElement.ValueKind == JsonValueKind.Object) return document;
            document.Dispose();
            throw error("it is not a JSON object");
        }
        catch (InvalidOperationException)
        {
            throw error("it holds a string with half of a surrogate pair");
        }
        catch (JsonException e)
        {
            throw error($"it is not JSON (line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1})");
        }
    }

    /// <summary>
    /// JsonDocument looks at escapes only when a string is read, and half a surrogate pair then throws where nobody expects it;
    /// so all are read once, where the document is.
    /// </summary>
    private static void DecodeStrings(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IndexOf("\\u"u8) < 0) return;
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = Options.MaxDepth });
        while (reader.Read())
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
                _ = reader.GetString();
    }

    /// <summary>A member that is there and not null; Go reads null as absent.</summary>
    public static JsonElement? Member(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>A member that is an object; null when it is absent.</summary>
    public static JsonElement? Object(this JsonElement element, string name, Func<string, Exception> error) => element.Member(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Object } value => value,
        _ => throw error($"'{name}' is not an object"),
    };

    public static bool Flag(this JsonElement element, string name, Func<string, Exception> error) => element.Member(name) switch
    {
        null or { ValueKind: JsonValueKind.False } => false,
        { ValueKind: JsonValueKind.True } => true,
        _ => throw error($"'{name}' is not true or false"),
    };

    public static string? Text(this JsonElement element, string name, Func<string, Exception> error) => element.Member(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } value => value.GetString(),
        _ => throw error($"'{name}' is not a string"),
    };

    public static long? Integer(this JsonElement element, string name, Func<string, Exception> error) => element.Member(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } value when value.TryGetInt64(out var number) => number,
        _ => throw error($"'{name}' is not a whole number"),
    };

    public static IEnumerable<JsonElement> Items(this JsonElement element, string name, Func<string, Exception> error) => element.Member(name) switch
    {
        null => [],
        { ValueKind: JsonValueKind.Array } value => value.EnumerateArray(),
        _ => throw error($"'{name}' is not an array"),
    };

    public static IReadOnlyList<string> Texts(this JsonElement element, string name, Func<string, Exception> error) =>
        [.. element.Items(name, error).Select(i => i.ValueKind == JsonValueKind.String ? i.GetString()! : throw error($"'{name}' holds something that is not a string"))];

    public static IReadOnlyDictionary<string, string> Map(this JsonElement element, string name, Func<string, Exception> error)
    {
        if (element.Member(name) is not { } value) return Oci.Descriptor.Empty;
        if (value.ValueKind != JsonValueKind.Object) throw error($"'{name}' is not an object");
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
            map[member.Name] = member.Value.ValueKind switch
            {
                JsonValueKind.String => member.Value.GetString()!,
                JsonValueKind.Null => "",
                _ => throw error($"'{name}' holds something that is not a string"),
            };
        return map;
    }

    /// <summary>The set of a Go <c>map[string]struct{}</c>: exposed ports, volumes.</summary>
    public static IReadOnlyList<string> Keys(this JsonElement element, string name, Func<string, Exception> error) => element.Member(name) switch
    {
        null => [],
        { ValueKind: JsonValueKind.Object } value => [.. value.EnumerateObject().Select(m => m.Name)],
        _ => throw error($"'{name}' is not an object"),
    };

    public static Platform? Platform(this JsonElement element, string name, Func<string, Exception> error) =>
        element.Object(name, error)?.AsPlatform(error);

    public static Platform AsPlatform(this JsonElement value, Func<string, Exception> error) =>
        new(value.Text("os", error) ?? "", value.Text("architecture", error) ?? "", value.Text("variant", error))
        {
            OsVersion = value.Text("os.version", error) is { Length: > 0 } version ? version : null,
            OsFeatures = value.Texts("os.features", error),
        };

    public static Descriptor AsDescriptor(this JsonElement value, Func<string, Exception> error)
    {
        if (value.ValueKind != JsonValueKind.Object) throw error("a descriptor is not an object");
        var text = value.Text("digest", error) ?? throw error("a descriptor has no digest");
        if (!Digest.TryParse(text, out var digest)) throw error($"'{OciErrors.Shorten(text)}' is not a digest");
        var size = value.Integer("size", error) ?? throw error($"the descriptor of {digest} has no size");
        if (size < 0) throw error($"the descriptor of {digest} has a negative size");
        return new Descriptor(value.Text("mediaType", error) ?? "", digest, size)
        {
            Platform = value.Platform("platform", error),
            ArtifactType = value.Text("artifactType", error),
            Urls = value.Texts("urls", error),
            Annotations = value.Map("annotations", error),
        };
    }
}
