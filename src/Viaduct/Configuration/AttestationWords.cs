using Viaduct.Build;
using Viaduct.Oci;

namespace Viaduct.Configuration;

/// <summary>The words for what is attached beside images.</summary>
internal static class AttestationWords
{
    public const string Key = "attestations";
    public const string None = "none";

    private static readonly (string Word, AttestationKinds Kind)[] Words = [("provenance", AttestationKinds.Provenance), ("sbom", AttestationKinds.Sbom)];

    public static string Text(AttestationKinds kinds) => kinds == AttestationKinds.None ? None : string.Join(", ", Words.Where(w => kinds.HasFlag(w.Kind)).Select(w => w.Word));

    /// <summary>Of the files: no word is <c>none</c>.</summary>
    /// <exception cref="ViaductException">VIA2006.</exception>
    public static AttestationKinds Read(IEnumerable<(string Text, string Where)> words)
    {
        var given = words.ToList();
        return Parse(given.Select(w => w.Text), (word, near) => ConfigErrors.BadValue(given.First(w => w.Text == word).Where, Key, $"cannot be '{Yaml.YamlErrors.Shown(word)}'", Todo(near)));
    }

    /// <exception cref="ViaductException">What <paramref name="error"/> makes of a word and the known one that is nearest to it.</exception>
    public static AttestationKinds Parse(IEnumerable<string> words, Func<string, string?, Exception> error)
    {
        var given = words.ToList();
        if (given is [None]) return AttestationKinds.None;
        var kinds = AttestationKinds.None;
        foreach (var word in given)
            kinds |= Words.FirstOrDefault(w => w.Word == word) is { Word: not null } known ? known.Kind : throw error(word, Nearest.To(word, Words.Select(w => w.Word).Append(None)));
        return kinds;
    }

    public static string Todo(string? near) => near is not null && near != None ? $"Did you mean '{near}'?" : $"Name provenance, sbom or both, or {None} alone.";
}
