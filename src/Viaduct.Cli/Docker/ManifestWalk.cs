namespace Viaduct.Cli.Docker;

/// <summary>Finds the verb among the words behind <c>manifest</c>, as cobra does (spf13/cobra command.go, Traverse).</summary>
/// <param name="Verb">Null for the group itself.</param>
/// <param name="Words">What its flags and arguments are read from.</param>
internal sealed record ManifestWalk(ManifestVerb? Verb, IReadOnlyList<string> Words)
{
    /// <summary>Flags before the verb that do not exist, although they left a verb to be found: docker says so without its usage.</summary>
    public FlagException? Early { get; private init; }

    public string Path => Verb?.Path ?? ManifestUsage.Group;

    public static ManifestWalk Of(IReadOnlyList<string> words)
    {
        var parser = ManifestVerb.GroupParser;
        var takesNext = false;
        for (var i = 0; i < words.Count; i++)
        {
            var word = words[i];
            if (word.StartsWith("--", StringComparison.Ordinal) && !word.Contains('=')) takesNext = parser.Find(word[2..]) is null;
            else if (word.Length == 2 && word[0] == '-' && word[1] != '=' && parser.Find(word[1]) is null) takesNext = true;
            else if (takesNext) takesNext = false;
            else if (word.Length < 2 || word[0] != '-') return ManifestVerbs.Find(word) is { } verb ? Found(verb, words, i) : new(null, words);
        }
        return new(null, words);
    }

    /// <summary>Flags of the group are help's, which has its meaning before the verb too; docker reads them three times, and tells as often what is deprecated.</summary>
    private static ManifestWalk Found(ManifestVerb verb, IReadOnlyList<string> words, int position)
    {
        var before = words.Take(position).ToList();
        var all = new ManifestWalk(verb, [.. before, .. before, .. before, .. words.Skip(position + 1)]);
        try
        {
            ManifestVerb.GroupParser.Parse(before);
            return all;
        }
        catch (FlagException e)
        {
            return all with { Early = e };
        }
    }
}
