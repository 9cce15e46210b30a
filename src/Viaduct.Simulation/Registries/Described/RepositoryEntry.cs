using Viaduct.Oci;
using Viaduct.Yaml;

namespace Viaduct.Simulation;

/// <summary>One repository of registries.yaml, with what its tags and digests show.</summary>
internal static class RepositoryEntry
{
    internal static readonly IReadOnlyList<string> Keys = ["public", "allow", "tags", "digests", "status", "missing"];
    internal static readonly IReadOnlyList<string> ImageKeys = ["image", "platforms"];

    private const int MostRepositories = 10_000;
    private const int MostPlatforms = 100;

    public static IReadOnlyDictionary<string, DescribedRepository> All(YamlMap registry, DescribedAuth auth, IReadOnlyList<DescribedUser> users)
    {
        if (registry.Map("repositories") is not { } map) return new Dictionary<string, DescribedRepository>();
        if (map.Keys.Count > MostRepositories) throw RegistriesErrors.TooMany(registry.Where("repositories"), "repositories", MostRepositories);
        return map.Keys.Select(name => Read(map, name, auth, users)).OfType<DescribedRepository>().ToDictionary(r => r.Name, StringComparer.Ordinal);
    }

    private static DescribedRepository? Read(YamlMap map, string name, DescribedAuth auth, IReadOnlyList<DescribedUser> users)
    {
        if (!ReferenceGrammar.IsRepository(name))
            throw RegistriesErrors.BadValue(map.Where(name), name, "is no path of a repository", "Write it without host and tag: team/app, library/nginx.");
        var entry = (map.Map(name) ?? throw YamlErrors.WrongKind(map.Where(name), name, "a mapping")).Only(Keys);
        if (RegistryEntry.Truth(entry, "missing", false)) return null;
        return new DescribedRepository(name)
        {
            IsPublic = RegistryEntry.Truth(entry, "public", auth == DescribedAuth.None),
            Allowed = entry.Texts("allow") is { } allowed ? allowed.Select(a => UserOf(a.Text, a.Where, users)).ToHashSet(StringComparer.Ordinal) : null,
            Status = RegistryEntry.Status(entry, "status"),
            Images = Images(entry, "tags", text => ReferenceGrammar.IsTag(text)).Concat(Images(entry, "digests", text => Digest.TryParse(text, out _)))
                .ToDictionary(i => i.Name, StringComparer.Ordinal),
        };
    }

    private static string UserOf(string name, string where, IReadOnlyList<DescribedUser> users) =>
        users.Any(u => u.Name == name) ? name : throw RegistriesErrors.BadValue(where, "allow", $"names no user of the registry: '{YamlErrors.Shown(name)}'");

    private static IEnumerable<DescribedImage> Images(YamlMap entry, string key, Func<string, bool> isName)
    {
        if (entry.Map(key) is not { } map) yield break;
        foreach (var name in map.Keys)
        {
            if (!isName(name)) throw RegistriesErrors.BadValue(map.Where(name), name, $"cannot stand below {key}");
            yield return ImageOf(name, map.Value(name)!);
        }
    }

    /// <summary>A list of platforms is a list; one platform is an image, so that <c>[linux/amd64]</c> and <c>linux/amd64</c> are two things, as in a registry.</summary>
    private static DescribedImage ImageOf(string name, YamlValue value)
    {
        if (value.Map is { } map)
        {
            map.Only(ImageKeys);
            value = map.Value("image") ?? map.Value("platforms") ?? value;
            if (map.Says("image") && (map.Says("platforms") || value.Text is null)) throw RegistriesErrors.BadValue(map.Where("image"), "image", "is one platform, and stands alone");
        }
        if (value.Text is { } alone) return new DescribedImage(name, [PlatformOf(alone, value.Where)], IsList: false);
        var items = value.Items ?? throw YamlErrors.WrongKind(value.Where, name, "a platform, or a list of platforms");
        if (items.Count > MostPlatforms) throw RegistriesErrors.TooMany(value.Where, "platforms", MostPlatforms);
        return new DescribedImage(name, [.. items.Select(i => PlatformOf(i.Text ?? throw YamlErrors.WrongKind(i.Where, name, "a list of platforms"), i.Where))], IsList: true);
    }

    private static Platform PlatformOf(string text, string where) =>
        Platform.TryParse(text, out var platform) && KnownPlatforms.Contains(platform) ? platform
            : throw RegistriesErrors.BadValue(where, "platform", $"is none that is known: '{YamlErrors.Shown(text)}'", "Platforms look like linux/amd64, linux/arm/v7, windows(10.0.20348)/amd64.");
}
