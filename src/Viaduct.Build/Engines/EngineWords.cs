using System.Text.Json;
using Docker.DotNet;

namespace Viaduct.Build.Engines;

/// <summary>The sentence in an engine's answer.</summary>
internal static class EngineWords
{
    /// <summary>Refusals are <c>{"message": "…"}</c> (Engine API, ErrorResponse); whatever else there is, is told as it stands.</summary>
    public static string Of(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement is { ValueKind: JsonValueKind.Object } answer && answer.TryGetProperty("message", out var message) && message.GetString() is { } text ? text : body;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return body;
        }
    }

    /// <summary>Why a request failed: the engine's words, else the connection's.</summary>
    public static string Of(Exception e) => e is DockerApiException { ResponseBody: { Length: > 0 } body } ? Of(body) : e.GetBaseException().Message;
}
