using Viaduct.Cli.Errors;
using Viaduct.Manifests;
using Viaduct.Oci;

namespace Viaduct.Cli.Docker;

/// <summary><c>manifest create</c>, and with <c>--push</c> the push behind it.</summary>
internal static class CreateRun
{
    private const int MaxSpec = 1 << 20;

    public static async Task RunAsync(ManifestRun run)
    {
        var flags = run.Flags;
        Check(flags);
        var file = PushRun.DigestFile(run);
        var (list, tags, children, annotations) = await WantedAsync(run).ConfigureAwait(false);
        var request = new CreateRequest(list, flags.Is("ignore-missing") ? [.. children.Select(c => c with { MayBeMissing = true })] : children)
        {
            Amend = flags.Is("amend"),
            Refresh = flags.Is("refresh"),
            Replace = flags.Is("replace"),
            Append = flags.Is("append"),
            Platforms = run.Platforms("platform"),
            DropAttestations = flags.Is("drop-attestations"),
            Annotations = annotations,
        };
        await using var session = await ManifestSession.OpenAsync(run, children.Select(c => c.Text).Prepend(list.ToString())).ConfigureAwait(false);
        // Before the first request, so that one token does for both.
        if (flags.Is("push")) _ = session.Context.Registry.Repository(list, push: true);
        var created = await new ListCreator(session.Context).CreateAsync(request, run.CancellationToken).ConfigureAwait(false);
        if (!run.IsJson) run.Line($"Created manifest list {list}");
        if (flags.Is("push"))
        {
            var isNew = !(request.Amend || request.Refresh || request.Replace);
            var push = new PushRequest(list) { Tags = tags, Purge = true, Report = pushed => PushRun.ReportAsync(run, pushed, dryRun: false, file) };
            await PushAsync(session, push, isNew ? created : null, run.CancellationToken).ConfigureAwait(false);
            return;
        }
        if (tags.Count > 0) run.Note($"the tags of the spec are set by a push: {string.Join(", ", tags.Select(t => "--tag " + t))}");
        if (run.IsJson) run.Caller.Write(ManifestJson.Created(created));
    }

    private static void Check(ParsedFlags flags)
    {
        if (flags.Has("spec") && flags.Has("template")) throw CliErrors.FlagsApart("spec", "template");
        if (flags.Is("amend") && flags.Is("replace")) throw CliErrors.FlagsApart("amend", "replace");
        if (flags.Has("template") != flags.Has("platforms")) throw CliErrors.FlagsTogether("template", "platforms");
        if (flags.Has("digest-file") && !flags.Is("push")) throw CliErrors.FlagsTogether("digest-file", "push");
    }

    private static async Task<(Reference, IReadOnlyList<string> Tags, IReadOnlyList<ChildName>, IReadOnlyDictionary<string, string>)> WantedAsync(ManifestRun run)
    {
        var flags = run.Flags;
        var annotations = flags.Pairs("annotation");
        if (flags.Text("spec") is { } spec)
        {
            var read = ListSpec.Read(await BytesAsync(spec, run).ConfigureAwait(false), spec == "-" ? "standard input" : spec);
            var name = run.Arguments is [var given] ? ListName(given) : read.List;
            return (name, read.Tags, read.Children, new Dictionary<string, string>([.. read.Annotations.Where(a => !annotations.ContainsKey(a.Key)), .. annotations]));
        }
        var list = ListName(run.Arguments[0]);
        return (list, [], flags.Text("template") is { } template
            ? ListSpec.OfTemplate(template, run.Platforms("platforms"), flags.Is("ignore-missing"))
            : [.. run.Arguments.Skip(1).Select(a => new ChildName(a))], annotations);
    }

    private static Reference ListName(string text) => DockerName.Parse(text, $"error parsing name for manifest list {text}: ");

    private static async Task<ReadOnlyMemory<byte>> BytesAsync(string spec, ManifestRun run)
    {
        await using var stream = spec == "-" ? run.Caller.Input() ?? Stream.Null : File.OpenRead(Path.GetFullPath(spec, run.Caller.Folder));
        var bytes = new byte[MaxSpec + 1];
        var count = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, run.CancellationToken).ConfigureAwait(false);
        return count <= MaxSpec ? bytes.AsMemory(0, count) : throw CliErrors.BigSpec(spec, MaxSpec);
    }

    /// <param name="made">A list that was not there before is not there after a failure either, so that the same command can be run again; null for others.</param>
    private static async Task PushAsync(ManifestSession session, PushRequest request, StoredList? made, CancellationToken cancellationToken)
    {
        var pusher = new ListPusher(session.Context);
        try
        {
            await pusher.PushAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch when (made is not null)
        {
            await pusher.ForgetAsync(made, CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }
}
