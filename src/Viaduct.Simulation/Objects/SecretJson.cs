using System.Text;
using System.Text.Json;

namespace Viaduct.Simulation;

/// <summary>What Go's encoding/json says where the content of a secret is to be a map[string]interface{}.</summary>
internal static class SecretJson
{
    /// <summary>Null where it is an object, or null, which is taken as well.</summary>
    public static string? Fault(byte[] content)
    {
        var reader = new Utf8JsonReader(content, new JsonReaderOptions { MaxDepth = 1000 });
        try
        {
            reader.Read();
            var kind = reader.TokenType;
            while (reader.Read()) { }
            return kind switch
            {
                JsonTokenType.StartObject or JsonTokenType.Null => null,
                JsonTokenType.StartArray => Mismatch("array"),
                JsonTokenType.String => Mismatch("string"),
                JsonTokenType.Number => Mismatch("number"),
                _ => Mismatch("bool"),
            };
        }
        catch (JsonException)
        {
            return IsAtStart(content) ? GoText.JsonError(Encoding.UTF8.GetString(content.AsSpan(0, Math.Min(content.Length, 256)))) : "it is not JSON";
        }
    }

    private static string Mismatch(string kind) => $"json: cannot unmarshal {kind} into Go value of type map[string]interface {{}}";

    /// <summary>Whether it fails at its first character, of which Go's words are known. Those further in would show what stands there.</summary>
    private static bool IsAtStart(byte[] content)
    {
        var first = content.AsSpan().TrimStart(" \t\r\n"u8);
        return first.IsEmpty || !"{[\"-0123456789tfn"u8.Contains(first[0]);
    }
}
