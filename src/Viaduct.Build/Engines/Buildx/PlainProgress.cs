using System.Text;
using System.Text.RegularExpressions;

namespace Viaduct.Build.Engines;

/// <summary>Reads <c>--progress=plain</c> (BuildKit, util/progress/progressui): <c>#5 [2/4] RUN make</c>, <c>#5 0.123 output</c>, <c>#5 ERROR: why</c>.</summary>
internal static partial class PlainProgress
{
    public static void Read(string line, BuildLog log)
    {
        if (Step().Match(line) is not { Success: true } match)
        {
            if (line.Length > 0) log.Other(line);
            return;
        }
        var (id, rest) = (match.Groups[1].Value, match.Groups[2].Value);
        if (rest.StartsWith("ERROR: ", StringComparison.Ordinal)) log.Fail(id, rest["ERROR: ".Length..]);
        else if (Output().Match(rest) is { Success: true } output) log.Say(id, Encoding.UTF8.GetBytes(output.Groups[1].Value + "\n"));
        else log.Begin(id, rest);
    }

    [GeneratedRegex(@"^#(\d{1,9}) (.*)$")]
    private static partial Regex Step();

    [GeneratedRegex(@"^\d{1,9}\.\d{1,3} (.*)$")]
    private static partial Regex Output();
}
