namespace Viaduct.Build.Attesting;

/// <summary>
/// Reads /var/lib/dpkg/status, and the files of /var/lib/dpkg/status.d, which images without dpkg have instead
/// (dpkg, deb822(5); GoogleContainerTools/distroless, where a file has one record and none says its state).
/// </summary>
internal static class DpkgDatabase
{
    public static PackageList Read(byte[] bytes)
    {
        var packages = new List<Package>();
        var unreadable = 0;
        foreach (var record in DatabaseText.Records(bytes))
        {
            var fields = Fields(record);
            // The third word is the state: what was removed and has left its configuration is not in the image.
            if (fields.GetValueOrDefault("status") is { } status && status.Split(' ')[^1] is "not-installed" or "config-files") continue;
            var (name, version) = (fields.GetValueOrDefault("package"), fields.GetValueOrDefault("version"));
            if (!DatabaseText.IsWord(name) || !DatabaseText.IsWord(version))
            {
                unreadable++;
                continue;
            }
            var architecture = fields.GetValueOrDefault("architecture");
            packages.Add(new Package("deb", name!, version!, DatabaseText.IsWord(architecture) ? architecture! : "", Source(fields.GetValueOrDefault("source")))
            {
                Supplier = fields.GetValueOrDefault("maintainer"),
            });
        }
        return new(packages, unreadable);
    }

    /// <summary>Names in lower case, since their case does not count. A line that begins with a space goes on with the field before it, and none of those that count does.</summary>
    private static Dictionary<string, string> Fields(IReadOnlyList<string> record)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in record)
            if (line[0] is not (' ' or '\t') && line.IndexOf(':') is > 0 and var colon)
                fields.TryAdd(line[..colon].ToLowerInvariant(), line[(colon + 1)..].Trim());
        return fields;
    }

    /// <summary><c>glibc</c>, or <c>glibc (2.36-9)</c> where the version is another.</summary>
    private static string? Source(string? text)
    {
        if (text is null) return null;
        var words = text.Split(' ', 2, StringSplitOptions.TrimEntries);
        if (!DatabaseText.IsWord(words[0])) return null;
        return words is [_, ['(', .. var version, ')']] && DatabaseText.IsWord(version) ? $"{words[0]}@{version}" : words[0];
    }
}
