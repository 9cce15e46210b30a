using Viaduct.Build;
using Viaduct.Oci;
using Viaduct.Preparation;
using Viaduct.Yaml;

namespace Viaduct.Configuration;

/// <summary>What viaduct.yaml's <c>defaults</c> and image.yaml can say of an image; what is null was not said.</summary>
internal sealed record ImageSettings
{
    public static readonly IReadOnlyList<string> DefaultKeys = ["platforms", "tags", "child", "builder", "args", "labels", .. EngineSettings.Keys];
    public static readonly IReadOnlyList<string> ImageKeys = [.. DefaultKeys, "name", "base", "dockerfile", "context", "target", PrepareReader.Key];

    public static readonly ImageSettings BuiltIn = new()
    {
        Platforms = [new("linux", "amd64"), new("linux", "arm64")],
        Tags = ["latest"],
        Children = [NameTemplate.Parse(NameTemplate.Default, "")],
        Builder = BuilderChoice.Auto,
    };

    public static readonly IReadOnlyList<string> FamiliarPlatforms =
        ["linux/amd64", "linux/arm64", "linux/arm/v5", "linux/arm/v6", "linux/arm/v7", "linux/ppc64le", "linux/s390x", "linux/riscv64", "linux/386", "linux/loong64", "windows/amd64", "windows/arm64"];

    public string? Name { get; init; }
    public string? NameWhere { get; init; }
    public string? Base { get; init; }
    public string? Dockerfile { get; init; }
    public string? Context { get; init; }
    public string? Target { get; init; }
    public YamlValue? Prepare { get; init; }
    public IReadOnlyList<Platform>? Platforms { get; init; }
    public IReadOnlyList<string>? Tags { get; init; }
    public IReadOnlyList<NameTemplate>? Children { get; init; }
    public BuilderChoice? Builder { get; init; }
    public EngineSettings Engine { get; init; } = new();
    public IReadOnlyDictionary<string, string> Args { get; init; } = new Dictionary<string, string>();
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Where each key was said; <c>args.NAME</c> and <c>labels.NAME</c> for members of those.</summary>
    public IReadOnlyDictionary<string, string> Places { get; init; } = new Dictionary<string, string>();

    public static ImageSettings Read(YamlMap yaml) => new()
    {
        Name = yaml.Text("name"),
        NameWhere = yaml.Where("name"),
        Base = yaml.Text("base"),
        Dockerfile = yaml.Text("dockerfile"),
        Context = yaml.Text("context"),
        Target = yaml.Text("target"),
        Prepare = yaml.Value(PrepareReader.Key),
        Platforms = NotEmpty(yaml, "platforms")?.Select(p => ReadPlatform(p.Text, p.Where)).ToList(),
        Tags = NotEmpty(yaml, "tags")?.Select(t => ReferenceGrammar.IsTag(t.Text) ? t.Text : throw ConfigErrors.BadValue(t.Where, "tags", $"holds '{t.Text}', which is not a tag")).ToList(),
        Children = NotEmpty(yaml, "child")?.Select(c => NameTemplate.Parse(c.Text, c.Where)).ToList(),
        Builder = BuilderChoice.Read(yaml),
        Engine = EngineSettings.Read(yaml),
        Args = ReadArgs(yaml),
        Labels = yaml.Map("labels")?.AllTexts() ?? new Dictionary<string, string>(),
        Places = PlacesIn(yaml),
    };

    /// <summary>These settings where they say something, the others where they do not; arguments and labels are merged.</summary>
    public ImageSettings Over(ImageSettings others) => this with
    {
        Platforms = Platforms ?? others.Platforms,
        Tags = Tags ?? others.Tags,
        Children = Children ?? others.Children,
        Builder = Builder ?? others.Builder,
        Engine = Engine.Over(others.Engine),
        Args = Merge(others.Args, Args),
        Labels = Merge(others.Labels, Labels),
        Places = Merge(others.Places, Places),
    };

