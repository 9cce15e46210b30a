using Viaduct.Cli.Errors;
using Viaduct.Configuration;
using Viaduct.Manifests;
using Viaduct.Oci;

namespace Viaduct.Cli.Docker;

/// <summary><c>manifest push</c>: docker's lines, the list's digest last.</summary>
internal static class PushRun
{
    public static async Task RunAsync(ManifestRun run)
    {
        var file = DigestFile(run);
        var list = DockerName.Parse(run.Arguments[0]);
        var dryRun = run.Flags.Is("dry-run");
        var request = new PushRequest(list)
        {
            Tags = Inputs.Tags(run.Flags.List("tag"), "--tag"),
            Strict = run.Flags.Is("strict"),
            Verify = run.Flags.Is("verify", otherwise: true),
            Purge = run.Flags.Is("purge"),
            DryRun = dryRun,
            Report = pushed => ReportAsync(run, pushed, dryRun, file),
        };
        await using var session = await ManifestSession.OpenForListAsync(run, list).ConfigureAwait(false);
        await new ListPusher(session.Context).PushAsync(request, run.CancellationToken).ConfigureAwait(false);
    }

    /// <summary>The file to write, which can be written: found out before the work, since what is pushed stays pushed.</summary>
    public static string? DigestFile(ManifestRun run)
    {
        if (run.Flags.Text("digest-file") is not { } given) return null;
        if (run.Flags.Is("dry-run")) throw CliErrors.FlagsApart("dry-run", "digest-file");
        var file = Path.GetFullPath(given, run.Caller.Folder);
        if (given.Length == 0 || Directory.Exists(file)) throw CliErrors.NoFile("digest-file", given);
        AtomicFile.Prepare(file);
        return file;
    }

    public static async Task ReportAsync(ManifestRun run, PushedList pushed, bool dryRun, string? file)
    {
        if (run.IsJson) run.Caller.Write(ManifestJson.Pushed(pushed, dryRun));
        else Lines(run, pushed, dryRun);
        if (dryRun) run.Note("nothing was sent");
        if (file is not null) await AtomicFile.WriteAsync(file, System.Text.Encoding.ASCII.GetBytes(pushed.List.Digest.ToString()), run.CancellationToken).ConfigureAwait(false);
    }

    /// <summary>docker knows no attestations: they have no line.</summary>
    private static void Lines(ManifestRun run, PushedList pushed, bool dryRun)
    {
        foreach (var image in pushed.Images.Where(i => i.IsMoved && !i.IsAttestation))
            run.Line($"{(dryRun ? "Would push" : "Pushed")} ref {pushed.Names[0].Name}@{image.Entry.Digest} with digest: {image.Entry.Digest}");
        run.Line(pushed.List.Digest.ToString());
    }
}
