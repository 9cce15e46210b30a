using System.CommandLine;
using Viaduct.Cli.Terminal;
using Viaduct.Oci;

namespace Viaduct.Cli.Options;

/// <summary>Options that mean the same everywhere.</summary>
internal static class CommonOptions
{
    public static readonly Option<bool> Verbose = new("--verbose") { Description = "Write every request to standard error.", Recursive = true };

    public static Option<string> Output()
    {
        var option = new Option<string>("--output", "-o") { Description = "text or json.", HelpName = "FORMAT", DefaultValueFactory = _ => "text" };
        option.AcceptOnlyFromAmong("text", "json");
        return option;
    }

    public static bool IsJson(ParseResult parse, Option<string> output) => parse.GetValue(output) == "json";

    public static Option<string?> Metadata() => new("--metadata") { Description = "Write what was done as JSON to this file, too.", HelpName = "FILE" };

    public static async Task WriteMetadataAsync(ParseResult parse, Caller caller, Option<string?> metadata, byte[] json, CancellationToken cancellationToken)
    {
        if (parse.GetValue(metadata) is { } file)
            await AtomicFile.WriteAsync(Path.GetFullPath(file, caller.Folder), json, cancellationToken).ConfigureAwait(false);
    }

    public static Option<string[]> Platforms(string description) => new("--platform") { Description = description, HelpName = "OS/ARCH[/VARIANT],…" };
}
