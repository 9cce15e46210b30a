using System.Text;

namespace Viaduct.Registry;

/// <summary>
/// Reads a WWW-Authenticate header as it is met in the field: several challenges in one line, quoted and bare values, repeated keys,
/// token68. Never throws; what it cannot read it leaves out.
/// </summary>
internal static class ChallengeParser
{
    private const int MaxParameters = 64;

    public static List<Challenge> Parse(string header)
    {
        var found = new List<Challenge>();
        Dictionary<string, string>? parameters = null;
        var count = 0;
        var at = 0;
        while (at < header.Length && count < MaxParameters)
        {
            if (!IsToken(header[at]))
            {
                at++;
                continue;
            }
            var word = Token(header, ref at);
            var next = at;
            SkipBlanks(header, ref next);
            if (next < header.Length && header[next] == '=' && parameters is not null)
            {
                at = next + 1;
                SkipBlanks(header, ref at);
                Add(parameters, word, Value(header, ref at));
                count++;
            }
            else if (!(next < header.Length && header[next] == '='))
            {
                parameters = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
                found.Add(new Challenge(word, parameters));
                count++;
            }
        }
        return found;
    }

    private static void Add(Dictionary<string, string> parameters, string name, string value)
    {
        // Some registries repeat scope instead of joining it; of everything else the first counts.
        if (!parameters.TryAdd(name, value) && name.Equals("scope", StringComparison.OrdinalIgnoreCase))
            parameters[name] = $"{parameters[name]} {value}";
    }

    private static string Token(string text, ref int at)
    {
        var start = at;
        while (at < text.Length && IsToken(text[at])) at++;
        return text[start..at];
    }

    private static string Value(string text, ref int at)
    {
        if (at >= text.Length || text[at] != '"')
        {
            var start = at;
            while (at < text.Length && text[at] is not (',' or ' ' or '\t')) at++;
            return text[start..at];
        }
        var value = new StringBuilder();
        for (at++; at < text.Length && text[at] != '"'; at++)
        {
            if (text[at] == '\\' && at + 1 < text.Length) at++;
            value.Append(text[at]);
        }
        at++;
        return value.ToString();
    }

    private static void SkipBlanks(string text, ref int at)
    {
        while (at < text.Length && text[at] is (' ' or '\t')) at++;
    }

    private static bool IsToken(char c) => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c);
}
