using System.Globalization;
using System.Text.RegularExpressions;
using Viaduct.Build;
using Viaduct.Configuration;
using Viaduct.Oci;
using Viaduct.Yaml;

namespace Viaduct.Preparation;

/// <summary>Reads <c>prepare:</c> of image.yaml.</summary>
internal static partial class PrepareReader
{
    public const string Key = "prepare";
    public static readonly IReadOnlyList<string> StepKeys = ["run", "inputs", "outputs", "timeout", "env"];

    private static readonly TimeSpan LongestTimeout = TimeSpan.FromDays(1);

    /// <param name="folder">The image's.</param>
    /// <exception cref="ViaductException">VIA20xx, with file, line and column.</exception>
    public static IReadOnlyList<PrepareStep> Read(YamlValue? yaml, string folder)
    {
        if (yaml is null || yaml.IsNull) return [];
        var steps = yaml.Items ?? throw YamlErrors.WrongKind(yaml.Where, Key, "a list of steps");
        return [.. steps.Select(step => ReadStep((step.Map ?? throw YamlErrors.WrongKind(step.Where, Key, "a list of steps, each with 'run', 'inputs' and 'outputs'")).Only(StepKeys), step.Where, folder))];
    }

    private static PrepareStep ReadStep(YamlMap yaml, string where, string folder)
    {
        var run = yaml.Value("run");
        var words = run?.Items?.Select(w => w.Text ?? throw YamlErrors.WrongKind(w.Where, "run", "a shell line or a list of words")).ToList();
        if (run is { Map: not null }) throw YamlErrors.WrongKind(run.Where, "run", "a shell line or a list of words");
        var command = words ?? (run?.Text is { } line ? [line] : []);
        if (command.Count == 0 || string.IsNullOrWhiteSpace(command[0])) throw PrepareErrors.Incomplete(where, "run", "Write a shell line, or a list of a program and its words.");
        foreach (var word in command) StepVariables.Check(word, run!.Where);

        var inputs = Checked(yaml, "inputs") ?? throw PrepareErrors.Incomplete(where, "inputs", "Name the files that the command reads; write [] when it reads none.");
        var outputs = Checked(yaml, "outputs") is { Count: > 0 } some ? some : throw PrepareErrors.Incomplete(where, "outputs", "Name the files and folders that it makes.");
        CheckPatterns(inputs, folder);
        return new PrepareStep(command, IsShell: words is null, run!.Where)
        {
            Folder = folder,
            Inputs = inputs,
            Outputs = outputs,
            Timeout = yaml.Text("timeout") is { } timeout ? Timeout(timeout, yaml.Where("timeout")) : PrepareStep.DefaultTimeout,
            Environment = Environment(yaml),
        };
    }

    private static IReadOnlyList<(string Text, string Where)>? Checked(YamlMap yaml, string key)
    {
        var texts = yaml.Texts(key);
        foreach (var (text, where) in texts ?? []) StepVariables.Check(text, where);
        return texts;
    }

    private static void CheckPatterns(IReadOnlyList<(string Text, string Where)> inputs, string folder)
    {
        foreach (var (text, where) in inputs)
            try
            {
                _ = new InputPatterns(folder, [text]);
            }
            catch (FormatException e)
            {
                throw ConfigErrors.BadValue(where, "inputs", $"holds what is no pattern: {e.Message}");
            }
    }

    private static IReadOnlyDictionary<string, string> Environment(YamlMap yaml) => Environment(yaml, StepVariables.Check);

    /// <param name="check">Refuses what stands for nothing in a value.</param>
    internal static IReadOnlyDictionary<string, string> Environment(YamlMap yaml, Action<string, string> check)
    {
        var environment = yaml.Map("env")?.AllTexts() ?? new Dictionary<string, string>();
        foreach (var (name, value) in environment)
        {
            if (name.Length == 0 || name.Contains('=') || name.Contains('\0') || value.Contains('\0')) throw ConfigErrors.BadValue(yaml.Where("env"), "env", "holds what no environment can");
            check(value, yaml.Where("env"));
        }
        return environment;
    }

    internal static TimeSpan Timeout(string text, string where)
    {
        var match = Duration().Match(text);
        if (!match.Success || text.Length == 0) throw PrepareErrors.BadTimeout(where, text);
        var time = TimeSpan.FromSeconds(Number("h") * 3600 + Number("m") * 60 + Number("s"));
        return time >= TimeSpan.FromSeconds(1) && time <= LongestTimeout ? time : throw PrepareErrors.BadTimeout(where, text);

        long Number(string unit) => match.Groups[unit] is { Success: true, Value: var digits } ? long.Parse(digits, CultureInfo.InvariantCulture) : 0;
    }

    [GeneratedRegex(@"^(?:(?<h>[0-9]{1,6})h)?(?:(?<m>[0-9]{1,6})m)?(?:(?<s>[0-9]{1,6})s)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Duration();
}
