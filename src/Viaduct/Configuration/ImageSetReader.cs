using Viaduct.Oci;
using Viaduct.Preparation;
using Viaduct.Signing;
using Viaduct.Yaml;

namespace Viaduct.Configuration;

/// <summary>
/// Reads viaduct.yaml and the images that it points at by convention: every folder of <c>images/</c> with a Dockerfile is an image,
/// its <c>image.yaml</c> says what differs from the defaults.
/// </summary>
public static class ImageSetReader
{
    public const string FileName = "viaduct.yaml";
    public const string ImageFileName = "image.yaml";

    internal static readonly IReadOnlyList<string> SetKeys = ["registry", "images", "defaults", SignReader.Key];

    /// <summary>Reads the set of a folder; without a viaduct.yaml the defaults hold.</summary>
    /// <exception cref="ViaductException">VIA20xx, with file, line and column.</exception>
    public static ImageSet Read(string root, SetOverrides overrides)
    {
        root = Path.GetFullPath(root);
        var file = Path.Combine(root, FileName);
        var yaml = (File.Exists(file) ? YamlFile.Read(file, FileName) : YamlFile.Parse("", FileName)).Only(SetKeys);
        var registry = overrides.Registry is { } given
            ? CheckRegistry(given, overrides.RegistryFrom) : yaml.Text("registry") is { } written ? CheckRegistry(written, yaml.Where("registry")) : null;
        var defaults = (yaml.Map("defaults") is { } map ? ImageSettings.Read(map.Only(ImageSettings.DefaultKeys)) : new ImageSettings()).Over(ImageSettings.BuiltIn);
        var folder = yaml.Text("images") ?? "images";

        var explained = new List<ExplainedValue>
        {
            new(null, "registry", registry ?? "the embedded one", overrides.Registry is not null ? overrides.RegistryFrom : registry is not null ? yaml.Where("registry") : ExplainedValue.Default),
            new(null, "images", folder, yaml.Says("images") ? yaml.Where("images") : ExplainedValue.Default),
        };
        var sign = SignReader.Read(yaml.Value(SignReader.Key), root);
        if (sign is not null) explained.Add(new(null, SignReader.Key, sign.Line, sign.Where));
        var images = ReadImages(root, folder, defaults, overrides, explained);
        CheckNames(images);
        CheckPlatforms(images, overrides);
        StepOutputs.Check(images);
        return new ImageSet { Root = root, Registry = registry, Images = ImageGraph.Sort(StepOutputs.Tell(images)), Sign = sign, Explained = explained };
    }

    private static List<ImageDefinition> ReadImages(string root, string folder, ImageSettings defaults, SetOverrides overrides, List<ExplainedValue> explained)
    {
        var path = Path.Combine(root, folder);
        if (!Directory.Exists(path)) throw ConfigErrors.NoImages(folder);
        var images = new List<ImageDefinition>();
        foreach (var directory in Directory.GetDirectories(path).Order(StringComparer.Ordinal))
        {
            var shown = $"{folder}/{Path.GetFileName(directory)}";
            var file = Path.Combine(directory, ImageFileName);
            var hasFile = File.Exists(file);
            if (!hasFile && !Path.Exists(Path.Combine(directory, "Dockerfile"))) continue;
            var settings = hasFile
                ? ImageSettings.Read(YamlFile.Read(file, $"{shown}/{ImageFileName}").Only(ImageSettings.ImageKeys)) : new ImageSettings();
            settings = settings.Over(defaults);
            images.Add(settings.ToDefinition(directory, shown, overrides));
            explained.AddRange(Explanation.Of(root, images[^1], settings, overrides));
        }
        var twice = images.GroupBy(i => i.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1)?.ToList();
        if (twice is not null) throw ConfigErrors.Collision(twice[1].Where, twice[0].Name, twice[0].Where, twice[1].Where);
        return images.Count > 0 ? images : throw ConfigErrors.NoImages(folder);
    }

    private static string CheckRegistry(string text, string where)
    {
        var trimmed = text.TrimEnd('/');
        // A prefix is a reference without tag: what parses in front of a name is one.
        return Reference.TryParse($"{trimmed}/name", out var sample) && sample.ToString() == $"{trimmed}/name"
            ? trimmed
            : throw ConfigErrors.BadValue(where, "registry", $"is not a registry: '{text}'", "Write host[:port][/path], for example registry.example/team.");
    }

    /// <summary>A misspelt platform beside a right one would otherwise pass as a job well done.</summary>
    private static void CheckPlatforms(IReadOnlyList<ImageDefinition> images, SetOverrides overrides)
    {
        var all = images.SelectMany(i => i.Declared).DistinctBy(p => p.ToString()).ToList();
        foreach (var platform in overrides.Platforms)
            if (!all.Any(platform.Same)) throw InputErrors.PlatformOfNone(platform, overrides.PlatformsFrom, all);
    }

    private static void CheckNames(IReadOnlyList<ImageDefinition> images)
    {
        var names = new ImageNames("registry.example");
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var image in images)
        {
            var wanted = names.Lists(image).Select(n => (Name: n, Owner: $"the list of '{image.Name}'"))
                .Concat(image.Platforms.SelectMany(p => names.Children(image, p).Select(n => (Name: n, Owner: $"'{image.Name}' for {p}"))));
            foreach (var (name, owner) in wanted)
                if (!owners.TryAdd(name.ToString(), owner))
                    throw ConfigErrors.Collision(image.Where, name.ToString()["registry.example/".Length..], owners[name.ToString()], owner);
        }
    }
}
