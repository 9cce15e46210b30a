using System.Text.Json;

namespace Viaduct.Manifests;

/// <summary>
/// Steps through JSON as Go's encoding/json does for a struct (encoding/json/decode.go, object): names in any case, null leaves a value as it is,
/// and a value of another kind is an error. Each function begins at a value and ends on its last token.
/// </summary>
internal static class GoReading
{
    /// <summary>Goes on to the value of the next member; false at the end of the object.</summary>
    /// <param name="name">In lower case.</param>
    public static bool Next(ref Utf8JsonReader reader, out string name)
    {
        name = "";
        reader.Read();
        if (reader.TokenType == JsonTokenType.EndObject) return false;
        name = reader.GetString()!.ToLowerInvariant();
        reader.Read();
        return true;
    }

    /// <summary>False for null.</summary>
    /// <exception cref="FormatException">It is neither an object nor null.</exception>
    public static bool Opens(ref Utf8JsonReader reader, string name) => Is(ref reader, JsonTokenType.StartObject, name, "an object");

    public static string? Text(ref Utf8JsonReader reader, string name, string? before) =>
        Is(ref reader, JsonTokenType.String, name, "a string") ? reader.GetString() : before;

    public static long? Integer(ref Utf8JsonReader reader, string name, long? before) =>
        !Is(ref reader, JsonTokenType.Number, name, "a number") ? before
        : reader.TryGetInt64(out var number) ? number : throw new FormatException($"'{name}' is not a whole number");

    public static byte[]? Bytes(ref Utf8JsonReader reader, string name) =>
        !Is(ref reader, JsonTokenType.String, name, "a string") ? null
        : reader.TryGetBytesFromBase64(out var bytes) ? bytes : throw new FormatException($"'{name}' is not base64");

    /// <summary>A second array replaces the first.</summary>
    public static List<string> Texts(ref Utf8JsonReader reader, string name)
    {
        var texts = new List<string>();
        if (!Is(ref reader, JsonTokenType.StartArray, name, "an array")) return texts;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) texts.Add(Text(ref reader, name, "")!);
        return texts;
    }

    /// <summary>A second object adds to the first, and null empties it.</summary>
    public static void Map(ref Utf8JsonReader reader, string name, Dictionary<string, string> map)
    {
        if (!Opens(ref reader, name))
        {
            map.Clear();
            return;
        }
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var key = reader.GetString()!;
            reader.Read();
            map[key] = Text(ref reader, name, "")!;
        }
    }

    private static bool Is(ref Utf8JsonReader reader, JsonTokenType kind, string name, string what) =>
        reader.TokenType == kind || (reader.TokenType == JsonTokenType.Null ? false : throw new FormatException($"'{name}' is not {what}"));
}
