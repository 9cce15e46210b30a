using Viaduct.Oci;
using Viaduct.Simulation;

namespace Viaduct.Verification;

/// <summary>What runtimes take from one list.</summary>
/// <param name="Name">As the list was named.</param>
/// <param name="Selections">Every platform with every runtime; runtimes stay together.</param>
/// <param name="Notes">What could not be looked at, a sentence each.</param>
/// <param name="All">All runtimes were asked for: that tools which run no pods take nothing is no failure.</param>
public sealed record SelectionReport(string Name, Candidates List, IReadOnlyList<Selection> Selections, IReadOnlyList<string> Notes, bool All)
{
    public IReadOnlyList<Runtime> Runtimes { get; } = [.. Selections.Select(s => s.Runtime).Distinct()];

    public IReadOnlyList<Platform> Platforms { get; } = [.. Selections.Select(s => s.Platform).Distinct()];

    public bool HasFailed => Selections.Any(s => s.Chosen is null && (!All || s.Runtime.RunsPods));

    /// <summary>What one runtime takes, as the same text where it is the same.</summary>
    internal string Taken(Runtime runtime) => string.Join(';', Selections.Where(s => s.Runtime == runtime).Select(Cell));

    /// <summary>"2 linux/arm/v7", "1.0 linux/arm64" in a list within the list, "-" for nothing.</summary>
    internal static string Cell(Selection selection) => selection.Chosen is not { } chosen ? "-"
        : selection.Path.Count == 0 ? chosen.Digest.Short
        : $"{string.Join('.', selection.Path)} {chosen.Platform?.ToString() ?? "no platform"}";
}
