using System.Text;
using System.Text.Json;
using Viaduct.Oci;

namespace Viaduct.Build.Engines.Connections;

/// <summary>Small files of docker's client.</summary>
internal static class ClientFiles
{
    private const int MostBytes = 4 << 20;
    private static readonly JsonDocumentOptions Bounds = new() { MaxDepth = 32 };

    /// <returns>Null when there is none.</returns>
    /// <exception cref="ViaductException">VIA2193.</exception>
    public static string? ReadText(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            using var bytes = new MemoryStream();
            var buffer = new byte[16 << 10];
            // Not by its length: a pipe has none.
            while (file.Read(buffer) is > 0 and var count)
            {
                bytes.Write(buffer, 0, count);
                if (bytes.Length > MostBytes) throw EngineErrors.Configuration(path, "it is too large");
            }
            return Encoding.UTF8.GetString(bytes.GetBuffer().AsSpan(0, (int)bytes.Length).TrimStart("\uFEFF"u8));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw EngineErrors.Configuration(path, e.Message);
        }
    }

    /// <returns>Null when there is none, or nothing in it.</returns>
    /// <exception cref="ViaductException">VIA2193.</exception>
    public static JsonElement? ReadObject(string path)
    {
        var text = ReadText(path);
        if (string.IsNullOrWhiteSpace(text)) return null;
        try
        {
            using var json = JsonDocument.Parse(text, Bounds);
            return json.RootElement.ValueKind == JsonValueKind.Object ? json.RootElement.Clone() : throw EngineErrors.Configuration(path, "it is not a JSON object");
        }
        catch (JsonException e)
        {
            // config.json has secrets, so nothing of it is shown.
            throw EngineErrors.Configuration(path, $"it is not JSON (line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1})");
        }
    }

    public static JsonElement? Member(JsonElement? element, string name, JsonValueKind kind) =>
        element is { ValueKind: JsonValueKind.Object } at && at.TryGetProperty(name, out var value) && value.ValueKind == kind ? value : null;

    public static string? Text(JsonElement? element, string name) => Member(element, name, JsonValueKind.String)?.GetString() is { Length: > 0 } text ? text : null;
}
