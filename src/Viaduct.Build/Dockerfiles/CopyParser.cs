namespace Viaduct.Build.Dockerfiles;

/// <summary>Reads COPY and ADD.</summary>
internal static class CopyParser
{
    public static CopyInstruction Read(string name, SourceLine line, int at, int end, Position position, List<Flag> flags, Word rest, IReadOnlyList<Heredoc> heredocs)
    {
        var json = JsonForm.TryRead(rest, name)?.Select(text => new Word(text, rest.Position)).ToList();
        var words = json ?? WordSplitter.ByBlanks(line, at, end);
        if (words.Count < 2) throw BuildErrors.Arguments(position, name, "at least one source and a destination");
        var sources = words[..^1];
        var documents = new List<Heredoc>();
        if (json is null && heredocs.Count > 0)
        {
            sources = [.. sources.Where(word => !TakeDocument(word, heredocs, documents))];
            if (documents.Count != heredocs.Count) throw BadName(words[^1], "the delimiter of a heredoc has blanks, or stands where the destination does");
        }
        return new CopyInstruction(name, position, sources, words[^1])
        {
            From = InstructionParser.Value(flags, "from"),
            Chown = InstructionParser.Value(flags, "chown"),
            Chmod = InstructionParser.Value(flags, "chmod"),
            Heredocs = documents,
            Excludes = [.. flags.Where(f => f is { Name: "exclude", Value.Length: > 0 }).Select(f => new Word(f.Value!, f.Position))],
            Parents = Switch(flags, "parents") ?? false,
            Unpack = name == "ADD" && (Switch(flags, "unpack") ?? true),
            UnpackFetched = Switch(flags, "unpack") ?? false,
            Checksum = InstructionParser.Value(flags, "checksum"),
            Foreign = Foreign(name, sources, flags),
        };
    }

    /// <summary>The address that ADD would fetch; null for a path.</summary>
    public static string? AddressOf(string source) => Addresses.Is(source) ? source : null;

    private static Word? Foreign(string name, List<Word> sources, List<Flag> flags)
    {
        Switch(flags, "link");
        if (flags.Find(f => KnownInstructions.FlagsOf(name).Contains(f.Name + "*") && f.Value != "false") is { } flag)
            return new Word($"{name} --{flag.Name}", flag.Position);
        var checksum = InstructionParser.Value(flags, "checksum") is not null;
        foreach (var source in sources)
            if (name == "ADD" && Addresses.Foreign(source, source.Text, checksum) is { } foreign) return foreign;
        return null;
    }

    private static bool TakeDocument(Word word, IReadOnlyList<Heredoc> heredocs, List<Heredoc> documents)
    {
        Heredoc? opened;
        try
        {
            opened = Heredoc.Parse(word.Text);
        }
        catch (ShellSyntaxException)
        {
            throw BadName(word, $"'{word}' does not name a file");
        }
        if (opened is null) return false;
        if (opened.Name.Contains('/') || opened.Name is "." or "..") throw BadName(word, $"'{opened.Name}' does not name a file");
        documents.Add(documents.Count < heredocs.Count ? heredocs[documents.Count] : throw BadName(word, $"'{word}' opens no heredoc"));
        return true;
    }

    private static Viaduct.Oci.ViaductException BadName(Word word, string what) =>
        BuildErrors.Syntax(word.Position, what, "The delimiter is the file's name where the destination is a folder: write COPY <<name /folder/, without blanks and slashes.");

    private static bool? Switch(List<Flag> flags, string name) => flags.FindLast(f => f.Name == name) is not { } flag ? null : flag.Value?.ToLowerInvariant() switch
    {
        null or "true" => true,
        "false" => false,
        _ => throw BuildErrors.Syntax(flag.Position, $"--{name} is true or false", $"Write --{name} alone."),
    };
}
