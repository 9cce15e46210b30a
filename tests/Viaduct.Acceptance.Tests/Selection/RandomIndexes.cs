using Viaduct.Oci;

namespace Viaduct.Acceptance.Tests.Selection;

/// <summary>Random lists and requests: the same for the same seed.</summary>
internal sealed class RandomIndexes(int seed)
{
    /// <summary>Every so many-th index may hold capitals, so that enough are left to an engine that does not survive them.</summary>
    private const int Capitals = 12;

    private readonly Random _random = new(seed);

    public List<RandomIndex> Take(int count) => [.. Enumerable.Range(0, count).Select(Next)];

    private RandomIndex Next(int number)
    {
        // From a family, entries compete; from all, they are strangers.
        var words = Chance(0.5) ? Vocabulary.Families[_random.Next(Vocabulary.Families.Length)] : Vocabulary.All;
        if (number % Capitals == 0) words = [.. words, .. Vocabulary.Capitals];
        var entries = new List<RandomEntry>();
        for (var left = _random.Next(10); left > 0; left--) entries.Add(Entry(words, entries));
        return new RandomIndex(number, Chance(0.3), entries, Request(entries, words), Chance(0.1));
    }

    private RandomEntry Entry(string[] words, List<RandomEntry> before)
    {
        var platform = Platform.Parse(Word(words));
        return _random.NextDouble() switch
        {
            < 0.03 => new RandomEntry(null, platform),
            < 0.10 => new RandomEntry(Platform.Parse("unknown/unknown"), Platform.Parse("unknown/unknown")),
            < 0.14 => new RandomEntry(platform, Platform.Parse(Word(words))),
            < 0.16 => new RandomEntry(Chance(0.5) ? null : platform, null) { Nested = [.. Enumerable.Range(0, _random.Next(1, 4)).Select(_ => Leaf(words))] },
            < 0.19 when Own(before) is [_, ..] own && own[_random.Next(own.Count)] is var place =>
                new RandomEntry(Chance(0.5) ? platform : before[place].Listed, before[place].Config) { Again = place },
            < 0.25 when before.Count > 0 && before[_random.Next(before.Count)] is { Listed: { } listed, Config: { } config, IsAttestation: false } => new RandomEntry(listed, config),
            _ => new RandomEntry(platform, platform),
        };
    }

    private RandomEntry Leaf(string[] words)
    {
        var platform = Platform.Parse(Word(words));
        return new RandomEntry(Chance(0.1) ? null : platform, platform);
    }

    /// <summary>Mostly something that is there, or was nearly.</summary>
    private string Request(List<RandomEntry> entries, string[] words)
    {
        var there = entries.Where(e => !e.IsAttestation).SelectMany(e => e.Platforms).ToList();
        if (there.Count > 0 && Chance(0.45)) return there[_random.Next(there.Count)].ToString();
        return Word(Chance(0.5) ? words : Vocabulary.Requests);
    }

    private string Word(string[] words) => Chance(0.1) ? Vocabulary.Common[_random.Next(Vocabulary.Common.Length)] : words[_random.Next(words.Length)];

    private bool Chance(double share) => _random.NextDouble() < share;

    private static List<int> Own(List<RandomEntry> entries) =>
        [.. Enumerable.Range(0, entries.Count).Where(i => entries[i] is { Again: null, Config: not null, IsAttestation: false })];
}
