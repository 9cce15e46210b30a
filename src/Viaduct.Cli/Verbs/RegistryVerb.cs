using System.CommandLine;
using Viaduct.Cli.Errors;
using Viaduct.Cli.Options;
using Viaduct.Cli.Printing;
using Viaduct.Cli.Sessions;
using Viaduct.Cli.Terminal;
using Viaduct.Oci;
using Viaduct.Server;

namespace Viaduct.Cli.Verbs;

/// <summary><c>viaduct registry serve</c>: the embedded registry on its own.</summary>
internal static class RegistryVerb
{
    public static Command Make(Caller caller) => new Command("registry", "The embedded registry.") { Serve(caller) };

    private static Verb Serve(Caller caller)
    {
        var port = new Option<int?>("--port") { Description = $"The port on 127.0.0.1; 0 takes any free one, {EmbeddedRegistry.DefaultPort} is the default.", HelpName = "PORT" };
        var store = new Option<string?>("--store") { Description = "The folder that holds everything; .viaduct/registry by default, .viaduct/rehearsal/NAME with --as.", HelpName = "DIR" };
        var rehearsal = new RehearsalOptions();
        var serve = new Verb("serve", "Serve the embedded registry until Ctrl-C; its address goes to standard output.",
            "viaduct registry serve", "viaduct registry serve --port 0 --store /var/lib/viaduct --verbose", "viaduct registry serve --as hub --set pulls=10 --requests cost.json") { port, store };
        rehearsal.AddTo(serve);
        return serve.Does(caller, async (parse, token) =>
        {
            var number = parse.GetValue(port) ?? EmbeddedStore.Port(caller);
            if (number is < 0 or > 65535) throw CliErrors.Usage($"'{number}' is not a port", "Give a number from 0 (any free port) to 65535.");
            var played = rehearsal.Read(parse);
            // Before anything is served, so that no rehearsal ends without its report.
            var report = rehearsal.ReportFile(parse, caller);
            var registry = await EmbeddedRegistry.StartAsync(new EmbeddedRegistryOptions
            {
                Store = parse.GetValue(store) is { } folder ? Path.GetFullPath(folder, caller.Folder) : EmbeddedStore.FolderOf(caller.Folder, played),
                Port = number,
                Log = parse.GetValue(CommonOptions.Verbose) ? request => caller.Error.WriteLine(Line(request)) : null,
                Rehearsal = played,
            }, token).ConfigureAwait(false);
            await using (registry.ConfigureAwait(false))
            {
                caller.Text.WriteLine(registry.Address);
                if (played is not null) RehearsalText.WriteStart(caller.Text, played, rehearsal.NamesAccounts(parse));
                caller.Flush();
                try
                {
                    await Task.Delay(Timeout.Infinite, token).ConfigureAwait(false);
                }
                catch (OperationCanceledException)
                {
                    // That is how serving ends.
                }
            }
            if (played?.Report() is not { } cost) return ExitCode.Done;
            RehearsalText.WriteEnd(caller.Text, cost);
            caller.Flush();
            if (report is not null) await AtomicFile.WriteAsync(report, RehearsalJson.Write(cost), CancellationToken.None).ConfigureAwait(false);
            return ExitCode.Done;
        });
    }

    private static string Line(RegistryRequest request) =>
        $"{request.Method} {request.Path} {request.Status} {request.Duration.TotalMilliseconds:0.0} ms {request.ResponseBytes} B{(request.Problem is null ? "" : $" ({request.Problem})")}";
}
