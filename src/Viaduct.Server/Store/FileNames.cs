using System.Globalization;

namespace Viaduct.Server;

/// <summary>
/// Names of files for tags and repository components: readable, at most 255 bytes, and different on file systems that fold case,
/// drop a dot at the end or reserve the names of devices. <c>!</c> is in no tag and no component, so it marks what was changed.
/// </summary>
internal static class FileNames
{
    // learn.microsoft.com, "Naming Files, Paths, and Namespaces": reserved with any extension.
    private static readonly HashSet<string> Devices = new(StringComparer.Ordinal)
    {
        "con", "prn", "aux", "nul",
        "com0", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9",
        "lpt0", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
    };

    public static string ForComponent(string component) => IsDevice(component) ? "!" + component : component;

    public static string ToComponent(string file) => file.TrimStart('!');

    /// <summary>Lower case, then <c>!</c> and in hexadecimal, four letters a digit, which letters were upper case: <c>Latest</c> is <c>latest!8</c>.</summary>
    public static string ForTag(TagName tag)
    {
        var text = tag.Text;
        var lower = text.ToLowerInvariant();
        var name = IsDevice(lower) ? "!" + lower : lower;
        if (text == lower && !text.EndsWith('.')) return name;

        Span<char> mask = stackalloc char[32];
        mask.Fill('0');
        var used = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsAsciiLetterUpper(text[i])) continue;
            used = (i / 4) + 1;
            mask[i / 4] = HexDigit(ValueOf(mask[i / 4]) | (8 >> (i % 4)));
        }
        return $"{name}!{mask[..used]}";
    }

    /// <summary>The tag of a file, or false for a file that no tag gives.</summary>
    public static bool TryToTag(string file, out TagName tag)
    {
        var name = file.TrimStart('!').ToCharArray().AsSpan();
        if (name.IndexOf('!') is >= 0 and var mark)
        {
            var mask = name[(mark + 1)..];
            name = name[..mark];
            for (var i = 0; i < name.Length && i / 4 < mask.Length; i++)
                if ((ValueOf(mask[i / 4]) & (8 >> (i % 4))) != 0)
                    name[i] = char.ToUpperInvariant(name[i]);
        }
        return TagName.TryParse(new string(name), out tag) && ForTag(tag) == file;
    }

    private static bool IsDevice(string name) => Devices.Contains(name.IndexOf('.') is >= 0 and var dot ? name[..dot] : name);

    private static int ValueOf(char digit) => int.TryParse([digit], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) ? value : 0;

    private static char HexDigit(int value) => (char)(value < 10 ? '0' + value : 'a' + value - 10);
}
