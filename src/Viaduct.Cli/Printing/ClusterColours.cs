using Viaduct.Cli.Terminal;

namespace Viaduct.Cli.Printing;

/// <summary>Colours for words of verdicts on a terminal.</summary>
internal static class ClusterColours
{
    private const string Reset = "\e[0m";

    /// <summary>Null on a pipe, and where NO_COLOR says so (no-color.org: any value that is not empty).</summary>
    public static Func<string, string>? For(Caller caller) =>
        caller.OutputIsTerminal && string.IsNullOrEmpty(caller.Variable("NO_COLOR")) && caller.Variable("TERM") != "dumb" ? Paint : null;

    private static string Paint(string cell)
    {
        var word = cell.TrimEnd();
        return word switch
        {
            "" or "-" => cell,
            "ok" => Coloured("32", word, cell),
            "warning" or "unknown" => Coloured("33", word, cell),
            _ => Coloured("31", word, cell),
        };
    }

    private static string Coloured(string code, string word, string cell) => $"\e[{code}m{word}{Reset}{cell[word.Length..]}";
}
