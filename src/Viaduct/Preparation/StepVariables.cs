using System.Text.RegularExpressions;
using Viaduct.Oci;

namespace Viaduct.Preparation;

/// <summary>
/// What may stand for the platform in a step. Other words in <c>$(…)</c> are left to the shell, but for those that are all capitals: a
/// misspelt variable would otherwise be run as a command.
/// </summary>
internal static partial class StepVariables
{
    public static readonly IReadOnlyList<string> Names = ["NAME", "ARCH", "OS", "VARIANT", "RID"];

    public static string Replace(string text, string image, Platform platform, string where) => Variable().Replace(text, match => match.Groups[1].Value switch
    {
        "NAME" => image,
        "ARCH" => platform.ArchWord,
        "OS" => platform.Normalized().Os,
        "VARIANT" => platform.Normalized().Variant ?? "",
        "RID" => RuntimeIdentifier.Of(platform) ?? throw PrepareErrors.NoRuntimeIdentifier(where, platform),
        _ => match.Value,
    });

    /// <exception cref="ViaductException">VIA2031.</exception>
    public static void Check(string text, string where)
    {
        foreach (Match match in Variable().Matches(text))
            if (!Names.Contains(match.Groups[1].Value)) throw PrepareErrors.UnknownVariable(where, match.Groups[1].Value, Names);
    }

    [GeneratedRegex(@"\$\(([A-Z_][A-Z0-9_]*)\)", RegexOptions.CultureInvariant)]
    private static partial Regex Variable();
}