    /// <param name="directory">The image's folder.</param>
    /// <param name="shown">The folder as messages name it.</param>
    public ImageDefinition ToDefinition(string directory, string shown, SetOverrides overrides)
    {
        var name = Name ?? Path.GetFileName(directory);
        if (!ReferenceGrammar.IsRepository(name))
            throw ConfigErrors.BadValue(NameWhere ?? shown, "name", $"is not a repository name: '{name}'", "Write lower-case letters and digits, parted by dots, dashes or underscores.");
        var context = Path.GetFullPath(Context ?? ".", directory);
        var form = Engine.ToForm(Places.GetValueOrDefault("layers", shown));
        var attest = overrides.Attestations ?? Engine.Attestations ?? AttestationKinds.None;
        if (attest != AttestationKinds.None && form.Kind == ManifestKind.Docker)
            throw AttestErrors.DockerKind(name, overrides.Attestations is null ? Places.GetValueOrDefault(AttestationWords.Key, shown) : overrides.AttestationsFrom);
        var args = Base is null ? Args : Merge(Args, new Dictionary<string, string> { ["BASE"] = Base });
        return new ImageDefinition
        {
            Name = name,
            Context = context,
            Dockerfile = Path.GetFullPath(Dockerfile ?? "Dockerfile", directory),
            Declared = Platforms!,
            Platforms = overrides.Platforms.Count == 0 ? Platforms! : [.. Platforms!.Where(p => overrides.Platforms.Any(p.Same))],
            DeclaredTags = Tags!,
            Tags = overrides.Tags.Count > 0 ? overrides.Tags : Tags!,
            Children = Children!,
            Builder = Builder!,
            Engine = Engine.ToOptions(directory),
            Form = form,
            Attest = attest,
            Target = Target,
            Prepare = PrepareReader.Read(Prepare, directory),
            Args = args,
            Labels = Labels,
            Where = shown,
        };
    }

    private static Dictionary<string, string> PlacesIn(YamlMap yaml)
    {
        var places = ImageKeys.Where(k => k is not ("args" or "labels") && yaml.Says(k)).ToDictionary(k => k, yaml.Where);
        foreach (var key in (ReadOnlySpan<string>)["args", "labels"])
            if (yaml.Map(key) is { } map)
                foreach (var name in map.AllTexts().Keys) places[$"{key}.{name}"] = map.Where(name);
        return places;
    }

    private static IReadOnlyList<(string Text, string Where)>? NotEmpty(YamlMap yaml, string key) => yaml.Texts(key) switch
    {
        null => null,
        { Count: 0 } => throw ConfigErrors.BadValue(yaml.Where(key), key, "is empty", "Leave the key out to take the default."),
        var texts when texts.Select(t => t.Text).Distinct(StringComparer.Ordinal).Count() < texts.Count =>
            throw ConfigErrors.BadValue(yaml.Where(key), key, "names something twice"),
        var texts => texts,
    };

    internal static Platform ReadPlatform(string text, string where) =>
        Platform.TryParse(text, out var platform) && KnownPlatforms.Contains(platform)
            ? platform : throw ConfigErrors.UnknownPlatform(where, text, FamiliarPlatforms);

    private static IReadOnlyDictionary<string, string> ReadArgs(YamlMap yaml)
    {
        var args = yaml.Map("args")?.AllTexts() ?? new Dictionary<string, string>();
        return args.ContainsKey("ARCH") ? throw ConfigErrors.BadValue(yaml.Where("args"), "args", "sets ARCH, which is the platform's own word") : args;
    }

    private static IReadOnlyDictionary<string, string> Merge(IReadOnlyDictionary<string, string> under, IReadOnlyDictionary<string, string> over)
    {
        if (under.Count == 0) return over;
        var merged = new Dictionary<string, string>(under, StringComparer.Ordinal);
        foreach (var (key, value) in over) merged[key] = value;
        return merged;
    }
}
