using System.Text;
using Viaduct.Oci;

namespace Viaduct.Configuration;

/// <summary>Says where the values of an image came from: command line, then environment, then image.yaml, then viaduct.yaml, then defaults.</summary>
internal static class Explanation
{
    public static IEnumerable<ExplainedValue> Of(string root, ImageDefinition image, ImageSettings settings, SetOverrides overrides)
    {
        yield return Value("platforms", string.Join(", ", image.Platforms), overrides.Platforms.Count > 0 ? $"{overrides.PlatformsFrom}, out of {Place("platforms")}" : Place("platforms"));
        yield return Value("tags", string.Join(", ", image.Tags), overrides.Tags.Count > 0 ? overrides.TagsFrom : Place("tags"));
        yield return Value("child", string.Join(", ", image.Children.Select(c => c.Text)), Place("child"));
        yield return Value("builder", image.Builder.ToString(), Place("builder"));
        yield return Value("name", image.Name, settings.Places.GetValueOrDefault("name", "the folder's name"));
        yield return Value("context", Path.GetRelativePath(root, image.Context), Place("context"));
        yield return Value("dockerfile", Path.GetRelativePath(root, image.Dockerfile), Place("dockerfile"));
        if (image.Target is not null) yield return Value("target", image.Target, Place("target"));
        if (image.Prepare.Count > 0) yield return Value("prepare", image.Prepare.Count == 1 ? "1 step" : $"{image.Prepare.Count} steps", Place("prepare"));
        if (overrides.Attestations is { } attestations) yield return Value(AttestationWords.Key, AttestationWords.Text(attestations), overrides.AttestationsFrom);
        foreach (var key in EngineSettings.Keys.Where(k => settings.Places.ContainsKey(k) && (k != AttestationWords.Key || overrides.Attestations is null))) yield return Value(key, settings.Engine.Shown(key), Place(key));
        foreach (var (name, value) in image.Args)
            yield return Value($"args.{name}", Hash(value), settings.Places.GetValueOrDefault(name == "BASE" && settings.Base is not null ? "base" : $"args.{name}", ExplainedValue.Default));
        foreach (var (name, value) in image.Labels)
            yield return Value($"labels.{name}", Hash(value), Place($"labels.{name}"));

        ExplainedValue Value(string key, string value, string from) => new(image.Name, key, value, from);
        string Place(string key) => settings.Places.GetValueOrDefault(key, ExplainedValue.Default);
    }

    /// <summary>Two runs can be compared by it, and nothing can be read from it that was not guessed before.</summary>
    private static string Hash(string value) => $"sha256:{Digest.Sha256(Encoding.UTF8.GetBytes(value)).Short}";
}
