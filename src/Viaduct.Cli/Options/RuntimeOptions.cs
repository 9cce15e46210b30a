using System.CommandLine;
using System.CommandLine.Completions;
using Viaduct.Cli.Errors;
using Viaduct.Configuration;
using Viaduct.Simulation;

namespace Viaduct.Cli.Options;

/// <summary>Runtimes and tools by name and version.</summary>
internal static class RuntimeOptions
{
    public const string Every = "all";

    /// <summary>Written out, because every start of every verb makes all options; a test compares.</summary>
    public const string Usual = "containerd 2.1";

    public static Option<string[]> Several()
    {
        var option = new Option<string[]>("--as", "--runtime") { Description = $"A runtime or tool and its version; repeat it, or part them by commas; {Every} shows all of them. The default is {Usual}.", HelpName = "RUNTIME,…" };
        option.CompletionSources.Add(_ => Words(_ => true).Append(new CompletionItem(Every)));
        return option;
    }

    public static Option<string?> One(string description, string name, params string[] aliases)
    {
        var option = new Option<string?>(name, aliases) { Description = description, HelpName = "RUNTIME" };
        option.CompletionSources.Add(_ => Words(r => r.RunsPods));
        return option;
    }

    /// <exception cref="Oci.ViaductException">VIA6004; VIA9001 where the option is given and says nothing.</exception>
    public static (IReadOnlyList<Runtime> Runtimes, bool All) Read(ParseResult parse, Option<string[]> option)
    {
        var words = Inputs.Words(parse.GetValue(option) ?? []).ToList();
        if (words.Contains(Every, StringComparer.OrdinalIgnoreCase)) return (Runtimes.All, true);
        if (words.Count == 0 && parse.GetResult(option) is not null) throw CliErrors.Usage($"{option.Name} names no runtime", $"Write a name and a version, for example {option.Name} \"{Usual}\".");
        return (words.Count == 0 ? [Runtimes.Default] : [.. words.Select(Runtimes.Parse).Distinct()], false);
    }

    /// <summary>What nodes may have.</summary>
    /// <exception cref="Oci.ViaductException">VIA6004; VIA9001 for a tool that runs no pods.</exception>
    public static Runtime? Read(ParseResult parse, Option<string?> option)
    {
        if (parse.GetValue(option) is not { } text) return null;
        if (!Runtimes.TryParse(text, out var runtime)) throw CliErrors.NoRuntime(text, option.Name, Runtimes.All.Where(r => r.RunsPods));
        return runtime.RunsPods ? runtime : throw CliErrors.Usage($"{runtime} runs no pods, so no node has it", "'viaduct select --as' shows what tools take.");
    }

    private static IEnumerable<CompletionItem> Words(Func<Runtime, bool> which) => Runtimes.All.Where(which).Select(r => new CompletionItem(r.ToString()));
}
