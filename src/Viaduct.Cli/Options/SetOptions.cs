using System.CommandLine;
using Viaduct.Cli.Errors;
using Viaduct.Cli.Terminal;
using Viaduct.Configuration;
using Viaduct.Oci;

namespace Viaduct.Cli.Options;

/// <summary>Which set of images is worked on. One order everywhere: the command line, then the environment, then the files.</summary>
internal sealed class SetOptions
{
    public const string RegistryVariable = "VIADUCT_REGISTRY";
    public const string PlatformVariable = "VIADUCT_PLATFORM";
    public const string TagVariable = "VIADUCT_TAG";
    public const string AttestVariable = "VIADUCT_ATTEST";

    private readonly Option<string?> _registry = new("--registry") { Description = "Registry and perhaps a path; the embedded registry when nothing names one.", HelpName = "HOST[/PATH]" };
    private readonly Option<string[]> _platforms;
    private readonly bool _hasPlatforms;

    /// <param name="platformDescription">Null where the verb has no such option; the variable narrows the set nevertheless.</param>
    public SetOptions(
        string tagDescription = "Use these tags instead of the files'; repeat it or part them by commas.",
        string? platformDescription = "Work on these platforms only; repeat it or part them by commas.")
    {
        Tags = new("--tag") { Description = tagDescription, HelpName = "TAG,…" };
        _platforms = CommonOptions.Platforms(platformDescription ?? "");
        _hasPlatforms = platformDescription is not null;
    }

    public RegistryOptionsGroup Registries { get; } = new();

    public Option<string[]> Tags { get; }

    /// <summary>Of verbs that look at what images are made from: what is attached to them is a part of it.</summary>
    public Option<string[]> Attest { get; } = new("--attest") { Description = "Attach these to every image instead of what the files say: provenance, sbom, or none.", HelpName = "KIND,…" };

    /// <summary>What speaks of a set, and of nothing else.</summary>
    public IEnumerable<Option> OwnOptions => [_registry, _platforms, Tags];

    public void AddTo(Command command)
    {
        command.Options.Add(_registry);
        if (_hasPlatforms) command.Options.Add(_platforms);
        command.Options.Add(Tags);
        Registries.AddTo(command);
    }

    public ImageSet Read(ParseResult parse, Caller caller) => ImageSetReader.Read(Registries.Root(parse, caller), Overrides(parse, caller));

    /// <summary>The platforms that were asked for; none when nothing narrows the set.</summary>
    public (IReadOnlyList<Platform> Platforms, string From) Platforms(ParseResult parse, Caller caller)
    {
        var (texts, from) = Words(parse, caller, _platforms, PlatformVariable);
        return (Inputs.Platforms(texts, from), from);
    }

    private (IReadOnlyList<string> Tags, string From) TagsOf(ParseResult parse, Caller caller)
    {
        var (tags, from) = Words(parse, caller, Tags, TagVariable);
        return (Inputs.Tags(tags, from), from);
    }

    /// <summary>What the command line alone says, for work on references instead of a set: variables speak of the set.</summary>
    public (string? Registry, IReadOnlyList<Platform> Platforms, IReadOnlyList<string> Tags) Given(ParseResult parse) =>
        (parse.GetValue(_registry), Inputs.Platforms(parse.GetValue(_platforms) ?? [], _platforms.Name), Inputs.Tags(parse.GetValue(Tags) ?? [], Tags.Name));

    /// <summary>A reference says its registry and tag itself.</summary>
    /// <exception cref="ViaductException">VIA9001.</exception>
    public void CheckReferences(ParseResult parse)
    {
        foreach (var option in (Option[])[_registry, Tags])
            if (parse.GetResult(option) is not null) throw CliErrors.Usage($"{option.Name} is for the lists of the set, and REF says what is meant itself", $"Leave out {option.Name}, or REF.");
    }

    private SetOverrides Overrides(ParseResult parse, Caller caller)
    {
        var registry = parse.GetValue(_registry);
        var fromEnvironment = registry is null ? Value(caller, RegistryVariable) : null;
        var (tags, tagsFrom) = TagsOf(parse, caller);
        var (platforms, platformsFrom) = Platforms(parse, caller);
        var (kinds, kindsFrom) = Words(parse, caller, Attest, AttestVariable);
        return new SetOverrides
        {
            Registry = registry ?? fromEnvironment,
            RegistryFrom = fromEnvironment is null ? _registry.Name : RegistryVariable,
            Tags = tags,
            TagsFrom = tagsFrom,
            Platforms = platforms,
            PlatformsFrom = platformsFrom,
            Attestations = Inputs.Attestations(kinds, kindsFrom),
            AttestationsFrom = kindsFrom,
        };
    }

    private static (IReadOnlyList<string> Words, string From) Words(ParseResult parse, Caller caller, Option<string[]> option, string variable) =>
        parse.GetValue(option) is { Length: > 0 } given ? (given, option.Name)
        : Value(caller, variable) is { } text ? ([text], variable) : ([], option.Name);

    /// <summary>An empty variable says nothing, as a CI matrix leaves it.</summary>
    private static string? Value(Caller caller, string variable) => caller.Variable(variable) is { Length: > 0 } value ? value : null;
}
