using System.Text;
using System.Text.Json;

namespace Viaduct.Registry;

/// <summary>What a registry says about a failure: <c>{"errors":[{"code","message"}]}</c>, or a line of text; cleaned and shortened.</summary>
internal sealed record ErrorEnvelope(string? Code, string? Message)
{
    public const int MaxSize = 64 << 10;
    private const int MaxText = 200;

    /// <summary>Reads at most 64 KiB; what cannot be read is not worth another failure.</summary>
    public static async Task<ErrorEnvelope> ReadAsync(Answer answer, CancellationToken cancellationToken)
    {
        try
        {
            var (bytes, _) = await answer.ReadAsync(MaxSize, cancellationToken).ConfigureAwait(false);
            return Parse(bytes, answer.IsHtml);
        }
        catch (TransportException)
        {
            return new ErrorEnvelope(null, null);
        }
    }

    public static ErrorEnvelope Parse(ReadOnlyMemory<byte> bytes, bool isHtml)
    {
        if (isHtml) return new ErrorEnvelope(null, "an HTML page");
        if (bytes.IsEmpty) return new ErrorEnvelope(null, null);
        try
        {
            using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = 16 });
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object) return new ErrorEnvelope(null, null);
            if (root.TryGetProperty("errors", out var errors) && errors.ValueKind == JsonValueKind.Array && errors.GetArrayLength() > 0)
                return new ErrorEnvelope(Text(errors[0], "code"), Text(errors[0], "message"));
            // Token services speak OAuth, or say "details" (Docker Hub).
            return new ErrorEnvelope(Text(root, "error"), Text(root, "error_description") ?? Text(root, "message") ?? Text(root, "details"));
        }
        catch (JsonException)
        {
            return new ErrorEnvelope(null, Clean(Encoding.UTF8.GetString(bytes.Span[..Math.Min(bytes.Length, 4 * MaxText)])));
        }
    }

    /// <summary><c>CODE: message</c>, or what there is of it; empty when nothing was said.</summary>
    public override string ToString() => (Code, Message) switch
    {
        (null, null) => "",
        ({ } code, null) => code,
        (null, { } message) => message,
        var (code, message) => $"{code}: {message}",
    };

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? Clean(value.GetString()!)
            : null;

    /// <summary>One line of printable text; the query of any address in it is left out.</summary>
    private static string? Clean(string text)
    {
        var words = new StringBuilder();
        foreach (var word in text.Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (words.Length > 0) words.Append(' ');
            foreach (var c in word)
            {
                if (c == '?' && (word.Contains("://") || word.StartsWith('/'))) break;
                if (!char.IsControl(c) && char.GetUnicodeCategory(c) != System.Globalization.UnicodeCategory.Format) words.Append(c);
            }
            if (words.Length > MaxText) break;
        }
        if (words.Length == 0) return null;
        return words.Length <= MaxText ? words.ToString() : words.ToString(0, MaxText) + "…";
    }
}
