using System.Text.RegularExpressions;

namespace Viaduct.Yaml;

/// <summary>
/// What a scalar without quotes is to kubectl, kubelet and helm: by the rules of YAML 1.1 as sigs.k8s.io/yaml has them (goyaml.v2 resolve.go),
/// by which y and off are truth values.
/// </summary>
internal static partial class PlainScalars
{
    private static readonly HashSet<string> Truths = new(StringComparer.Ordinal)
    {
        "y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON",
        "n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF",
    };

    public static DataKind KindOf(string text)
    {
        if (text is "" or "~" or "null" or "Null" or "NULL") return DataKind.Nothing;
        if (text[0] is >= '0' and <= '9' or '-' or '+' or '.') return Number().IsMatch(text) ? DataKind.Number : DataKind.Text;
        return text.Length <= 5 && Truths.Contains(text) ? DataKind.Truth : DataKind.Text;
    }

    [GeneratedRegex(@"^([-+]?(0b[01_]+|0o?[0-7_]+|0x[0-9a-fA-F_]+|[0-9][0-9_]*|(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|\.(inf|Inf|INF))|\.(nan|NaN|NAN))$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Number();
}
