using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Viaduct.Attestations;

/// <summary>
/// Reads what strangers say of an image: at most 64 deep, no member twice, no half of a surrogate pair, and a member of the wrong kind is
/// refused. All fail with <see cref="FormatException"/>.
/// </summary>
internal static class JsonFacts
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 64, AllowDuplicateProperties = false };

    public static JsonDocument Parse(ReadOnlyMemory<byte> bytes)
    {
        if (!Utf8.IsValid(bytes.Span)) throw new FormatException("it is not UTF-8");
        try
        {
            DecodeStrings(bytes.Span);
            var document = JsonDocument.Parse(bytes, Options);
            if (document.RootElement.ValueKind == JsonValueKind.Object) return document;
            document.Dispose();
            throw new FormatException("it is no JSON object");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new FormatException("it is no JSON that can be read", e);
        }
    }

    /// <summary>Half a surrogate pair would throw only where it is read, names of members among them; so all are read once.</summary>
    private static void DecodeStrings(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IndexOf("\\u"u8) < 0) return;
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = Options.MaxDepth });
        while (reader.Read())
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped) _ = reader.GetString();
    }

    public static JsonElement? Object(this JsonElement element, string name) => Member(element, name) is not { } value ? null
        : value.ValueKind == JsonValueKind.Object ? value : throw new FormatException($"'{name}' is no object");

    public static string? Text(this JsonElement element, string name) => Member(element, name) is not { } value ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString() : throw new FormatException($"'{name}' is no string");

    public static IEnumerable<JsonElement> Items(this JsonElement element, string name) => Member(element, name) is not { } value ? []
        : value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : throw new FormatException($"'{name}' is no array");

    /// <summary>An in-toto digest set (in-toto/attestation, spec/v1/digest_set.md).</summary>
    public static IReadOnlyDictionary<string, string> Digests(this JsonElement element, string name)
    {
        var digests = new Dictionary<string, string>(StringComparer.Ordinal);
        if (element.Object(name) is { } set)
            foreach (var member in set.EnumerateObject())
                digests[member.Name] = member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString()! : throw new FormatException($"'{name}' holds what is no digest");
        return digests;
    }

    /// <summary>Base64 of the usual alphabet or of that of URLs: protobuf's JSON allows both.</summary>
    public static byte[] Base64(this JsonElement element, string name) =>
        Base64(element.Text(name) ?? throw new FormatException($"there is no '{name}'"), name);

    public static byte[] Base64(string text, string name)
    {
        try
        {
            return Convert.FromBase64String(text.Replace('-', '+').Replace('_', '/'));
        }
        catch (FormatException e)
        {
            throw new FormatException($"'{name}' is no base64", e);
        }
    }

    /// <summary>As it is written.</summary>
    public static byte[] Bytes(JsonElement element) => Encoding.UTF8.GetBytes(element.GetRawText());

    private static JsonElement? Member(JsonElement element, string name) => element.ValueKind != JsonValueKind.Object ? throw new FormatException($"what would hold '{name}' is no object")
        : element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
