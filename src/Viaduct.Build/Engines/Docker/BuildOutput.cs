using System.Text;
using System.Text.Json;

namespace Viaduct.Build.Engines;

/// <summary>
/// Reads what <c>/build</c> answers: JSON, a line each (moby pkg/jsonmessage). BuildKit's progress comes in <c>moby.buildkit.trace</c>, the classic
/// builder's as text; a failure is a line like others, after an answer of 200.
/// </summary>
internal sealed class BuildOutput(EngineInfo engine, BuildLog log)
{
    /// <summary>A trace brings the logs of a tenth of a second; nothing that an engine says is near it.</summary>
    private const int MaxLine = 32 << 20;

    private string? _classic;

    /// <summary>What the build failed of; null when it did not.</summary>
    public string? Error { get; private set; }

    /// <exception cref="Oci.ViaductException">VIA2166.</exception>
    public async Task ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var lines = new LineReader(stream, MaxLine);
        try
        {
            while (await lines.ReadAsync(cancellationToken).ConfigureAwait(false) is { } line)
                if (!line.Span.Trim(" \r\t"u8).IsEmpty) Take(line);
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidDataException or InvalidOperationException)
        {
            throw DockerBuildErrors.Strange(engine, e.Message, e);
        }
    }

    private void Take(ReadOnlyMemory<byte> line)
    {
        using var document = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 16 });
        var message = document.RootElement;
        if (message.ValueKind != JsonValueKind.Object) throw new FormatException("a line is no object");
        var aux = message.TryGetProperty("aux", out var found) ? found : default;
        if (Text(message, "id") == "moby.buildkit.trace")
        {
            if (aux.ValueKind == JsonValueKind.String && aux.TryGetBytesFromBase64(out var bytes)) BuildTrace.Parse(bytes).Tell(log);
            return;
        }
        if (Text(message, "stream") is { } words) TakeClassic(words);
        if (message.TryGetProperty("errorDetail", out var detail) && detail.ValueKind == JsonValueKind.Object && Text(detail, "message") is { } why) Fail(why);
        else if (Text(message, "error") is { } error) Fail(error);
    }

    private void Fail(string error)
    {
        Error ??= error;
        // The classic builder's failing step is the last one that began.
        if (_classic is not null) log.Fail(_classic, error);
    }

    /// <summary>The classic builder tells its steps among what they say: <c>Step 2/4 : RUN make</c>.</summary>
    private void TakeClassic(string words)
    {
        if (words.StartsWith("Step ", StringComparison.Ordinal) && words.Split(" : ", 2) is [var number, var instruction])
            log.Begin(_classic = number, $"[{number["Step ".Length..]}] {instruction.Trim()}");
        else if (_classic is not null) log.Say(_classic, Encoding.UTF8.GetBytes(words));
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
