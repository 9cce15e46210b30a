using Viaduct.Build.Dockerfiles;
using Viaduct.Oci;

namespace Viaduct.Build;

internal static partial class BuildErrors
{
    private const int MostShown = 20;

    public static ViaductException Violated(IReadOnlyList<Violation> violations)
    {
        IEnumerable<string> lines = violations.Take(MostShown).Select(v => $"\n  line {v.Position.Line}: {v.Rule}: {Short(v.Message)}. {v.Rule.Remedy}");
        var more = violations.Count > MostShown ? $"\n  and {violations.Count - MostShown} more, which 'viaduct check' shows" : "";
        return new("VIA2117", $"{(violations.Count == 1 ? "a build check fails" : $"{violations.Count} build checks fail")}, and error=true makes that an error{string.Concat(lines)}{more}",
            violations[0].Position.File, "Put it right, or leave rules out: # check=skip=RULE,RULE;error=true.");
    }

    public static ViaductException BadCheckArgument(string file, string argument, string why) =>
        new("VIA2115", $"the build argument {argument} {why}", file, "Write it as skip=RULE,RULE;error=true.");
}
