using System.Globalization;

namespace Viaduct.Registry;

/// <summary>How much a registry allows, as it said last: Docker Hub's <c>ratelimit-limit: 100;w=21600</c> and what stands beside it (docker/docs, usage/pulls.md).</summary>
/// <param name="Limit">Requests in a window.</param>
/// <param name="Window">Zero when it is not said.</param>
/// <param name="Remaining">Null when it is not said.</param>
/// <param name="Source">Who they are counted for, an address or an account; null when it is not said.</param>
public sealed record RegistryQuota(int Limit, TimeSpan Window, int? Remaining, string? Source)
{
    /// <param name="limit"><c>RateLimit-Limit</c>, as it came; null when there is none.</param>
    internal static RegistryQuota? Read(string? limit, string? remaining, string? source)
    {
        if (!TryRead(limit, out var count, out var window)) return null;
        return new RegistryQuota(count, window, TryRead(remaining, out var left, out _) ? left : null, source is null ? null : ErrorEnvelope.Clean(source));
    }

    /// <summary>For people: <c>of 100 requests in 6 h, 0 are left for 203.0.113.7</c>.</summary>
    public override string ToString()
    {
        var window = Window == TimeSpan.Zero ? "" : $" in {Say(Window)}";
        return $"of {Limit} requests{window}, {(Remaining is { } left ? $"{left} are left" : "an unknown number is left")}{(Source is null ? "" : $" for {Source}")}";
    }

    private static bool TryRead(string? text, out int count, out TimeSpan window)
    {
        (count, window) = (0, TimeSpan.Zero);
        // A list of several windows begins with the one that counts (draft-polli-ratelimit-headers).
        if (text is null || text.Length > 200) return false;
        var parts = text.Split(',')[0].Split(';', StringSplitOptions.TrimEntries);
        if (!int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out count)) return false;
        foreach (var part in parts.AsSpan(1))
            if (part.StartsWith("w=", StringComparison.OrdinalIgnoreCase) && int.TryParse(part.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
                window = TimeSpan.FromSeconds(seconds);
        return true;
    }

    private static string Say(TimeSpan window) => window switch
    {
        { TotalSeconds: var s } when s % 3600 == 0 => $"{s / 3600} h",
        { TotalSeconds: var s } when s % 60 == 0 => $"{s / 60} min",
        { TotalSeconds: var s } => $"{s} s",
    };
}
