using System.Globalization;
using System.Text;

namespace Viaduct.Simulation;

/// <summary>Words that Go's libraries would say.</summary>
internal static class GoText
{
    /// <summary>Go encoding/json about a body that is no JSON from its first character on.</summary>
    public static string JsonError(string body)
    {
        var text = body.TrimStart(' ', '\t', '\r', '\n');
        if (text.Length == 0) return "unexpected end of JSON input";
        var first = text[0] switch { '\'' => "'\\''", '"' => "'\"'", var c => $"'{c}'" };
        return $"invalid character {first} looking for beginning of value";
    }

    /// <summary>Go fmt's %q.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
            quoted.Append(c switch
            {
                '"' => "\\\"",
                '\\' => @"\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                _ when char.IsControl(c) => string.Create(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}"),
                _ => c.ToString(),
            });
        return quoted.Append('"').ToString();
    }
}
