using System.Text;
using System.Text.Json;

namespace Viaduct.Registry;

/// <summary>What a registry says about a failure: <c>{"errors":[{"code","message"}]}</c>, or a line of text; cleaned and shortened, except in what docker's words are made of.</summary>
internal sealed record ErrorEnvelope(string? Code, string? Message)
{
    public const int MaxSize = 64 << 10;
    private const int MaxText = 200;
    private const int MaxErrors = 64;

    /// <summary>The errors of the body, or the one that <c>details</c> alone, or text that is not said to be JSON, is; empty for other JSON and for what should be some.</summary>
    public IReadOnlyList<SaidError> All { get; init; } = [];

    /// <summary>True for <c>{"errors":[…]}</c>, with codes or, as some registries have it of what is absent, with nothing in it.</summary>
    public bool IsSpoken { get; private init; }

    /// <summary>As it came.</summary>
    public string Body { get; init; } = "";

    /// <summary>Reads at most 64 KiB; what cannot be read is not worth another failure.</summary>
    public static async Task<ErrorEnvelope> ReadAsync(Answer answer, CancellationToken cancellationToken)
    {
        try
        {
            var (bytes, _) = await answer.ReadAsync(MaxSize, cancellationToken).ConfigureAwait(false);
            return Parse(bytes, answer.MediaType);
        }
        catch (TransportException)
        {
            return new ErrorEnvelope(null, null);
        }
    }

    public static ErrorEnvelope Parse(ReadOnlyMemory<byte> bytes, string? mediaType)
    {
        var body = Encoding.UTF8.GetString(bytes.Span);
        var said = Answer.IsHtmlType(mediaType) ? new ErrorEnvelope(null, "an HTML page") : Parse(bytes);
        // docker believes the type and takes all that is not said to be JSON for the message (distribution 2.8.3 registry/client/errors.go, parseHTTPErrorResponse).
        return said with { Body = body, All = mediaType is "application/json" or "application/vnd.api+json" ? said.All : [new SaidError(null, body, HasDetail: true)] };
    }

    private static ErrorEnvelope Parse(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.IsEmpty) return new ErrorEnvelope(null, null);
        try
        {
            using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = 16 });
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object) return new ErrorEnvelope(null, null);
            var isSpoken = root.TryGetProperty("errors", out var errors) && errors.ValueKind == JsonValueKind.Array;
            if (isSpoken && errors.GetArrayLength() > 0)
                return new ErrorEnvelope(Short(errors[0], "code"), Short(errors[0], "message")) { IsSpoken = true, All = [.. errors.EnumerateArray().Take(MaxErrors).Select(Read)] };
            // Token services speak OAuth, or say "details" (Docker Hub).
            return new ErrorEnvelope(Short(root, "error"), Short(root, "error_description") ?? Short(root, "message") ?? Short(root, "details"))
            {
                IsSpoken = isSpoken,
                All = Text(root, "details") is { Length: > 0 } details ? [new SaidError(null, details, HasDetail: true)] : [],
            };
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

    private static SaidError Read(JsonElement error) => new(Short(error, "code"), Text(error, "message") is { Length: > 0 } message ? message : null,
        error.ValueKind == JsonValueKind.Object && error.TryGetProperty("detail", out var detail) && detail.ValueKind != JsonValueKind.Null);

    private static string? Short(JsonElement element, string name) => Text(element, name) is { } text ? Clean(text) : null;

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>One line of printable text; the query of any address in it is left out.</summary>
    public static string? Clean(string text)
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
