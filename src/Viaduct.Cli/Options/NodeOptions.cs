using System.CommandLine;
using System.CommandLine.Completions;
using Viaduct.Cli.Errors;
using Viaduct.Cli.Terminal;
using Viaduct.Simulation;
using Viaduct.Yaml;

namespace Viaduct.Cli.Options;

/// <summary>Descriptions of nodes: files, standard input, ready-made sets.</summary>
internal static class NodeOptions
{
    /// <summary>Written out, because every start of every verb makes all options, and the sets are tables; a test compares.</summary>
    private const string Named = "all, kubernetes, eks, gke, aks, k3s-raspberry-pi, windows-mixed";

    public static Option<string[]> Make(string name, string description)
    {
        var option = new Option<string[]>(name) { Description = $"{description}: a nodes.yaml, what 'kubectl get nodes -o json' printed, - for standard input, or a ready-made set ({Named}). Repeat it for more.", HelpName = "FILE|SET" };
        option.CompletionSources.Add(_ => Sets());
        return option;
    }

    /// <summary>All nodes that an option names, each with a name of its own; what had to be assumed is told on standard error.</summary>
    public static async Task<IReadOnlyList<Node>> ReadAsync(ParseResult parse, Caller caller, Option<string[]> option, CancellationToken cancellationToken)
    {
        var nodes = new List<Node>();
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var remarked = new HashSet<string>(StringComparer.Ordinal);
        foreach (var text in parse.GetValue(option) ?? [])
        {
            var list = await NodeSource.ReadAsync(PathOf(text, caller), text == "-" ? caller.Input() : null, cancellationToken).ConfigureAwait(false);
            foreach (var remark in list.Remarks.Where(remarked.Add)) caller.Error.WriteLine(Failures.Printable($"note: {remark}"));
            nodes.AddRange(list.Nodes.Select(n => n with { Name = Free(n.Name, taken) }));
        }
        return nodes;
    }

    /// <exception cref="Oci.ViaductException">VIA9033.</exception>
    public static void CheckInput(IEnumerable<string> texts)
    {
        if (texts.Count(t => t == "-") > 1) throw CliErrors.InputTwice();
    }

    /// <summary>A file of the caller's folder; a text that names none is left for the message to repeat.</summary>
    private static string PathOf(string text, Caller caller)
    {
        if (text == "-" || NodeSets.All.Any(s => s.Name == text.Split(':')[0])) return text;
        var path = Path.GetFullPath(text, caller.Folder);
        if (Directory.Exists(path)) throw YamlErrors.Unreadable(YamlErrors.Shown(text), "it is a folder");
        return File.Exists(path) && !File.Exists(text) ? path : text;
    }

    /// <summary>Two clusters may both have a worker-1.</summary>
    private static string Free(string name, HashSet<string> taken)
    {
        var free = name;
        for (var i = 2; !taken.Add(free); i++) free = $"{name} ({i})";
        return free;
    }

    private static IEnumerable<CompletionItem> Sets() =>
        NodeSets.All.SelectMany(s => s.Versions.Select(v => $"{s.Name}:{v}").Prepend(s.Name)).Select(w => new CompletionItem(w));
}
