using Viaduct.Oci;
using Viaduct.Oci.Layers;

namespace Viaduct.Simulation;

/// <summary>Programs of an image for other machines than its own: most are data (an installer's payload, a test's fixture), so they are a note.</summary>
internal static class ForeignBinaries
{
    private const int MaxNamed = 5;

    /// <param name="examined">Paths that were judged already: what is started.</param>
    public static Finding? Find(LayerTree files, Platform platform, IReadOnlySet<string> examined)
    {
        var own = platform.Normalized();
        if (own.Os.Length == 0 || own.Architecture.Length == 0) return null;
        var node = Node.Of(own);
        var (named, count) = (new List<string>(), 0);
        foreach (var file in files.Walk())
        {
            if (file.Seen is not BinaryFormat format || !IsForeign(format, node) || examined.Contains(file.Path)) continue;
            if (++count <= MaxNamed) named.Add($"/{file.Path} ({format.Noun})");
        }
        if (count == 0) return null;
        var more = count > MaxNamed ? $" and {count - MaxNamed} more" : "";
        return new(FindingKinds.ForeignBinaries, Verdict.Ok, $"it holds {count} {(count == 1 ? "program" : "programs")} for other machines than {platform}: {string.Join(", ", named)}{more}");
    }

    /// <summary>Objects and modules that only a linker or a kernel loads are no programs. Every Windows brings 32-bit programs along.</summary>
    private static bool IsForeign(BinaryFormat format, Node node)
    {
        if (format is { Kind: BinaryKind.Elf, Type: not (BinaryFormat.Executable or BinaryFormat.PositionIndependent) }) return false;
        var kind = format.MachineOn(node).Kind;
        return kind == FindingKinds.WrongMachine || kind == FindingKinds.WrongSystem
            || (kind == FindingKinds.CompatibilityMode && node.Platform.Os != "windows");
    }
}
