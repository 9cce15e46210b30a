namespace Viaduct.Cli.Terminal;

/// <summary>The command line as the system has it. .NET names the file that a symlink leads to instead of the first word, and of the others keeps what is UTF-8.</summary>
internal static class RawWords
{
    /// <returns>Nothing where the system does not tell.</returns>
    public static IReadOnlyList<byte[]> OfProcess()
    {
        var words = new List<byte[]>();
        if (!OperatingSystem.IsLinux()) return words;
        try
        {
            var rest = File.ReadAllBytes("/proc/self/cmdline").AsSpan();
            for (; rest.IndexOf((byte)0) is >= 0 and var end; rest = rest[(end + 1)..]) words.Add(rest[..end].ToArray());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Without /proc the words that .NET knows have to do.
        }
        return words;
    }
}
