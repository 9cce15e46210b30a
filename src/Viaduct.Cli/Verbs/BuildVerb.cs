using System.CommandLine;
using Viaduct.Cli.Errors;
using Viaduct.Cli.Options;
using Viaduct.Cli.Printing;
using Viaduct.Cli.Sessions;
using Viaduct.Cli.Terminal;
using Viaduct.Oci;
using Viaduct.Oci.Layouts;

namespace Viaduct.Cli.Verbs;

/// <summary><c>viaduct build</c>: the images of the set without a registry to push to.</summary>
internal static class BuildVerb
{
    public static Command Make(Caller caller)
    {
        var work = new WorkOptions();
        var output = new Option<string?>("--output", "-o") { Description = "Write an OCI layout with all images and lists here.", HelpName = "DIR" };
        var metadata = CommonOptions.Metadata();
        var pushByDigest = new Option<bool>("--push-by-digest") { Description = "Push what is built, without any tag: one of several machines, whose --metadata 'viaduct assemble' joins." };
        var shard = new ShardOption();
        var verb = new Verb("build", "Build the images and print their digests; no registry is needed, unless they are pushed by digest.",
            "viaduct build", "viaduct build pause --platform linux/arm64", "viaduct build --output out && viaduct inspect oci:out:pause:3.10",
            "viaduct build --platform linux/arm64 --push-by-digest --metadata arm64.json") { output, pushByDigest, shard.Option, metadata };
        work.AddTo(verb);
        return verb.Does(caller, async (parse, token) =>
        {
            var file = CommonOptions.FileToWrite(parse, caller, metadata);
            if (parse.GetValue(pushByDigest))
                return parse.GetValue(output) is null ? await BuildLeg.RunAsync(work, shard, file, parse, caller, token).ConfigureAwait(false)
                    : throw CliErrors.Usage("--output writes a folder and --push-by-digest a registry", "Leave out one of them; 'viaduct export' writes what was pushed.");
            if (parse.GetValue(shard.Option) is not null) throw CliErrors.Usage("--shard is for one of several machines, which push by digest", "Say --push-by-digest, too.");
            var set = work.Set.Read(parse, caller);
            using var client = work.Set.Registries.Client(parse, caller);
            var target = parse.GetValue(output) is { } folder ? await OciLayout.OpenOrCreateAsync(Path.GetFullPath(folder, caller.Folder), token).ConfigureAwait(false) : null;
            var options = work.Job(parse, caller, set, set.Registry ?? EmbeddedStore.Address(caller), isEmbedded: true) with { IgnoreRegistry = true };
            var report = await Watching.RunAsync(caller, parse, "building", async progress =>
            {
                await using var job = new Job(options with { Progress = progress }, client);
                await job.BuildAsync(token).ConfigureAwait(false);
                if (target is not null) await job.WriteLayoutAsync(target, token).ConfigureAwait(false);
                return BuildReport.Of(await job.PlanAsync(token).ConfigureAwait(false), [.. job.Built], await job.ListsAsync(token).ConfigureAwait(false));
            }).ConfigureAwait(false);
            caller.Text.Write(report.ToText());
            if (file is not null) await AtomicFile.WriteAsync(file, report.ToJson(), token).ConfigureAwait(false);
            return ExitCode.Done;
        });
    }
}
