using System.Text;
using System.Text.Json;

namespace Viaduct.Build.Dockerfiles;

/// <summary>
/// The bracket form of COPY, CMD and ENTRYPOINT. What is no JSON array falls back to words or to the shell, as docker does;
/// an array that holds anything but strings is an error.
/// </summary>
internal static class JsonForm
{
    public static IReadOnlyList<string>? TryRead(Word rest, string instruction)
    {
        var text = rest.Text.AsSpan().TrimStart();
        if (!text.StartsWith("[")) return null;
        var strings = new List<string>();
        var foreign = false;
        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text.ToString()), new JsonReaderOptions { MaxDepth = 64 });
            reader.Read();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (reader.TokenType == JsonTokenType.String) strings.Add(reader.GetString()!);
                else
                {
                    foreign = true;
                    reader.Skip();
                }
            }
            while (reader.Read()) { }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
        return foreign
            ? throw BuildErrors.Syntax(rest.Position, $"{instruction} has an array that holds more than strings", $"Write {instruction} [\"word\", \"word\"], each word in double quotes.")
            : strings;
    }
}
