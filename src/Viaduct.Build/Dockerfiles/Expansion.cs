namespace Viaduct.Build.Dockerfiles;

/// <summary>What became of a word: as one text and as separate words, and which names were found and which were not.</summary>
internal sealed record Expansion(string Text, IReadOnlyList<string> Words, IReadOnlyDictionary<string, string> Matched, IReadOnlySet<string> Unmatched);
