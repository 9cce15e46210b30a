using System.CommandLine;
using Viaduct.Cli.Errors;
using Viaduct.Cli.Terminal;
using Viaduct.Oci;

namespace Viaduct.Cli.Options;

/// <summary>Options that mean the same everywhere.</summary>
internal static class CommonOptions
{
    public static readonly Option<bool> Verbose = new("--verbose") { Description = "Write every request to standard error.", Recursive = true };

    public static Option<string> Output(params string[] more)
    {
        var option = new Option<string>("--output", "-o") { Description = more.Length == 0 ? "text or json." : $"text, json; with -f also {string.Join(" or ", more)}.", HelpName = "FORMAT", DefaultValueFactory = _ => "text" };
        option.AcceptOnlyFromAmong(["text", "json", .. more]);
        return option;
    }

    public static bool IsJson(ParseResult parse, Option<string> output) => parse.GetValue(output) == "json";

    public static Option<string?> Metadata() => new("--metadata") { Description = "Write what was done as JSON to this file, too.", HelpName = "FILE" };

    /// <summary>The file to write, which can be written: found out before the work, since tags that were moved stay moved.</summary>
    public static string? FileToWrite(ParseResult parse, Caller caller, Option<string?> option)
    {
        if (parse.GetValue(option) is not { } given) return null;
        var file = Path.GetFullPath(given, caller.Folder);
        if (Directory.Exists(file)) throw CliErrors.Usage($"{option.Name}: '{given}' is a folder", "Name a file.");
        AtomicFile.Prepare(file);
        return file;
    }

    public static Option<string[]> Platforms(string description) => new("--platform") { Description = description, HelpName = "OS/ARCH[/VARIANT],…" };
}
