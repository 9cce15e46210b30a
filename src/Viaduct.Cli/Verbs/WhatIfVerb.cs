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

/// <summary><c>viaduct whatif</c>: what an upgrade of the nodes changes.</summary>
internal static class WhatIfVerb
{
    public static Command Make(Caller caller)
    {
        var references = new Argument<string[]>("REF") { Description = "Lists or images in a registry; the lists of the set by default.", Arity = ArgumentArity.ZeroOrMore };
        var set = new SetOptions(platformDescription: null);
        var before = NodeOptions.Make("--nodes", "The nodes as they are");
        before.Required = true;
        var after = NodeOptions.Make("--nodes-then", "The nodes as they will be");
        var runtime = RuntimeOptions.One("The runtime that all nodes will have, in place of --nodes-then.", "--runtime-then");
        var deep = new Option<bool>("--deep") { Description = "Look at every program of the images." };
        var pulls = new PullOptionsGroup();
        var output = CommonOptions.Output();
        var verb = new Verb("whatif", "Show what changes for images when nodes are upgraded, and nothing else.",
            "viaduct whatif --nodes today.yaml --nodes-then tomorrow.yaml registry.example/pause:3.10",
            "kubectl get nodes -o json | viaduct whatif --nodes - --runtime-then \"containerd 2.1\" registry.example/pause:3.10",
            "viaduct whatif --nodes today.yaml --nodes-then tomorrow.yaml --output json")
            { references, before, after, runtime, deep, output };
        pulls.AddTo(verb);
        set.AddTo(verb);
        return verb.Does(caller, async (parse, token) =>
        {
            var then = RuntimeOptions.Read(parse, runtime);
            string[] files = [.. parse.GetValue(before) ?? [], .. parse.GetValue(after) ?? []];
            NodeOptions.CheckInput(files);
            if ((parse.GetValue(after) is { Length: > 0 }) == (then is not null))
                throw CliErrors.Usage(then is null ? "what the nodes will be is not said" : "--nodes-then and --runtime-then both say what the nodes will be", "Give one of --nodes-then and --runtime-then.");
            var now = await NodeOptions.ReadAsync(parse, caller, before, token).ConfigureAwait(false);
            var pairs = NodePairs.Of(now, then is null
                ? await NodeOptions.ReadAsync(parse, caller, after, token).ConfigureAwait(false)
                : [.. now.Select(n => n with { Runtime = then })]);
            if (pairs.Count == 0) throw CliErrors.NoNodeInBoth(pairs.OnlyBefore[0], pairs.OnlyAfter[0]);

            await using var lists = await NamedLists.OpenAsync(parse.GetValue(references) ?? [], set, parse, caller, token).ConfigureAwait(false);
            // Whether all blobs are there does not depend on nodes.
            var simulator = new ListSimulator(lists.Client, pulls.Read(parse, caller, parse.GetValue(deep))) { Verifies = false };
            var reports = await lists.SimulateAsync(simulator, UpgradeReport.NodesOf(pairs), token).ConfigureAwait(false);
            if (reports.FirstOrDefault(r => r.IsMissing) is { } missing) throw CliErrors.NotFound(missing.List.ToString());
            var report = UpgradeReport.Of(pairs, reports);
            if (CommonOptions.IsJson(parse, output))
                caller.Write(UpgradeJson.Write(report));
            else
                caller.Text.Write(UpgradeText.Render(report));
            pulls.Hint(parse, caller, reports);
            return report.HasFailed ? ExitCode.VerificationFailed : ExitCode.Done;
        });
    }
}
