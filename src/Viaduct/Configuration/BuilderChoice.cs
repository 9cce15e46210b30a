using Viaduct.Build;
using Viaduct.Oci;
using Viaduct.Yaml;

namespace Viaduct.Configuration;

/// <summary>
/// What <c>builder:</c> says. One word is the builder of every platform. A map from platforms says where their engines are: what the embedded
/// builder can do it still does, and all else goes to the platform's engine.
/// </summary>
/// <param name="Default">Of the platforms that are not in the map.</param>
public sealed record BuilderChoice(BuilderName Default, IReadOnlyList<(Platform Platform, BuilderName Builder)> Mapped)
{
    public static readonly BuilderChoice Auto = new(BuilderName.Auto, []);

    /// <summary>True when it was written as a map.</summary>
    public bool IsMap { get; private init; }

    /// <summary>The builder that is to be taken, and the engine that <c>auto</c> takes for what it cannot do itself.</summary>
    public (BuilderName Builder, BuilderName? RunsOn) For(Platform platform)
    {
        var named = Mapped.FirstOrDefault(m => m.Platform.Same(platform)).Builder ?? Default;
        return IsMap && named.Kind is BuilderKind.Docker or BuilderKind.Buildx ? (BuilderName.Auto, named) : (named, null);
    }

    public override string ToString() =>
        string.Join(", ", [.. Mapped.Select(m => $"{m.Platform}: {m.Builder}"), Mapped.Count == 0 && !IsMap ? Default.ToString() : $"default: {Default}"]);

    /// <exception cref="ViaductException">VIA2006, VIA2007.</exception>
    internal static BuilderChoice? Read(YamlMap yaml)
    {
        const string key = "builder";
        if (!yaml.Says(key)) return null;
        if (yaml.Value(key)?.Map is not { } map) return new BuilderChoice(Name(yaml.Text(key)!, yaml.Where(key)), []);
        var mapped = new List<(Platform, BuilderName)>();
        var fallback = BuilderName.Auto;
        foreach (var (word, text) in map.AllTexts())
        {
            var builder = Name(text, map.Where(word));
            if (word == "default") fallback = builder;
            else mapped.Add((ImageSettings.ReadPlatform(word, map.Where(word)), builder));
        }
        return new BuilderChoice(fallback, mapped) { IsMap = true };
    }

    private static BuilderName Name(string text, string where) => BuilderName.TryParse(text)
        ?? throw ConfigErrors.BadValue(where, "builder", $"cannot be '{YamlErrors.Shown(text)}'", Nearest.To(text, BuilderName.Words) is { } near ? $"Did you mean '{near}'?"
            : $"The builders are {string.Join(", ", BuilderName.Words)}, docker:CONTEXT, buildx:NAME, or an engine's address such as ssh://arm-host.");
}
