using System.Text.RegularExpressions;

namespace Viaduct.Acceptance.Tests.Selection;

/// <summary>What a tool did with a list.</summary>
/// <param name="Places">Where that stands in the list what was taken.</param>
/// <param name="Error">The last line that it said when it failed, without what changes from run to run.</param>
internal sealed partial record Taken(IReadOnlyList<string> Places, string? Error)
{
    public static Taken Nothing(string error) => new([], Clean(error));

    /// <summary>Digests are of this run, and skopeo says when it failed.</summary>
    public static string Clean(string text) => Time().Replace(Hex().Replace(text.Trim().Split('\n')[^1], "sha256:*"), "");

    public override string ToString() => Error ?? (Places.Count == 0 ? "nothing" : string.Join(" and ", Places));

    public bool Same(Taken other) => Error == other.Error && Places.SequenceEqual(other.Places);

    [GeneratedRegex("sha256:([0-9a-f]{64}|…)")]
    private static partial Regex Hex();

    [GeneratedRegex("^time=\"[^\"]*\" ")]
    private static partial Regex Time();
}
