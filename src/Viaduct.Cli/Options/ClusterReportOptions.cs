using System.CommandLine;
using Viaduct.Cli.Errors;
using Viaduct.Cli.Terminal;

namespace Viaduct.Cli.Options;

/// <summary>How a cluster's report is told.</summary>
internal sealed class ClusterReportOptions
{
    /// <summary>GitHub's file for the summary of a step, which other CI systems have taken over.</summary>
    private const string SummaryVariable = "GITHUB_STEP_SUMMARY";

    private readonly Option<string?> _explain = new("--explain") { Description = "Show what 'kubectl describe pod' would show of these pods, and how it was decided.", HelpName = "[NS/]KIND/NAME[@NODE]" };
    private readonly Option<string?> _summary = new("--summary") { Description = $"Append a report in Markdown to this file; ${SummaryVariable} by default.", HelpName = "FILE" };
    private readonly Option<bool> _strict = new("--strict") { Description = "End with 6 also where something is not known." };

    public IEnumerable<Option> All => [_explain, _summary, _strict];

    public void AddTo(Command command)
    {
        foreach (var option in All) command.Options.Add(option);
    }

    public string? Question(ParseResult parse) => parse.GetValue(_explain);

    public bool IsStrict(ParseResult parse) => parse.GetValue(_strict);

    /// <summary>The file that gets the Markdown; null for none.</summary>
    /// <exception cref="Oci.ViaductException">VIA9001 where it is a folder.</exception>
    public string? SummaryFile(ParseResult parse, Caller caller)
    {
        var given = parse.GetValue(_summary);
        var text = given ?? caller.Variable(SummaryVariable);
        if (string.IsNullOrEmpty(text)) return given is null ? null : throw CliErrors.Usage("--summary names no file", "Name a file, or leave it out; a variable of the shell may be unset.");
        var file = Path.GetFullPath(text, caller.Folder);
        return Directory.Exists(file) ? throw CliErrors.Usage($"{(given is null ? SummaryVariable : "--summary")}: '{text}' is a folder", "Name a file.") : file;
    }
}
