using Viaduct.Oci;

namespace Viaduct.Yaml;

/// <summary>The failures of reading any YAML file, whatever it describes: VIA2001 to VIA2005.</summary>
public static class YamlErrors
{
    public static ViaductException Unreadable(string file, string why) =>
        new("VIA2001", $"cannot be read: {why}", file, exit: ExitCode.Usage);

    /// <summary>As the system's error has it, in two words that are the same everywhere.</summary>
    public static ViaductException Unreadable(string file, Exception error) =>
        Unreadable(file, error is FileNotFoundException or DirectoryNotFoundException ? "it does not exist" : "the system refuses it");

    public static ViaductException NotYaml(string where, string why) =>
        new("VIA2002", $"is not YAML: {Shown(why, 200)}", where, exit: ExitCode.Usage);

    public static ViaductException NotJson(string where, string why) =>
        new("VIA2002", $"is not JSON: {why}", where, exit: ExitCode.Usage);

    public static ViaductException TooMuch(string where, string what) =>
        new("VIA2003", $"is larger than any configuration should be: {what}", where, exit: ExitCode.Usage);

    public static ViaductException UnknownKey(string where, string key, IReadOnlyCollection<string> known) =>
        new("VIA2004", $"there is no key '{Shown(key)}' here", where,
            Nearest.To(key, known) is { } near ? $"Did you mean '{near}'?" : $"The keys here are {string.Join(", ", known)}.", ExitCode.Usage);

    public static ViaductException WrongKind(string where, string key, string wanted) =>
        new("VIA2005", $"'{Shown(key)}' has to be {wanted}", where, exit: ExitCode.Usage);

    /// <summary>Words of strangers in a message: not too long, and nothing in them that a terminal would obey.</summary>
    public static string Shown(string text, int max = 120) =>
        string.Concat((text.Length <= max ? text : text[..(max - 1)] + "…").Select(c => char.IsControl(c) ? '?' : c));
}
