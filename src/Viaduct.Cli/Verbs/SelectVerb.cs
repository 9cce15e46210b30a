using System.CommandLine;
using Viaduct.Cli.Errors;
using Viaduct.Cli.Options;
using Viaduct.Cli.Printing;
using Viaduct.Cli.Sessions;
using Viaduct.Cli.Terminal;
using Viaduct.Configuration;
using Viaduct.Oci;
using Viaduct.Reports;
using Viaduct.Simulation;
using Viaduct.Verification;

namespace Viaduct.Cli.Verbs;

/// <summary><c>viaduct select</c>: which entry of a list a runtime takes, and why.</summary>
internal static class SelectVerb
{
    public static Command Make(Caller caller)
    {
        var list = new Argument<string>("REF|FILE") { Description = "A list in a registry, oci:DIR[:NAME] for an OCI layout, a file with a manifest list as JSON, or - for standard input." };
        var platforms = CommonOptions.Platforms("The platforms to choose for; repeat it or part them by commas. By default those that the list names.");
        var runtimes = RuntimeOptions.Several();
        var host = new Option<bool>("--host") { Description = "Ask docker and the tools as on a host of that platform, without its being asked for with --platform." };
        var output = CommonOptions.Output();
        var registries = new RegistryOptionsGroup();
        var verb = new Verb("select", "Show which entry of a list a runtime takes for a platform, and why; or the error that it reports.",
            "viaduct select registry.example/pause:3.10 --platform linux/arm/v7 --as \"containerd 2.1\"",
            "viaduct select registry.example/pause:3.10 --platform linux/arm64 --as all",
            "docker manifest inspect registry.example/pause:3.10 | viaduct select - --as containerd://1.7.27 --output json")
            { list, platforms, runtimes, host, output };
        registries.AddTo(verb);
        return verb.Does(caller, async (parse, token) =>
        {
            var (asked, all) = RuntimeOptions.Read(parse, runtimes);
            var given = Asked(parse.GetValue(platforms) ?? [], platforms.Name);
            var session = await SelectSession.ReadAsync(parse.GetRequiredValue(list), asked, registries, parse, caller, token).ConfigureAwait(false);
            var wanted = given.Count > 0 ? given : Own(session);
            var isHost = parse.GetValue(host);
            var report = new SelectionReport(
                session.Name, session.List,
                [.. asked.SelectMany(r => wanted.Select(p => Selector.For(r, p, isHost || IsAlwaysHost(r)).Explain(session.List, session.Reference)))],
                session.Notes, all);
            if (CommonOptions.IsJson(parse, output))
                caller.Write(SelectionJson.Write(report));
            else
                caller.Text.Write(SelectionText.Render(report));
            return report.HasFailed ? ExitCode.VerificationFailed : ExitCode.Done;
        });
    }

    /// <summary>CRI asks for nothing; docker runs pods too, and its users may ask.</summary>
    private static bool IsAlwaysHost(Runtime runtime) => runtime.RunsPods && runtime.Name != "docker";

    /// <summary>Words that mean the same are not the same to every tool: each is asked for as it is written.</summary>
    private static IReadOnlyList<Platform> Asked(string[] texts, string option) =>
        [.. Inputs.Words(texts).Select(word => Inputs.Platforms([word], option)[0]).Distinct()];

    /// <summary>No host calls itself by unusual words, so those of the list are brought into their normal form.</summary>
    private static IReadOnlyList<Platform> Own(SelectSession session)
    {
        List<Platform> own =
        [
            .. session.List.Entries.Where(e => !e.IsAttestation).Select(e => e.Entry.Platform ?? e.Config).OfType<Platform>()
                .Where(p => p.Os.Length > 0 && p.Architecture.Length > 0).Select(p => p.Normalized() with { OsFeatures = [] }).Distinct(),
        ];
        return own.Count > 0 ? own : throw CliErrors.NoPlatforms(session.Name);
    }
}
