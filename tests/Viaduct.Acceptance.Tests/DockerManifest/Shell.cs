namespace Viaduct.Acceptance.Tests.DockerManifest;

/// <summary>Splits a line into words as a shell does, of whose quotes it knows only the single ones.</summary>
internal static class Shell
{
    public static IReadOnlyList<string> Split(string line)
    {
        var words = new List<string>();
        string? word = null;
        var isQuoted = false;
        foreach (var c in line)
            if (c == '\'') (isQuoted, word) = (!isQuoted, word ?? "");
            else if (c != ' ' || isQuoted) word += c;
            else if (word is not null) (words, word) = ([.. words, word], null);
        return word is null ? words : [.. words, word];
    }
}
