using System.Text;
using Viaduct.Oci;
using Viaduct.Yaml;

namespace Viaduct.Manifests;

/// <summary>A list as a YAML file of manifest-tool describes it (estesp/manifest-tool, "push from-spec").</summary>
public sealed record ListSpec(Reference List, IReadOnlyList<string> Tags, IReadOnlyList<ChildName> Children)
{
    private static readonly string[] Keys = ["image", "tags", "manifests", "annotations"];
    private static readonly string[] ChildKeys = ["image", "platform"];

    // The first form is what manifest-tool reads (gopkg.in/yaml.v3 on image-spec's Platform), the second what people write after the JSON.
    private static readonly string[] PlatformKeys = ["os", "architecture", "variant", "osversion", "osfeatures", "os.version", "os.features", "features"];

    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();

    /// <exception cref="ViaductException">VIA5140, or VIA2002 to VIA2005, with line and column.</exception>
    public static ListSpec Read(ReadOnlyMemory<byte> yaml, string where)
    {
        if (yaml.Length > YamlFile.MaxBytes) throw YamlErrors.TooMuch(where, $"more than {YamlFile.MaxBytes} bytes");
        var root = YamlFile.Parse(new StreamReader(new MemoryStream(yaml.ToArray()), Encoding.UTF8).ReadToEnd(), where).Only(Keys);
        var list = Name(root, "image");
        var children = root.Value("manifests")?.Items ?? throw SpecErrors.Bad(root.Where("manifests"), "it has no list of manifests");
        if (children.Count == 0) throw SpecErrors.Bad(root.Where("manifests"), "it has no manifest");
        var tags = root.Texts("tags") ?? [];
        foreach (var (tag, place) in tags)
            if (!ReferenceGrammar.IsTag(tag)) throw SpecErrors.Bad(place, $"'{YamlErrors.Shown(tag)}' is not a tag");
        return new ListSpec(list, [.. tags.Select(t => t.Text)], [.. children.Select(Child)])
        {
            Annotations = root.Map("annotations")?.AllTexts() ?? new Dictionary<string, string>(),
        };
    }

    /// <summary>The children of a name with <c>OS</c>, <c>ARCH</c> and <c>VARIANT</c> in it, one for each platform (manifest-tool, "push from-args").</summary>
    /// <exception cref="ViaductException">VIA5141 when two platforms have one name.</exception>
    public static IReadOnlyList<ChildName> OfTemplate(string template, IReadOnlyList<Platform> platforms, bool mayBeMissing)
    {
        // In this order no word of a platform is taken for another's place.
        var children = platforms.Select(p => new ChildName(
            template.Replace("VARIANT", p.Variant ?? "", StringComparison.Ordinal).Replace("ARCH", p.Architecture, StringComparison.Ordinal).Replace("OS", p.Os, StringComparison.Ordinal), p, mayBeMissing)).ToList();
        for (var i = 1; i < children.Count; i++)
            for (var j = 0; j < i; j++)
                if (children[i].Text == children[j].Text) throw SpecErrors.OneName(template, children[i].Text, platforms[j], platforms[i]);
        return children;
    }

    private static ChildName Child(YamlValue value)
    {
        var map = (value.Map ?? throw YamlErrors.WrongKind(value.Where, "manifests", "a list of mappings with an image each")).Only(ChildKeys);
        var text = map.Text("image") is { Length: > 0 } image ? image : throw SpecErrors.Bad(value.Where, "it has no image");
        if (!LocalSource.IsMeant(text)) Name(map, "image");
        else if (LocalSource.Refusal(text) is { } why) throw SpecErrors.Bad(map.Where("image"), $"'{YamlErrors.Shown(text)}': {why}");
        if (map.Map("platform")?.Only(PlatformKeys) is not { } platform) return new ChildName(text);
        return new ChildName(text, PlatformOf(platform)) { Remark = platform.Texts("features") is null ? null : $"{platform.Where("features")}: lists have no 'features' any more, and they were left out" };
    }

    private static Platform PlatformOf(YamlMap map) => new(map.Text("os") ?? "", map.Text("architecture") ?? "", map.Text("variant"))
    {
        OsVersion = map.Text("osversion") ?? map.Text("os.version"),
        OsFeatures = [.. (map.Texts("osfeatures") ?? map.Texts("os.features") ?? []).Select(f => f.Text)],
    };

    private static Reference Name(YamlMap map, string key)
    {
        if (map.Text(key) is not { Length: > 0 } text) throw SpecErrors.Bad(map.Where(key), "it has no image");
        try
        {
            return DockerName.Parse(text);
        }
        catch (ManifestException e)
        {
            throw SpecErrors.Bad(map.Where(key), $"'{YamlErrors.Shown(text)}': {(e.HasMore ? e.Message : e.Words)}");
        }
    }
}
