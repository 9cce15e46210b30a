using System.Text;
using Viaduct.Build.Dockerfiles;

namespace Viaduct.Cli.Docker;

/// <summary>Reads flags as docker's commands do (spf13/pflag flag.go, parseLongArg and parseSingleShortArg).</summary>
/// <param name="interspersed">True when flags may follow arguments.</param>
internal sealed class FlagParser(IReadOnlyList<Flag> flags, bool interspersed = true)
{
    /// <exception cref="FlagException">In pflag's words.</exception>
    public ParsedFlags Parse(IReadOnlyList<string> words)
    {
        var parsed = new ParsedFlags();
        var rest = new Queue<string>(words);
        while (rest.TryDequeue(out var word))
        {
            if (word.Length < 2 || word[0] != '-')
            {
                parsed.Add(word);
                if (interspersed) continue;
                parsed.Add(rest);
                break;
            }
            if (word == "--")
            {
                parsed.Add(rest);
                break;
            }
            if (word[1] == '-') Long(word, rest, parsed);
            else Letters(word[1..], rest, parsed);
        }
        return parsed;
    }

    public Flag? Find(string name) => flags.FirstOrDefault(f => f.Name == name);

    public Flag? Find(char letter) => flags.FirstOrDefault(f => f.Shorthand == letter);

    private void Long(string word, Queue<string> rest, ParsedFlags parsed)
    {
        var name = word[2..];
        if (name[0] is '-' or '=') throw new FlagException($"bad flag syntax: {word}");
        var equals = name.IndexOf('=');
        var value = equals < 0 ? null : name[(equals + 1)..];
        if (equals >= 0) name = name[..equals];
        var flag = Find(name) ?? throw FlagException.Unknown(name);
        if (value is null && flag.Kind == FlagKind.Bool) value = "true";
        if (value is null && !rest.TryDequeue(out value)) throw new FlagException($"flag needs an argument: {word}");
        Set(flag, value, parsed);
    }

    private void Letters(string letters, Queue<string> rest, ParsedFlags parsed)
    {
        while (letters.Length > 0)
        {
            var flag = Find(letters[0]) ?? throw new FlagException($"unknown shorthand flag: {FirstByte(letters)} in -{letters}");
            string? value;
            var after = "";
            // With nothing behind it the equals sign is taken for one more letter.
            if (letters.Length > 2 && letters[1] == '=') value = letters[2..];
            else if (flag.Kind == FlagKind.Bool) (value, after) = ("true", letters[1..]);
            else if (letters.Length > 1) value = letters[1..];
            else if (!rest.TryDequeue(out value)) throw new FlagException($"flag needs an argument: {FirstByte(letters)} in -{letters}");
            if (flag.IsShorthandDeprecated) parsed.Deprecations++;
            Set(flag, value, parsed);
            letters = after;
        }
    }

    private static void Set(Flag flag, string value, ParsedFlags parsed)
    {
        try
        {
            parsed.Set(flag, value);
        }
        catch (FormatException e)
        {
            throw new FlagException($"invalid argument {GoText.Quote(value)} for \"{flag.Label}\" flag: {e.Message}");
        }
    }

    /// <summary>pflag looks at bytes, and shows a byte as if it were a character.</summary>
    private static string FirstByte(string letters) => GoText.Quote(Encoding.UTF8.GetBytes(letters)[0]);
}
