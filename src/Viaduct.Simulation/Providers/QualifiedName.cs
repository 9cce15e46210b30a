using System.Text.RegularExpressions;

namespace Viaduct.Simulation;

/// <summary>Names of labels and annotations (k8s.io/apimachinery/pkg/util/validation, IsQualifiedName).</summary>
internal static partial class QualifiedName
{
    private const string NameRule = "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";
    private const string PrefixRule = "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character";

    public static IEnumerable<string> Faults(string text)
    {
        var parts = text.Split('/');
        if (parts.Length > 2)
        {
            yield return $"a qualified name {NameRule} (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '{Name()}') with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')";
            yield break;
        }
        if (parts.Length == 2)
        {
            if (parts[0].Length == 0) yield return "prefix part must be non-empty";
            else if (parts[0].Length > 253) yield return "prefix part must be no more than 253 characters";
            if (!Whole(Prefix(), parts[0])) yield return $"prefix part {PrefixRule} (e.g. 'example.com', regex used for validation is '{Prefix()}')";
        }
        var name = parts[^1];
        if (name.Length == 0) yield return "name part must be non-empty";
        else if (name.Length > 63) yield return "name part must be no more than 63 characters";
        if (!Whole(Name(), name)) yield return $"name part {NameRule} (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '{Name()}')";
    }

    // Go's validation puts ^ and $ around; what it prints is without them. The pattern as it stands would find a part.
    private static bool Whole(Regex rule, string text)
    {
        foreach (var match in rule.EnumerateMatches(text))
            return match.Index == 0 && match.Length == text.Length;
        return false;
    }

    [GeneratedRegex("([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Name();

    [GeneratedRegex(@"[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Prefix();
}
