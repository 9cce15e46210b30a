using System.Text.RegularExpressions;
using Viaduct.Yaml;

namespace Viaduct.Simulation;

/// <summary>Labels as the API server takes them (k8s.io/apimachinery/pkg/util/validation, IsQualifiedName and IsValidLabelValue).</summary>
internal static partial class LabelText
{
    private const int MaxName = 63;
    private const int MaxPrefix = 253;

    public static IReadOnlyDictionary<string, string> All(YamlMap? written)
    {
        if (written is null || written.IsEmpty) return NodeLabels.None;
        var labels = written.AllTexts();
        foreach (var (key, value) in labels)
        {
            if (!IsKey(key)) throw NodeErrors.BadValue(written.Where(key), "labels", $"has a key that no label can have: '{YamlErrors.Shown(key)}'");
            if (!IsValue(value)) throw NodeErrors.BadValue(written.Where(key), "labels", $"has a value that no label can have: '{YamlErrors.Shown(value)}'");
        }
        return labels;
    }

    public static bool IsKey(string key)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        var name = key[(slash + 1)..];
        return name.Length is > 0 and <= MaxName && Name().IsMatch(name) && (slash < 0 || (slash is > 0 and <= MaxPrefix && Prefix().IsMatch(key[..slash])));
    }

    public static bool IsValue(string value) => value.Length == 0 || (value.Length <= MaxName && Name().IsMatch(value));

    [GeneratedRegex(@"^[A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Name();

    [GeneratedRegex(@"^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Prefix();
}
