using System.CommandLine;
using Viaduct.Cli.Errors;
using Viaduct.Cli.Terminal;
using Viaduct.Simulation;
using Viaduct.Verification;

namespace Viaduct.Cli.Options;

/// <summary>How images are looked into.</summary>
internal sealed class PullOptionsGroup
{
    private readonly WordsOption _command = new("--command") { Description = "A pod's command and args in place of the image's, one word each time; write --command=-c for a word that begins with a dash.", HelpName = "WORD" };
    private readonly Option<bool> _noCache = new("--no-cache") { Description = "Look into every image anew, and keep nothing of what is found." };

    public IEnumerable<Option> All => [_command, _noCache];

    public void AddTo(Command command)
    {
        command.Options.Add(_command);
        command.Options.Add(_noCache);
    }

    /// <exception cref="Oci.ViaductException">VIA9001 for a command that begins with nothing.</exception>
    public PullOptions Read(ParseResult parse, Caller caller, bool deep)
    {
        string[] words = parse.GetValue(_command) ?? [];
        if (words is ["", ..]) throw CliErrors.Usage("--command is empty", "Give the program's path, or leave out --command; a variable of the shell may be unset.");
        return new()
        {
            Command = words.Length > 0 ? words : null,
            Deep = deep,
            Cache = parse.GetValue(_noCache) || Folder(caller) is not { } folder ? null : new ProgramCacheFolder(folder),
        };
    }

    /// <summary>A whole line in place of a word is no program's name.</summary>
    public void Hint(ParseResult parse, Caller caller, IEnumerable<ListReport> reports)
    {
        if (parse.GetValue(_command) is not [var first, ..] || !first.Any(char.IsWhiteSpace)) return;
        if (!reports.Any(r => r.Pulls.Any(p => p.Findings.Any(f => f.Kind == FindingKinds.ProgramMissing)))) return;
        var words = first.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(w => $"--command={w}");
        caller.Error.WriteLine(Failures.Printable($"note: --command takes one word each time: {string.Join(' ', words)}"));
    }

    /// <summary>XDG Base Directory Specification: a relative path in the variable says nothing.</summary>
    private static string? Folder(Caller caller)
    {
        var root = caller.Variable("XDG_CACHE_HOME") is { Length: > 0 } given && Path.IsPathFullyQualified(given) ? given
            : OperatingSystem.IsWindows() ? caller.Variable("LOCALAPPDATA")
            : caller.Variable("HOME") is { Length: > 0 } home && Path.IsPathFullyQualified(home) ? Path.Combine(home, ".cache") : null;
        return string.IsNullOrEmpty(root) ? null : Path.Combine(root, "viaduct", "programs");
    }
}
