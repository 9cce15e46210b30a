using System.Text;

namespace Viaduct.Build.Dockerfiles;

/// <summary>A <c>--name=value</c> before an instruction's arguments; without <c>=</c> the value is null.</summary>
internal sealed record Flag(string Name, string? Value, Position Position)
{
    /// <summary>Reads the flags that stand first and moves <paramref name="at"/> behind them; <c>--</c> alone ends them.</summary>
    public static List<Flag> Take(SourceLine line, ref int at, int end)
    {
        var flags = new List<Flag>();
        var text = line.Text;
        while (true)
        {
            while (at < end && char.IsWhiteSpace(text[at])) at++;
            if (at + 1 >= end || text[at] != '-' || text[at + 1] != '-') return flags;

            var from = at;
            var word = new StringBuilder();
            var quote = '\0';
            for (; at < end && (quote != '\0' || !char.IsWhiteSpace(text[at])); at++)
            {
                var c = text[at];
                if (c == quote) quote = '\0';
                else if (quote == '\0' && c is '\'' or '"') quote = c;
                else if (c != '\\') word.Append(c);
                else if (at + 1 < end) word.Append(text[++at]);
            }
            if (word.Length <= 2) return flags;
            var all = word.ToString(2, word.Length - 2);
            var equals = all.IndexOf('=');
            flags.Add(equals < 0 ? new Flag(all, null, line.At(from)) : new Flag(all[..equals], all[(equals + 1)..], line.At(from)));
        }
    }
}
