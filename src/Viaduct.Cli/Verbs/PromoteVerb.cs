using System.CommandLine;
using Viaduct.Cli.Options;
using Viaduct.Cli.Printing;
using Viaduct.Cli.Sessions;
using Viaduct.Cli.Terminal;
using Viaduct.Oci;
using Viaduct.Promoting;
using Viaduct.Reports;
using Viaduct.Verification;

namespace Viaduct.Cli.Verbs;

/// <summary><c>viaduct promote</c>: from staging to production, by digest.</summary>
internal static class PromoteVerb
{
    public static Command Make(Caller caller)
    {
        var options = new PromoteOptions();
        var verb = new Verb("promote", "Copy a list, or a whole set, from staging to production by digest: first pulled on production's nodes in simulation, all content before any tag, read back at the end.",
            "viaduct promote staging.example/team prod.example/team --metadata artifacts/metadata.json", "viaduct promote staging.example/pause:3.10 prod.example/pause --nodes eks:1.33",
            "viaduct promote staging.example/team prod.example/team --metadata metadata.json --check");
        options.AddTo(verb);
        return verb.Does(caller, async (parse, token) =>
        {
            NodeOptions.CheckInput(parse.GetValue(options.Nodes) ?? []);
            var place = await options.ReadAsync(parse, caller, token).ConfigureAwait(false);
            var kinds = NodeKinds.Of(await NodeOptions.ReadAsync(parse, caller, options.Nodes, token).ConfigureAwait(false));
            await using var embedded = await EmbeddedStore.OpenForAsync(place.All, options.Registries.Root(parse, caller), caller, token).ConfigureAwait(false);
            using var client = options.Registries.Client(parse, caller);
            // Announced before the first request, so that one token is enough for a repository.
            if (!options.IsCheck(parse))
                foreach (var name in place.Targets) client.Repository(name, push: true);
            var (names, leftBehind) = await place.FindAsync(client, token).ConfigureAwait(false);
            foreach (var name in leftBehind) caller.Error.WriteLine($"note: {name} is left behind: it shows another image than the list");
            var (source, target) = options.Places(parse);
            var result = await Watching.RunAsync(caller, parse, $"promoting {source}", progress => new PromotionJob(client, new PromotionRequest(names, options.Pulls.Read(parse, caller, deep: false))
            {
                Nodes = kinds.First,
                MoveTags = options.MoveTag(parse) || place.Targets.All(t => EmbeddedStore.IsAt(t, caller)),
                DryRun = options.IsCheck(parse),
                Progress = progress,
            }).RunAsync(token)).ConfigureAwait(false);
            if (options.IsJson(parse))
                caller.Write(PromotionReport.Json(source, target, options.IsCheck(parse), result, kinds));
            else
                caller.Text.Write(result.IsRefused ? SimulationText.Render(result.Before, kinds) : PromotionReport.Text(result, options.IsCheck(parse)));
            result.Check();
            return options.IsCheck(parse) && !result.IsNothing ? ExitCode.CheckFound : ExitCode.Done;
        });
    }
}
