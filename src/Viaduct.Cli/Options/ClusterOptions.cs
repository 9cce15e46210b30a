using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;
using Viaduct.Cli.Errors;
using Viaduct.Cli.Terminal;
using Viaduct.Simulation;

namespace Viaduct.Cli.Options;

/// <summary>A cluster from files: its objects, how it is set, and who answers for registries and credential providers.</summary>
internal sealed partial class ClusterOptions
{
    private readonly Option<string[]> _files = new("--filename", "-f") { Description = "Kubernetes objects: YAML or JSON, what helm, kustomize and 'kubectl get … -o json' print; a folder, or - for standard input. Repeat it for more.", HelpName = "FILE" };
    private readonly Option<string?> _registries = new("--registries") { Description = "A registries.yaml: registries as a description, which are not asked.", HelpName = "FILE" };
    private readonly Option<string?> _namespace = new("--namespace", "-n") { Description = "The namespace of objects that name none; default by default.", HelpName = "NS" };
    private readonly Option<bool> _alwaysPull = new("--always-pull-images") { Description = "The API server has the admission plugin AlwaysPullImages." };
    private readonly Option<string?> _version = new("--kubernetes-version") { Description = $"Of the API server, and of nodes that do not say theirs; {KubernetesVersion.Default} by default.", HelpName = "VERSION" };
    private readonly Option<string[]> _answers = new("--provider-answers") { Description = "What a credential provider of the nodes answers: a file with a CredentialProviderResponse. Repeat it for more.", HelpName = "NAME=FILE" };
    private readonly Option<string?> _programs = new("--exec-providers") { Description = "Run the nodes' credential providers, whose programs are in this folder; without it none is run.", HelpName = "DIR" };
    private readonly Option<bool> _verify = new("--verify-credentials") { Description = "Show credentials to the registries they are for; without it none is shown to anybody." };
    private readonly Option<bool> _offline = new("--offline") { Description = "Ask no registry: what --registries does not describe is unknown." };

    /// <param name="nodes">The nodes to put pods on; the verb's own option.</param>
    public ClusterOptions(Option<string[]> nodes) => Nodes = nodes;

    public Option<string[]> Nodes { get; }

    public bool IsGiven(ParseResult parse) => parse.GetValue(_files) is { Length: > 0 };

    public void AddTo(Command command)
    {
        foreach (var option in All) command.Options.Add(option);
    }

    /// <summary>What speaks of a cluster says nothing without one.</summary>
    /// <exception cref="Oci.ViaductException">VIA9001.</exception>
    public void CheckAbsent(ParseResult parse, params IEnumerable<Option> more)
    {
        foreach (var option in All.Concat(more))
            if (parse.GetResult(option) is { Implicit: false })
                throw CliErrors.Usage($"{option.Name} is about the pods of a cluster, and none are given", "Name files of Kubernetes objects with -f.");
    }

    /// <exception cref="Oci.ViaductException">VIA9001; VIA9033 for two that read standard input.</exception>
    public ClusterWish Read(ParseResult parse, Caller caller)
    {
        string[] files = [.. parse.GetValue(_files) ?? []];
        NodeOptions.CheckInput([.. files, .. parse.GetValue(Nodes) ?? []]);
        if (parse.GetValue(_offline) && parse.GetValue(_verify))
            throw CliErrors.Usage("--offline and --verify-credentials contradict each other", "Leave out one of the two.");
        return new([.. files.Select(f => Found(f, caller))])
        {
            Registries = parse.GetValue(_registries) is { } registries ? Found(registries, caller) : null,
            Namespace = Namespace(parse),
            Version = Version(parse),
            AlwaysPullImages = parse.GetValue(_alwaysPull),
            Answers = [.. (parse.GetValue(_answers) ?? []).Select(a => Answer(a, caller))],
            Programs = parse.GetValue(_programs) is { } programs ? Folder(programs, caller) : null,
            VerifiesCredentials = parse.GetValue(_verify),
            IsOffline = parse.GetValue(_offline),
        };
    }

    private IEnumerable<Option> All => [_files, _registries, _namespace, _alwaysPull, _version, _answers, _programs, _verify, _offline];

    private string? Namespace(ParseResult parse)
    {
        if (parse.GetValue(_namespace) is not { } text) return null;
        return Label().IsMatch(text) ? text : throw CliErrors.Usage($"--namespace: '{Shown(text)}' is no name of a namespace", "Lower case letters, digits and dashes, 63 at most.");
    }

    private KubernetesVersion? Version(ParseResult parse)
    {
        if (parse.GetValue(_version) is not { } text) return null;
        return Numbers().Match(text) is { Success: true } match
            ? new(1, int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture))
            : throw CliErrors.Usage($"--kubernetes-version: '{Shown(text)}' is no version of Kubernetes", $"Write it like {KubernetesVersion.Default}.");
    }

    private static (string Provider, string File) Answer(string text, Caller caller) =>
        text.IndexOf('=') is > 0 and var sign && sign < text.Length - 1
            ? (text[..sign], Found(text[(sign + 1)..], caller))
            : throw CliErrors.Usage($"--provider-answers: '{Shown(text)}' names no provider and file", "Write NAME=FILE, with the name that the CredentialProviderConfig has.");

    private static string Folder(string text, Caller caller) =>
        Path.GetFullPath(text, caller.Folder) is var folder && Directory.Exists(folder) ? folder : throw CliErrors.Usage($"--exec-providers: there is no folder '{Shown(text)}'", "Name the folder that kubelet has as --image-credential-provider-bin-dir.");

    /// <summary>In the caller's folder; a text that names nothing is left for the message to repeat.</summary>
    private static string Found(string text, Caller caller) =>
        text != "-" && Path.GetFullPath(text, caller.Folder) is var path && Path.Exists(path) && !Path.Exists(text) ? path : text;

    private static string Shown(string text) => text.Length > 60 ? text[..60] + "…" : text;

    // RFC 1123, which the API server holds namespaces to.
    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\z")]
    private static partial Regex Label();

    [GeneratedRegex(@"^v?1\.([0-9]{1,3})(\.[0-9][^\s]{0,40})?\z")]
    private static partial Regex Numbers();
}
