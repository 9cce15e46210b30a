using Viaduct.Build;
using Viaduct.Configuration;
using Viaduct.Oci;
using Viaduct.Server;

namespace Build;

/// <summary>Reads arguments and environment; refuses what it does not know, so that a misspelt option never passes silently.</summary>
/// <param name="arguments">All arguments by name; one without a value is "true", as Cake has it.</param>
/// <param name="environment">A variable's value.</param>
internal sealed class SettingsReader(IEnumerable<KeyValuePair<string, ICollection<string>>> arguments, Func<string, string?> environment)
{
    private static readonly string[] Options = ["registry", "platform", "image", "tag", "attest", "force", "move-tag", "deep", "release-tag", "metadata", "stale-bases", "native"];

    // The host's own options reach the context as arguments, too.
    private static readonly string[] HostOptions =
        ["target", "t", "exclusive", "e", "dryrun", "dry-run", "noop", "whatif", "tree", "description", "descriptions", "showdescription", "verbosity", "v", "working", "w"];

    private readonly Dictionary<string, ICollection<string>> _arguments = new(arguments, StringComparer.OrdinalIgnoreCase);

    /// <exception cref="ViaductException">VIA9101, and what <see cref="Inputs"/> refuses.</exception>
    public Settings Read()
    {
        foreach (var name in _arguments.Keys)
            if (!Options.Contains(name, StringComparer.OrdinalIgnoreCase) && !HostOptions.Contains(name, StringComparer.OrdinalIgnoreCase))
                throw Refused($"there is no option --{name}",
                    Nearest.To(name, Options.Concat(HostOptions)) is { } near ? $"Did you mean --{near}?" : $"The options are {string.Join(", ", Options.Select(o => "--" + o))}.");

        var (registry, registryFrom) = Values("registry", "VIADUCT_REGISTRY");
        var (platforms, platformsFrom) = Values("platform", "VIADUCT_PLATFORM");
        var (tags, tagsFrom) = Values("tag", "VIADUCT_TAG");
        var (kinds, kindsFrom) = Values("attest", "VIADUCT_ATTEST");
        return new Settings
        {
            Overrides = new SetOverrides
            {
                Registry = registry.LastOrDefault(),
                RegistryFrom = registryFrom,
                Platforms = Inputs.Platforms(platforms, platformsFrom),
                PlatformsFrom = platformsFrom,
                Tags = Inputs.Tags(tags, tagsFrom),
                TagsFrom = tagsFrom,
                Attestations = Inputs.Attestations(kinds, kindsFrom),
                AttestationsFrom = kindsFrom,
            },
            Images = [.. Inputs.Words(Values("image").Values)],
            Force = Flag("force"),
            MoveTag = Flag("move-tag"),
            Deep = Flag("deep"),
            OnlyPlans = Given("target") is { Count: > 0 } targets && targets.All(t => t.Equals("Plan", StringComparison.OrdinalIgnoreCase)),
            Port = Inputs.Port(Variable("VIADUCT_PORT"), "VIADUCT_PORT") ?? EmbeddedRegistry.DefaultPort,
            ReleaseTag = Values("release-tag").Values.LastOrDefault(),
            Metadata = Values("metadata").Values.LastOrDefault(),
            Native = Flag("native"),
            StaleBases = Flag("stale-bases"),
            Epoch = Inputs.Epoch(Variable("SOURCE_DATE_EPOCH")),
            GitHubActions = Variable("GITHUB_ACTIONS") == "true",
            StepSummary = Variable("GITHUB_STEP_SUMMARY"),
        };
    }

    private static ViaductException Refused(string what, string todo) => new("VIA9101", what, todo: todo, exit: ExitCode.Usage);

    private ICollection<string> Given(string name) => _arguments.GetValueOrDefault(name) ?? [];

    /// <summary>An empty variable says nothing, as a CI matrix leaves it.</summary>
    private string? Variable(string name) => environment(name) is { Length: > 0 } value ? value : null;

    private bool Flag(string name)
    {
        var on = false;
        foreach (var text in Given(name))
            if (!bool.TryParse(text, out on)) throw Refused($"--{name} is true or false, not '{text}'", $"Write --{name} alone, or --{name}=false.");
        return on;
    }

    /// <summary>An option's values; the variable's when there is none; and which of the two it was.</summary>
    private (ICollection<string> Values, string From) Values(string name, string? variable = null)
    {
        var values = Given(name);
        // What Cake makes of a missing value is none of any registry, platform, image or tag.
        if (values.Any(v => string.IsNullOrWhiteSpace(v) || v.Equals(bool.TrueString, StringComparison.OrdinalIgnoreCase)))
            throw Refused($"--{name} needs a value", $"Write --{name}=VALUE, or leave it out.");
        return values.Count == 0 && variable is not null && Variable(variable) is { } value ? ([value], variable) : (values, "--" + name);
    }
}
