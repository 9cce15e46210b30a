using System.Text.RegularExpressions;
using Viaduct.Oci;
using Viaduct.Preparation;
using Viaduct.Yaml;

namespace Viaduct.Signing;

/// <summary>Reads <c>sign:</c> of viaduct.yaml: a shell line, a list of words, or a map with one of them as <c>run</c>.</summary>
internal static partial class SignReader
{
    public const string Key = "sign";

    private const string Wanted = "a shell line, a list of words, or a map with 'run'";

    internal static readonly IReadOnlyList<string> Keys = ["run", "platforms", "timeout", "env"];
    private static readonly IReadOnlyList<string> Variables = ["IMAGE", "DIGEST"];

    /// <returns>null when nothing is to be signed.</returns>
    /// <exception cref="ViaductException">VIA20xx, with file, line and column.</exception>
    public static SignStep? Read(YamlValue? yaml, string folder)
    {
        if (yaml is null || yaml.IsNull) return null;
        var map = yaml.Map?.Only(Keys);
        var run = map is null ? yaml : map.Value("run") ?? throw YamlErrors.WrongKind(yaml.Where, Key, Wanted);
        if (run.Map is not null) throw YamlErrors.WrongKind(run.Where, Key, Wanted);
        var words = run.Items?.Select(w => w.Text ?? throw YamlErrors.WrongKind(w.Where, Key, Wanted)).ToList();
        var command = words ?? (run.Text is { } line ? [line] : []);
        if (command.Count == 0 || string.IsNullOrWhiteSpace(command[0])) throw YamlErrors.WrongKind(run.Where, Key, Wanted);
        foreach (var word in command) Check(word, run.Where);
        return new SignStep(command, IsShell: words is null, run.Where)
        {
            Folder = folder,
            WithPlatforms = map?.Text("platforms") is { } all && Flag(all, map.Where("platforms")),
            Timeout = map?.Text("timeout") is { } timeout ? PrepareReader.Timeout(timeout, map.Where("timeout")) : PrepareStep.DefaultTimeout,
            Environment = map is null ? new Dictionary<string, string>() : PrepareReader.Environment(map, Check),
        };
    }

    /// <param name="image">The repository, without tag.</param>
    public static string Replace(string text, string image, Digest digest) => Variable().Replace(text, match => match.Groups[1].Value == "IMAGE" ? image : match.Groups[1].Value == "DIGEST" ? digest.ToString() : match.Value);

    private static bool Flag(string text, string where) => text switch
    {
        "true" => true,
        "false" => false,
        _ => throw YamlErrors.WrongKind(where, "platforms", "true or false"),
    };

    /// <summary>A misspelt variable would otherwise be run as a command.</summary>
    private static void Check(string text, string where)
    {
        foreach (Match match in Variable().Matches(text))
            if (!Variables.Contains(match.Groups[1].Value)) throw PrepareErrors.UnknownVariable(where, match.Groups[1].Value, Variables, Key);
    }

    [GeneratedRegex(@"\$\(([A-Z_][A-Z0-9_]*)\)", RegexOptions.CultureInvariant)]
    private static partial Regex Variable();
}
