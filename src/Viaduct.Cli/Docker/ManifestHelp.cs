using System.Text;

namespace Viaduct.Cli.Docker;

/// <summary>Help in docker's shape: usage line, sentence, options in pflag's columns; then the same of what docker does not have, and examples.</summary>
internal static class ManifestHelp
{
    public static string Of(ManifestVerb verb)
    {
        var help = new StringBuilder($"{verb.UsageLine}\n\n{verb.Text}\n");
        Options(help, "Options:", verb.Flags.Where(f => !f.IsOurs));
        Options(help, verb.IsOurs ? "Options:" : "Options that docker does not have:", verb.Flags.Where(f => f.IsOurs));
        help.Append("\nExamples:\n");
        foreach (var example in verb.Examples) help.Append($"  {example}\n");
        return help.ToString();
    }

    public static string OfGroup()
    {
        var help = new StringBuilder("Usage:  docker manifest COMMAND\n\n").Append("""
            Puts images of several platforms under one name. A list is made on this machine, in docker's own files,
            can be looked at and changed there, and is then pushed with all of its images.

            """);
        var width = ManifestVerbs.All.Max(v => v.Name.Length);
        Commands(help, "Commands:", width, ours: false);
        Commands(help, "Commands that docker does not have:", width, ours: true);
        return help.Append("\nRun 'docker manifest COMMAND --help' for more information on a command.\n").ToString();
    }

    private static void Commands(StringBuilder help, string head, int width, bool ours)
    {
        help.Append($"\n{head}\n");
        foreach (var verb in ManifestVerbs.All.Where(v => v.IsOurs == ours)) help.Append($"  {verb.Name.PadRight(width)}    {verb.Text}\n");
    }

    /// <summary>pflag's FlagUsages: sorted by name, texts three blanks behind the longest flag.</summary>
    private static void Options(StringBuilder help, string head, IEnumerable<Flag> flags)
    {
        var lines = flags.OrderBy(f => f.Name, StringComparer.Ordinal)
            .Select(f => (Left: $"{(f.Shorthand is { } letter ? $"  -{letter}, " : "      ")}--{f.Name}{(f.Value.Length == 0 ? "" : " " + f.Value)}", f.Text)).ToList();
        if (lines.Count == 0) return;
        var width = lines.Max(l => l.Left.Length);
        help.Append($"\n{head}\n");
        foreach (var (left, text) in lines) help.Append($"{left.PadRight(width)}   {text}\n");
    }
}
