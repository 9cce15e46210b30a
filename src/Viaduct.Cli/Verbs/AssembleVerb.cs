using System.CommandLine;
using Viaduct.Cli.Errors;
using Viaduct.Cli.Options;
using Viaduct.Cli.Printing;
using Viaduct.Cli.Sessions;
using Viaduct.Cli.Terminal;
using Viaduct.Lists;
using Viaduct.Metadata;
using Viaduct.Oci;
using Viaduct.Reports;
using Viaduct.Verification;

namespace Viaduct.Cli.Verbs;

/// <summary><c>viaduct assemble</c>: lists from images that are in registries already.</summary>
internal static class AssembleVerb
{
    public static Command Make(Caller caller)
    {
        var target = new Argument<string?>("REF") { Description = "The list to make; without it, the lists and tags of the set.", Arity = ArgumentArity.ZeroOrOne };
        var children = new Argument<string[]>("CHILD") { Description = "Images to take in: REF, or OS/ARCH[/VARIANT]=REF.", Arity = ArgumentArity.ZeroOrMore };
        var set = new SetOptions("Point these tags of the list's repository at it, too; of the set, use these tags instead of the files'.");
        var moveTag = new Option<bool>("--move-tag") { Description = "Let tags that exist with other content be moved; without it, each tag is looked at first." };
        var trust = new Option<bool>("--trust-declared") { Description = "Take the platform written before a child although its config says another." };
        var drop = new Option<bool>("--drop-attestations") { Description = "Leave out the attestations of children." };
        var legs = new LegFiles();
        var record = new Option<string?>("--record") { Description = "Write the record of the whole set as JSON to this file, as 'viaduct push --metadata' does.", HelpName = "FILE" };
        var simulate = new Option<bool>("--simulate") { Description = "Read the set's lists back and pull them, in simulation, on a node of each platform." };
        var sign = new SignOption();
        var output = CommonOptions.Output();
        var verb = new Verb("assemble", "Make a list from images that are pushed already, or the lists of the set.",
            "viaduct assemble registry.example/pause:3.10 registry.example/pause-amd64:3.10 registry.example/pause-arm64:3.10",
            "viaduct assemble registry.example/app:2 linux/amd64=registry.example/app@sha256:… linux/arm64=registry.example/app@sha256:… --tag latest --move-tag",
            "viaduct assemble --registry registry.example/team --metadata amd64.json arm64.json") { target, children, legs.Option, record, simulate, sign.Option, moveTag, trust, drop, output };
        set.AddTo(verb);
        verb.Options.Add(set.Attest);
        return verb.Does(caller, async (parse, token) =>
        {
            if (parse.GetValue(target) is not { } text) return await SetAsync(parse, token).ConfigureAwait(false);
            Print([await OneAsync(text, parse, token).ConfigureAwait(false)], parse);
            return ExitCode.Done;
        });

        void Print(IReadOnlyList<AssembledList> lists, ParseResult parse)
        {
            if (CommonOptions.IsJson(parse, output))
                caller.Write(ListReports.ToJson(lists));
            else
                foreach (var list in lists)
                    foreach (var name in list.Targets) caller.Text.WriteLine(name.WithDigest(list.List.Digest).ToString());
        }

        async Task<ExitCode> SetAsync(ParseResult parse, CancellationToken token)
        {
            if (parse.GetValue(trust) || parse.GetValue(drop))
                throw CliErrors.Usage($"{(parse.GetValue(trust) ? trust : drop).Name} is for children that are named, and the set's are known", "Leave it out, or name REF and its children.");
            var file = CommonOptions.FileToWrite(parse, caller, record);
            var made = await AssembleSet.RunAsync(set, legs.IsGiven(parse) ? await legs.ReadAsync(parse, caller, token).ConfigureAwait(false) : null,
                parse.GetValue(moveTag), parse.GetValue(simulate), sign, parse, caller, token).ConfigureAwait(false);
            Print(made.Lists, parse);
            if (made.Reports.Count > 0 && !CommonOptions.IsJson(parse, output)) caller.Text.Write(JobReport.Text(made.Record));
            if (file is not null) await AtomicFile.WriteAsync(file, MetadataJson.Write(made.Record), token).ConfigureAwait(false);
            CiWords.Done(caller, made.Record);
            return made.Unsigned is null ? ListReport.ExitOf(made.Reports) : throw made.Unsigned;
        }

        async Task<AssembledList> OneAsync(string text, ParseResult parse, CancellationToken token)
        {
            var given = set.Given(parse);
            foreach (var option in (Option[])[legs.Option, record, simulate, set.Attest, sign.Option])
                if (parse.GetResult(option) is { Implicit: false }) throw CliErrors.Usage($"{option.Name} is for the lists of the set, and REF names one itself", $"Leave out {option.Name}, or REF.");
            if (given.Registry is not null) throw CliErrors.Usage("--registry is for the lists of the set, and REF says its registry itself", "Leave out --registry, or REF.");
            var name = Reference.Parse(text);
            if (name.Digest is not null) throw CliErrors.Usage("the list's name carries a digest, which is not known before it is made", "Name it by a tag.");
            var first = name.WithTag(name.Tag ?? "latest");
            var request = new AssembleRequest
            {
                Targets = [.. given.Tags.Select(first.WithTag).Prepend(first).Distinct()],
                Children = [.. (parse.GetValue(children) ?? []).Select(Child)],
                Declared = given.Platforms,
                MayMoveTags = parse.GetValue(moveTag),
                TrustDeclared = parse.GetValue(trust),
                DropAttestations = parse.GetValue(drop),
            };
            await using var embedded = await EmbeddedStore.OpenForAsync([first, .. request.Children.Select(c => c.Name)], set.Registries.Root(parse, caller), caller, token).ConfigureAwait(false);
            using var client = set.Registries.Client(parse, caller);
            return await new ListAssembler(client).AssembleAsync(request, token).ConfigureAwait(false);
        }
    }

    private static ChildRequest Child(string text)
    {
        var equals = text.IndexOf('=');
        if (equals < 0) return new ChildRequest(Reference.Parse(text));
        if (!Platform.TryParse(text[..equals], out var platform)) throw CliErrors.BadChild(text, $"'{text[..equals]}' is not a platform");
        return new ChildRequest(Reference.Parse(text[(equals + 1)..]), platform);
    }
}
