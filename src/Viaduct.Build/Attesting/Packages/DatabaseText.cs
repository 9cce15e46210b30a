using System.Text;

namespace Viaduct.Build.Attesting;

/// <summary>Databases of lines in which an empty one ends a record.</summary>
internal static class DatabaseText
{
    private const int LongestField = 1024;

    /// <summary>The lines of each record. What is no UTF-8 appears as U+FFFD, and no field that counts has that.</summary>
    public static IEnumerable<IReadOnlyList<string>> Records(byte[] bytes)
    {
        var record = new List<string>();
        using var reader = new StreamReader(new MemoryStream(bytes), new UTF8Encoding(false));
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0)
            {
                record.Add(line);
                continue;
            }
            if (record.Count > 0) yield return record;
            record = [];
        }
        if (record.Count > 0) yield return record;
    }

    /// <summary>A name or a version that can stand in a document as it is.</summary>
    public static bool IsWord(string? text) => text is { Length: > 0 and <= LongestField } && text.All(c => c is > ' ' and < '\u007f');
}
