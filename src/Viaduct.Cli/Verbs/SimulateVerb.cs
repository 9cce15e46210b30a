using System.CommandLine;
using Viaduct.Cli.Errors;
using Viaduct.Cli.Options;
using Viaduct.Cli.Printing;
using Viaduct.Cli.Sessions;
using Viaduct.Cli.Terminal;
using Viaduct.Oci;
using Viaduct.Reports;
using Viaduct.Verification;

namespace Viaduct.Cli.Verbs;

/// <summary><c>viaduct simulate</c>: what nodes would get.</summary>
internal static class SimulateVerb
{
    public static Command Make(Caller caller)
    {
        var references = new Argument<string[]>("REF") { Description = "Lists or images in a registry; the lists of the set by default.", Arity = ArgumentArity.ZeroOrMore };
        var set = new SetOptions();
        var deep = new Option<bool>("--deep") { Description = "Download and hash every blob." };
        var output = CommonOptions.Output();
        var verb = new Verb("simulate", "Pull lists, in simulation, on a node of every platform, and look whether each could run what it gets.",
            "viaduct simulate", "viaduct simulate registry.example/pause:3.10 --platform linux/arm64,linux/arm/v7", "viaduct simulate --deep --output json")
            { references, deep, output };
        set.AddTo(verb);
        return verb.Does(caller, async (parse, token) =>
        {
            var named = (parse.GetValue(references) ?? []).Select(Reference.Parse).ToList();
            var reports = named.Count > 0 ? await NamedAsync(named, parse, token).ConfigureAwait(false) : await SetAsync(parse, token).ConfigureAwait(false);
            if (reports.Count > 0 && reports.All(r => r.IsMissing)) throw CliErrors.NotFound(reports[0].List.ToString());
            if (CommonOptions.IsJson(parse, output))
                caller.Write(SimulationReport.ToJson(reports));
            else
                caller.Text.Write(SimulationText.Render(reports));
            return SimulationReport.ExitOf(reports);
        });

        async Task<IReadOnlyList<ListReport>> NamedAsync(IReadOnlyList<Reference> names, ParseResult parse, CancellationToken token)
        {
            var nodes = set.Platforms(parse, caller).Platforms;
            await using var embedded = await EmbeddedStore.OpenForAsync(names, set.Registries.Root(parse, caller), caller, token).ConfigureAwait(false);
            using var client = set.Registries.Client(parse, caller);
            var simulator = new ListSimulator(client, parse.GetValue(deep));
            return await Task.WhenAll(names.Select(n => simulator.SimulateAsync(n.Repository, n, null, nodes, token))).ConfigureAwait(false);
        }

        async Task<IReadOnlyList<ListReport>> SetAsync(ParseResult parse, CancellationToken token)
        {
            await using var session = await SetSession.OpenAsync(set, parse, caller, makes: false, token).ConfigureAwait(false);
            var names = new ImageNames(session.Prefix);
            if (session.IsNew) throw CliErrors.NotFound(names.Lists(session.Set.Images[0])[0].ToString());
            var simulator = new ListSimulator(session.Client, parse.GetValue(deep));
            return await Task.WhenAll(session.Set.Images.Where(i => i.Platforms.Count > 0)
                .SelectMany(image => names.Lists(image).Select(name => simulator.SimulateAsync(image.Name, name, null, image.Platforms, token)))).ConfigureAwait(false);
        }
    }
}
