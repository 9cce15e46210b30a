using System.Text.RegularExpressions;
using Viaduct.Oci;

namespace Viaduct.Simulation.Tests;

/// <summary>Reads the lists of the recorded observations.</summary>
internal static partial class RecordedIndexes
{
    private const string Single = "single-manifest config=";

    /// <param name="description">A list of entries, or <c>single-manifest config=P</c>, or <c>[P, index{platform P}(P, P)]</c>.</param>
    public static Candidates Read(bool isDocker, IReadOnlyList<string> description)
    {
        if (description is [['s', ..] single] && single.StartsWith(Single, StringComparison.Ordinal))
            return Candidates.OfImage(new Candidate(Entry(0, null), config: Platform(single[Single.Length..]) ?? new Platform("", "")));
        if (description is [['[', .., ']'] nested]) description = Elements().Matches(nested[1..^1]).Select(m => m.Value).ToList();
        return Candidates.OfList(Digest.Sha256("list"u8), isDocker, [.. description.Select(Candidate)]);
    }

    private static Candidate Candidate(string text, int position)
    {
        if (Nested().Match(text) is { Success: true } nested)
        {
            var entry = Entry(position, nested.Groups["platform"] is { Success: true } said ? Platform(said.Value) : null) with { MediaType = MediaTypes.OciIndex };
            return new Candidate(entry, nested: Candidates.OfList(Digest.Sha256("inner"u8), false, [.. nested.Groups["inner"].Value.Split(", ").Select((p, i) => Candidate(p, 100 + i))]));
        }
        var parts = text.Split('|');
        return new Candidate(Entry(position, parts[0] == "none" ? null : Platform(parts[0])), config: Platform(parts[^1])) { ConfigDigest = Digest.Sha256("config"u8) };
    }

    private static Descriptor Entry(int position, Platform? platform) =>
        new(MediaTypes.OciManifest, Digest.Sha256(BitConverter.GetBytes(position)), 2) { Platform = platform };

    private static Platform? Platform(string text) => Oci.Platform.TryParse(text, out var platform) ? platform : null;

    [GeneratedRegex(@"^index(\{platform (?<platform>[^}]+)\})?\((?<inner>[^)]*)\)$", RegexOptions.CultureInvariant)]
    private static partial Regex Nested();

    [GeneratedRegex(@"index(\{[^}]*\})?\([^)]*\)|[^, ][^,(]*(\([^)]*\))?[^,]*", RegexOptions.CultureInvariant)]
    private static partial Regex Elements();
}
