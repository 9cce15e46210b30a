using System.CommandLine;
using System.Text;
using Viaduct.Cli.Errors;
using Viaduct.Cli.Options;
using Viaduct.Cli.Printing;
using Viaduct.Cli.Sessions;
using Viaduct.Cli.Terminal;
using Viaduct.Oci;
using Viaduct.Simulation;

namespace Viaduct.Cli.Verbs;

/// <summary><c>viaduct why</c>: from a message to its causes.</summary>
internal static class WhyVerb
{
    public static Verb Make(Caller caller)
    {
        var words = new Argument<string[]>("TEXT") { Description = "What kubectl, kubelet, a runtime or docker said; - for standard input.", Arity = ArgumentArity.OneOrMore };
        var registries = new RegistryOptionsGroup();
        var cluster = new ClusterOptions(NodeOptions.Make("--nodes", "With -f: put the pods on these nodes"));
        var all = new Option<bool>("--all") { Description = "Show every cause, and not the first four." };
        var output = CommonOptions.Output();
        var verb = new Verb("why", "Say why a pull failed: the causes of a message, the most probable first, each with how to check and to mend it.",
            "viaduct why 'Failed to pull image \"registry.example/app:1\": no match for platform in manifest: not found'",
            "kubectl describe pod web | viaduct why -", "journalctl -u kubelet --since -10m | viaduct why - --output json",
            "viaduct why toomanyrequests", "kubectl describe pod web | viaduct why - -f app.yaml --nodes nodes.yaml")
            { words, all, output };
        cluster.AddTo(verb);
        verb.Options.Add(cluster.Nodes);
        registries.AddTo(verb);
        return verb.Does(caller, async (parse, token) =>
        {
            var named = parse.GetRequiredValue(words);
            if (named.Contains("-") && (named.Length > 1 || InputOf(cluster, parse, caller).Contains("-"))) throw CliErrors.InputTwice();
            if (!cluster.IsGiven(parse)) cluster.CheckAbsent(parse, cluster.Nodes);
            var text = named is ["-"] ? await InputAsync(caller, token).ConfigureAwait(false) : string.Join(' ', named);
            var read = MessageReader.Read(text);
            if (read.Count == 0) throw CliErrors.NotUnderstood(text);
            if (cluster.IsGiven(parse))
            {
                await using var session = await ClusterSession.OpenAsync(cluster, registries, parse, caller, token).ConfigureAwait(false);
                var report = await session.RunAsync(token).ConfigureAwait(false);
                read = [.. read.Select(d => CausesAgainstCluster.Narrow(d, report))];
            }
            if (CommonOptions.IsJson(parse, output))
                caller.Write(WhyJson.Write(read));
            else
                caller.Text.Write(Failures.Printable(WhyText.Render(read, parse.GetValue(all))));
            return ExitCode.Done;
        });
    }

    private static IEnumerable<string> InputOf(ClusterOptions cluster, ParseResult parse, Caller caller) =>
        cluster.IsGiven(parse) ? [.. cluster.Read(parse, caller).Files, .. parse.GetValue(cluster.Nodes) ?? []] : [];

    /// <summary>As much as is read; logs may be longer, and their end is what counts least.</summary>
    private static async Task<string> InputAsync(Caller caller, CancellationToken cancellationToken)
    {
        await using var input = caller.Input();
        if (input is null) return "";
        var bytes = new byte[MessageReader.MaxText];
        var length = await input.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        return Encoding.UTF8.GetString(bytes, 0, length);
    }
}
