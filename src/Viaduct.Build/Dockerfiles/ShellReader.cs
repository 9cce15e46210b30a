using System.Text;

namespace Viaduct.Build.Dockerfiles;

/// <summary>One pass of a <see cref="ShellLexer"/> over one text.</summary>
internal sealed class ShellReader(ShellLexer options, char escape, string text, Variables variables)
{
    // ENV a=$a$a thirty times would be a gigabyte.
    private const int MaxLength = 1 << 20;
    private const int MaxDepth = 64;

    private readonly ShellSubstitution _substitution = new();
    private int _at;
    private int _depth;
    private bool _rawEscapes = options.RawEscapes;

    public Dictionary<string, string> Matched { get; } = new(StringComparer.Ordinal);
    public HashSet<string> Unmatched { get; } = new(StringComparer.Ordinal);

    private bool Ended => _at >= text.Length;

    public List<string> UntilEnd(StringBuilder result) => Until(null, result);

    private List<string> Until(char? stop, StringBuilder result)
    {
        var words = new WordCollector();
        while (!Ended)
        {
            Bound(result);
            var c = text[_at];
            if (c == stop)
            {
                _at++;
                return words.Finish();
            }
            switch (c)
            {
                case '\'' or '"' when !options.PlainQuotes:
                    var quoted = c == '"' ? DoubleQuoted() : SingleQuoted();
                    result.Append(quoted);
                    words.AddWhole(quoted);
                    break;
                case '$':
                    var value = Dollar();
                    result.Append(value);
                    words.AddSplitting(value);
                    break;
                default:
                    _at++;
                    if (c != escape)
                    {
                        result.Append(c);
                        words.Add(c);
                        break;
                    }
                    if (_rawEscapes)
                    {
                        result.Append(c);
                        words.AddWhole(c.ToString());
                    }
                    if (Ended) break;
                    c = text[_at++];
                    result.Append(c);
                    words.AddWhole(c.ToString());
                    break;
            }
        }
        return stop is null ? words.Finish() : throw new ShellSyntaxException($"the closing '{stop}' is missing");
    }

    private string SingleQuoted()
    {
        var end = text.IndexOf('\'', _at + 1);
        if (end < 0) throw new ShellSyntaxException("the closing single quote is missing");
        var inside = text[(_at + 1)..end];
        _at = end + 1;
        return options.RawQuotes ? $"'{inside}'" : inside;
    }

    private string DoubleQuoted()
    {
        var result = new StringBuilder();
        if (options.RawQuotes) result.Append('"');
        _at++;
        while (!Ended)
        {
            Bound(result);
            var c = text[_at];
            if (c == '"')
            {
                _at++;
                if (options.RawQuotes) result.Append('"');
                return result.ToString();
            }
            if (c == '$')
            {
                result.Append(Dollar());
                continue;
            }
            _at++;
            if (c == escape)
            {
                if (_rawEscapes) result.Append(c);
                if (Ended) break;
                if (text[_at] == '"' || text[_at] == '$' || text[_at] == escape) c = text[_at++];
            }
            result.Append(c);
        }
        throw new ShellSyntaxException("the closing double quote is missing");
    }

    private string Dollar()
    {
        _at++;
        if (Ended || text[_at] != '{')
        {
            var plain = Name();
            return plain.Length == 0 ? "$" : Plain(plain, "$" + plain);
        }

        _at++;
        if (Ended) throw new ShellSyntaxException("the closing '}' is missing");
        if (text[_at] is '{' or '}' or ':') throw new ShellSyntaxException("a name must follow '${'");
        if (++_depth > MaxDepth) throw new ShellSyntaxException($"substitutions are nested more than {MaxDepth} deep");
        var name = Name();
        var result = Braced(name);
        _depth--;
        return result;
    }

    private string Braced(string name)
    {
        if (Ended) throw new ShellSyntaxException("the closing '}' is missing");
        var modifier = text[_at++];
        if (modifier == '}') return Plain(name, $"${{{name}}}");
        if (modifier == '/') return Replace(name);

        var emptyIsUnset = modifier == ':';
        if (emptyIsUnset)
        {
            if (Ended) throw new ShellSyntaxException("the closing '}' is missing");
            modifier = text[_at++];
        }
        if (modifier is not ('+' or '-' or '?' or '#' or '%') || (emptyIsUnset && modifier is '#' or '%'))
            throw new ShellSyntaxException($"'{(emptyIsUnset ? ":" : "")}{modifier}' is not a modifier that a substitution knows");

        var word = Raw('}', raw: modifier is '#' or '%');
        var value = Value(name, out var set);
        if (!set && options.KeepUnset) return $"${{{name}{(emptyIsUnset ? ":" : "")}{modifier}{word}}}";
        return _substitution.Apply(modifier, name, word, value, set, emptyIsUnset);
    }

    private string Replace(string name)
    {
        var all = !Ended && text[_at] == '/';
        if (all) _at++;
        var pattern = Raw('/', raw: true);
        var replacement = Raw('}', raw: true);
        var value = Value(name, out var set);
        return !set && options.KeepUnset ? $"${{{name}/{pattern}/{replacement}}}" : _substitution.Replace(value, pattern, replacement, all);
    }

    private string Raw(char stop, bool raw)
    {
        var before = _rawEscapes;
        _rawEscapes = raw;
        var result = new StringBuilder();
        Until(stop, result);
        _rawEscapes = before;
        return result.ToString();
    }

    private string Name()
    {
        if (Ended) return "";
        var start = _at;
        if (char.IsDigit(text[_at]))
        {
            while (!Ended && char.IsDigit(text[_at])) _at++;
            return text[start.._at];
        }
        if (text[_at] is '@' or '*' or '#' or '?' or '-' or '$' or '!') return text[_at++].ToString();
        while (!Ended && (char.IsLetterOrDigit(text[_at]) || text[_at] == '_')) _at++;
        return text[start.._at];
    }

    private string Plain(string name, string asWritten)
    {
        var value = Value(name, out var set);
        return set || !options.KeepUnset ? value : asWritten;
    }

    private static void Bound(StringBuilder result)
    {
        if (result.Length > MaxLength) throw new ShellSyntaxException($"the result has more than {MaxLength} characters");
    }

    private string Value(string name, out bool set)
    {
        set = variables.TryGet(name, out var value);
        if (set) Matched[name] = value;
        else Unmatched.Add(name);
        return value;
    }
}
