namespace Viaduct.Configuration;

/// <summary>A value of buildx' kind: <c>key=value,key=value</c>.</summary>
internal static class CommaWord
{
    public static List<(string Key, string Value)> Split(string text) =>
        [.. text.Split(',').Select(p => p.IndexOf('=') is > 0 and var equals ? (Key: p[..equals].Trim(), Value: p[(equals + 1)..].Trim()) : (Key: "", Value: p.Trim()))];

    /// <summary>The same with the files that these keys name found from a folder.</summary>
    public static string From(string directory, string text, params ReadOnlySpan<string> keys)
    {
        var parts = Split(text);
        for (var i = 0; i < parts.Count; i++)
            if (keys.Contains(parts[i].Key)) parts[i] = (parts[i].Key, Path.GetFullPath(parts[i].Value, directory));
        return string.Join(',', parts.Select(p => p.Key.Length == 0 ? p.Value : $"{p.Key}={p.Value}"));
    }
}
