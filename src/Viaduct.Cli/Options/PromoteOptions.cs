using System.CommandLine;
using Viaduct.Cli.Errors;
using Viaduct.Cli.Sessions;
using Viaduct.Cli.Terminal;
using Viaduct.Metadata;
using Viaduct.Oci;
using Viaduct.Promoting;

namespace Viaduct.Cli.Options;

/// <summary>The words of <c>promote</c>.</summary>
internal sealed class PromoteOptions
{
    private readonly Argument<string> _source = new("SOURCE") { Description = "A list of staging; with --metadata the registry and perhaps a path to which the set was pushed." };
    private readonly Argument<string> _target = new("TARGET") { Description = "Its name in production, with SOURCE's tag unless it has one; with --metadata the registry and perhaps a path." };
    private readonly Option<string?> _metadata = new("--metadata") { Description = "Promote the whole set, exactly as this record of a push or assemble says.", HelpName = "FILE" };
    private readonly Option<string[]> _nodes = NodeOptions.Make("--nodes", "The nodes of production");
    private readonly Option<bool> _moveTag = new("--move-tag") { Description = "Point tags at it that show something else now." };
    private readonly Option<bool> _check = new("--check") { Description = "Change nothing, and exit with 3 when there is something to do." };
    private readonly Option<string> _output = CommonOptions.Output();

    public RegistryOptionsGroup Registries { get; } = new();

    public Option<string[]> Nodes => _nodes;

    public PullOptionsGroup Pulls { get; } = new();

    public void AddTo(Command verb)
    {
        verb.Arguments.Add(_source);
        verb.Arguments.Add(_target);
        foreach (var option in new Option[] { _metadata, _nodes, _moveTag, _check, _output }) verb.Options.Add(option);
        Pulls.AddTo(verb);
        Registries.AddTo(verb);
    }

    public (string Source, string Target) Places(ParseResult parse) => (parse.GetRequiredValue(_source), parse.GetRequiredValue(_target));

    public bool MoveTag(ParseResult parse) => parse.GetValue(_moveTag);

    public bool IsCheck(ParseResult parse) => parse.GetValue(_check);

    public bool IsJson(ParseResult parse) => CommonOptions.IsJson(parse, _output);

    /// <summary>What the registries are asked for, as far as it is known before they are.</summary>
    public async Task<PromotionPlace> ReadAsync(ParseResult parse, Caller caller, CancellationToken cancellationToken)
    {
        var (source, target) = Places(parse);
        if (parse.GetValue(_metadata) is { } file)
        {
            var record = await MetadataReader.ReadAsync(Path.GetFullPath(file, caller.Folder), cancellationToken).ConfigureAwait(false);
            var names = PromotionNames.Of(record, Prefix(source, "SOURCE"), Prefix(target, "TARGET"), file);
            return names.Count > 0 ? new(names, null) : throw CliErrors.Usage($"--metadata: '{file}' names no image", "Give the record of a job that has pushed the set.");
        }
        var (from, to) = (Reference.Parse(source), Reference.Parse(target));
        if (to.Digest is not null) throw CliErrors.Usage($"TARGET '{target}' has a digest", "A promotion never changes one; write the name without it.");
        var tag = to.Tag ?? from.Tag ?? (from.Digest is null ? "latest" : throw CliErrors.Usage("neither SOURCE nor TARGET has a tag", "Write TARGET with the tag that it is to have."));
        return new(null, (from, to.WithTag(tag)));
    }

    /// <summary>A prefix is a reference without tag: what parses in front of a name is one.</summary>
    private static string Prefix(string text, string what)
    {
        var trimmed = text.TrimEnd('/');
        return Reference.TryParse($"{trimmed}/name", out var sample) && sample.ToString() == $"{trimmed}/name" ? trimmed
            : throw CliErrors.Usage($"{what} '{text}' is not a registry", "With --metadata write host[:port][/path], for example registry.example/team.");
    }
}
