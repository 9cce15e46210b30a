using Viaduct.Cli.Options;
using Viaduct.Cli.Printing;
using Viaduct.Cli.Sessions;
using Viaduct.Cli.Terminal;
using Viaduct.Oci;

namespace Viaduct.Cli.Verbs;

/// <summary><c>viaduct copy</c>: images and lists, with all that is about them, from one place to others.</summary>
internal static class CopyVerb
{
    public static Verb Make(Caller caller)
    {
        var options = new CopyOptions();
        var verb = new Verb("copy", "Copy an image or list with its attestations, referrers and signatures between registries, OCI layouts and archives.",
            "viaduct copy registry.example/pause:3.10 mirror.example/pause", "viaduct copy oci:out:pause:3.10 registry.example/pause:3.10 mirror.example/pause:3.10",
            "viaduct copy registry.example/pause:3.10 oci-archive:pause.tar --platform linux/arm64", "viaduct copy registry.example/pause mirror.example/pause --all-tags --dry-run");
        options.AddTo(verb);
        return verb.Does(caller, async (parse, token) =>
        {
            var places = options.Places(parse, caller);
            options.Check(parse, places);
            var file = options.DigestFile(parse, caller);
            await using var session = await CopySession.OpenAsync(places[0], [.. places.Skip(1)], options.Registries, parse, caller, token).ConfigureAwait(false);
            var work = new CopyWork(session, options, parse, [.. places.Skip(1)]);
            var results = await Watching.RunAsync(caller, parse, $"copying {places[0]}", progress => work.RunAsync(progress, token)).ConfigureAwait(false);
            if (file is not null) await AtomicFile.WriteAsync(file, System.Text.Encoding.ASCII.GetBytes(results[0].Root.Digest.ToString()), token).ConfigureAwait(false);
            if (options.IsJson(parse))
                caller.Write(CopyReport.Json(places[0].ToString(), results, options.DryRun(parse)));
            else
                caller.Text.Write(CopyReport.Text(results, options.DryRun(parse)));
            return ExitCode.Done;
        });
    }
}
