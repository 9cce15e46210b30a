using System.Runtime.CompilerServices;
using Viaduct.Oci;

namespace Viaduct.Simulation.Tests;

/// <summary>Reads programs from memory and from this repository.</summary>
internal static class BinaryReads
{
    /// <summary>Through a stream that cannot go back, in pieces of an odd size.</summary>
    public static async Task<BinaryFormat> ReadAsync(byte[] bytes, long? length = null) => await BinaryFormat.ReadAsync(new BinaryPieces(bytes), length, default);

    public static Node Node(string platform) => Simulation.Node.Of(Platform.Parse(platform));

    /// <summary>The verdict, and the kind's code or <c>-</c>: what truth tables hold.</summary>
    public static string On(this BinaryFormat format, Node node)
    {
        var run = format.RunsOn(node);
        Assert.Equal(run.Verdict == Verdict.Ok, run.Kind is null);
        Assert.Equal(run.Verdict == Verdict.Ok, run.Because.Length == 0);
        return $"{run.Verdict.Word()} {run.Kind?.Name ?? "-"}";
    }

    public static string On(this BinaryFormat format, string platform) => format.On(Node(platform));

    public static string Committed(string pause, [CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(here, "..", "..", "..", "images", "pause", "bin", pause));
}
