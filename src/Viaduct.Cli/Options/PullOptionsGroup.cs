using System.CommandLine;
using Viaduct.Cli.Terminal;
using Viaduct.Simulation;

namespace Viaduct.Cli.Options;

/// <summary>How images are looked into.</summary>
internal sealed class PullOptionsGroup
{
    private readonly WordsOption _command = new("--command") { Description = "A pod's command and args in place of the image's, one word each time; write --command=-c for a word that begins with a dash.", HelpName = "WORD" };
    private readonly Option<bool> _noCache = new("--no-cache") { Description = "Look into every image anew, and keep nothing of what is found." };

    public void AddTo(Command command)
    {
        command.Options.Add(_command);
        command.Options.Add(_noCache);
    }

    public PullOptions Read(ParseResult parse, Caller caller, bool deep) => new()
    {
        Command = parse.GetValue(_command) is { Length: > 0 } words ? words : null,
        Deep = deep,
        Cache = parse.GetValue(_noCache) || Folder(caller) is not { } folder ? null : new ProgramCacheFolder(folder),
    };

    /// <summary>XDG Base Directory Specification: a relative path in the variable says nothing.</summary>
    private static string? Folder(Caller caller)
    {
        var root = caller.Variable("XDG_CACHE_HOME") is { Length: > 0 } given && Path.IsPathFullyQualified(given) ? given
            : OperatingSystem.IsWindows() ? caller.Variable("LOCALAPPDATA")
            : caller.Variable("HOME") is { Length: > 0 } home && Path.IsPathFullyQualified(home) ? Path.Combine(home, ".cache") : null;
        return string.IsNullOrEmpty(root) ? null : Path.Combine(root, "viaduct", "programs");
    }
}
