using System.CommandLine;
using Viaduct.Cli.Errors;
using Viaduct.Cli.Options;
using Viaduct.Cli.Printing;
using Viaduct.Cli.Sessions;
using Viaduct.Cli.Terminal;
using Viaduct.Oci;
using Viaduct.Reports;
using Viaduct.Simulation;
using Viaduct.Verification;

namespace Viaduct.Cli.Verbs;

/// <summary><c>viaduct simulate</c>: what nodes would get.</summary>
internal static class SimulateVerb
{
    public static Command Make(Caller caller)
    {
        var references = new Argument<string[]>("REF") { Description = "Lists or images in a registry; the lists of the set by default.", Arity = ArgumentArity.ZeroOrMore };
        var set = new SetOptions(platformDescription: "Pull on nodes of these platforms; by default those of the set, those of the list, or the one of the image. Of the set, look at images for these only.");
        var nodes = NodeOptions.Make("--nodes", "Pull on these nodes");
        var runtime = RuntimeOptions.One($"The runtime of the nodes that --platform, the list or the set gives; {RuntimeOptions.Usual} by default.", "--as", "--runtime");
        var deep = new Option<bool>("--deep") { Description = "Download and hash every blob, and look at every program of the images." };
        var pulls = new PullOptionsGroup();
        var output = CommonOptions.Output("markdown", "junit");
        var cluster = new SimulateCluster(nodes, output);
        var verb = new Verb("simulate", "Pull lists, in simulation, on a node of every platform or on those described, and look whether each could run what it gets; with -f start the pods of a cluster.",
            "viaduct simulate", "viaduct simulate registry.example/pause:3.10 --platform linux/arm64,linux/arm/v7",
            "kubectl get nodes -o json | viaduct simulate registry.example/pause:3.10 --nodes -",
            "viaduct simulate --nodes eks:1.33 --nodes nodes.yaml --deep --output json",
            "viaduct simulate registry.example/tools:1 --command /bin/sh --command=-c --command 'exec /bin/tool'",
            "viaduct simulate -f app.yaml --nodes nodes.yaml", "kustomize build . | viaduct simulate -f - --nodes eks:1.33 --explain deployment/web")
            { references, nodes, runtime, deep, output };
        pulls.AddTo(verb);
        set.AddTo(verb);
        cluster.AddTo(verb);
        return verb.Does(caller, async (parse, token) =>
        {
            if (cluster.IsGiven(parse))
                return await cluster.RunAsync(set.Registries, [references, runtime, deep, .. pulls.All, .. set.OwnOptions], parse, caller, token).ConfigureAwait(false);
            cluster.CheckAbsent(parse);
            var named = parse.GetValue(references) ?? [];
            var chosen = RuntimeOptions.Read(parse, runtime);
            Check(parse.GetValue(nodes) ?? [], chosen, set.Given(parse).Platforms);
            var described = await NodeOptions.ReadAsync(parse, caller, nodes, token).ConfigureAwait(false);
            var kinds = NodeKinds.Of(described);
            await using var lists = await NamedLists.OpenAsync(named, set, parse, caller, token).ConfigureAwait(false);
            var simulator = new ListSimulator(lists.Client, pulls.Read(parse, caller, parse.GetValue(deep))) { Runtime = chosen ?? Runtimes.Default };
            var reports = await lists.SimulateAsync(simulator, kinds.First, token).ConfigureAwait(false);
            if (CommonOptions.IsJson(parse, output))
                caller.Write(SimulationJson.Write(reports, kinds));
            else
                caller.Text.Write(SimulationText.Render(reports, kinds));
            pulls.Hint(parse, caller, reports);
            return ListReport.ExitOf(reports);
        });
    }

    /// <summary>Nodes that are described say what they are.</summary>
    private static void Check(string[] nodes, Runtime? runtime, IReadOnlyList<Platform> platforms)
    {
        NodeOptions.CheckInput(nodes);
        if (nodes.Length == 0) return;
        if (runtime is not null) throw CliErrors.Usage("--as is for nodes that are known by their platform alone, and --nodes describes them", "Write the runtime into the description, or leave out one of the two.");
        if (platforms.Count > 0) throw CliErrors.Usage("--platform and --nodes both say on which nodes to pull", "Leave out one of the two.");
    }
}
