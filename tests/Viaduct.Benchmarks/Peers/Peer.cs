using Viaduct.Benchmarks.Measuring;

namespace Viaduct.Benchmarks.Peers;

/// <summary>A program that was found, and how it is started.</summary>
/// <param name="Where">For the reader of the tables.</param>
internal sealed record Peer(IReadOnlyList<string> Start, string Where)
{
    public Command With(params IEnumerable<string> arguments) => new([.. Start, .. arguments]);
}
