using System.Text.Json;

namespace Viaduct.Server.Tests;

internal static class HttpResponseExtensions
{
    public static string? Header(this HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) || response.Content.Headers.TryGetValues(name, out values) ? string.Join(", ", values) : null;

    /// <summary>The code in the error envelope.</summary>
    public static async Task<string?> ErrorAsync(this HttpResponseMessage response)
    {
        Assert.Equal("application/json", response.Content.Headers.ContentType?.ToString());
        using var document = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
        var error = document.RootElement.GetProperty("errors")[0];
        Assert.Equal(JsonValueKind.String, error.GetProperty("message").ValueKind);
        Assert.True(error.TryGetProperty("detail", out _));
        return error.GetProperty("code").GetString();
    }

    public static async Task<string[]> ListAsync(this HttpResponseMessage response, string member)
    {
        using var document = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
        return [.. document.RootElement.GetProperty(member).EnumerateArray().Select(e => e.GetString()!)];
    }
}
