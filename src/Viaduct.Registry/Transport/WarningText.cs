using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Viaduct.Registry;

/// <summary>
/// <c>299 - "text"</c>, the only form that a registry may send (distribution-spec, "Warnings"): other codes, agents and dates are caches' talk.
/// </summary>
internal static class WarningText
{
    private const string Start = "299 - \"";
    private const int MaxLength = 4096;

    public static bool TryRead(string value, [NotNullWhen(true)] out string? text)
    {
        text = null;
        value = value.Trim();
        if (value.Length > MaxLength || !value.StartsWith(Start, StringComparison.Ordinal)) return false;
        var said = new StringBuilder();
        for (var i = Start.Length; i < value.Length; i++)
        {
            if (value[i] == '"')
            {
                text = i == value.Length - 1 ? ErrorEnvelope.Clean(said.ToString()) : null;
                return text is not null;
            }
            // RFC 9110, 5.6.4: a backslash takes what follows as it is.
            if (value[i] == '\\' && ++i == value.Length) return false;
            said.Append(value[i]);
        }
        return false;
    }
}
