using System.Text;

namespace Viaduct.Cli.Terminal;

/// <summary>The name that this process was called by.</summary>
internal static class OwnName
{
    public static string OfProcess() => Of(FirstWord(), OperatingSystem.IsWindows());

    /// <summary>A file's name as its system compares it: Windows knows no case, and its programs end with <c>.exe</c>.</summary>
    public static string Of(string word, bool isWindows)
    {
        var name = Path.GetFileName(word);
        if (!isWindows) return name;
        name = name.ToLowerInvariant();
        return name.EndsWith(".exe", StringComparison.Ordinal) ? name[..^4] : name;
    }

    private static string FirstWord() =>
        RawWords.OfProcess() is [var first, ..] ? Encoding.UTF8.GetString(first) : Environment.GetCommandLineArgs() is [var known, ..] ? known : "viaduct";
}
