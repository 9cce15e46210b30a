using System.Globalization;

namespace Viaduct.Server;

/// <summary>What was set, and the defaults of the rest. Checked when it is made.</summary>
internal sealed class SettingValues
{
    private readonly Dictionary<string, object> _values = new(StringComparer.Ordinal);

    /// <param name="texts"><c>NAME=VALUE</c>; the last one of a name counts.</param>
    /// <exception cref="Oci.ViaductException">VIA4006.</exception>
    public SettingValues(IReadOnlyList<Setting> known, IEnumerable<string> texts)
    {
        foreach (var setting in known) _values[setting.Name] = Read(setting, setting.Default)!;
        foreach (var text in texts)
        {
            var parts = text.Split('=', 2);
            var setting = known.FirstOrDefault(s => s.Name == parts[0]) ?? throw RehearsalErrors.Setting(text, "there is no such setting here", known);
            _values[setting.Name] = Read(setting, parts.Length == 2 ? parts[1] : "") ?? throw RehearsalErrors.Setting(text, Wanted(setting), known);
        }
    }

    public bool IsOn(string name) => (bool)_values[name];

    public long Number(string name) => (long)_values[name];

    public TimeSpan Time(string name) => (TimeSpan)_values[name];

    public IReadOnlyList<string> Names(string name) => (string[])_values[name];

    private static object? Read(Setting setting, string text) => setting.Kind switch
    {
        SettingKind.Switch => text switch { "on" or "" => true, "off" => false, _ => null },
        SettingKind.Number => Number(text, setting.Most),
        SettingKind.Time when text.EndsWith("ms", StringComparison.Ordinal) => Time(text[..^2], 1, setting.Most),
        SettingKind.Time when text.EndsWith('s') => Time(text[..^1], 1000, setting.Most),
        SettingKind.Names => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is var names && names.All(n => RepositoryName.TryParse(n, out _)) ? names : null,
        _ => null,
    };

    private static object? Number(string text, long most) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most ? number : null;

    private static object? Time(string text, int unit, long most) =>
        Number(text, most / unit) is long count ? TimeSpan.FromMilliseconds(count * unit) : null;

    private static string Wanted(Setting setting) => setting.Kind switch
    {
        SettingKind.Switch => "it is on or off",
        SettingKind.Number => $"it is a number up to {setting.Most}",
        SettingKind.Time => $"it is a time up to {setting.Most / 1000}s, such as 250ms or 2s",
        _ => "it takes names of repositories, parted by commas",
    };
}
