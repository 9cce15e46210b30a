using System.Runtime.CompilerServices;

namespace Viaduct.Oci.Compression;

/// <summary>What the search found for one deflate block, and how often each symbol occurs in it.</summary>
internal sealed class DeflateBlock
{
    /// <summary>A limit for memory alone: a block of ordinary data ends long before by its statistics.</summary>
    private const int MaxSequences = 32 * 1024;

    private readonly Sequence[] _sequences = GC.AllocateUninitializedArray<Sequence>(MaxSequences);
    private readonly int[] _literals = new int[DeflateTables.LiteralLengthSymbols];
    private readonly int[] _distances = new int[DeflateTables.DistanceSymbols];
    private readonly BlockSplitter _splitter = new();
    private int _count;
    private int _run;

    /// <summary>The matches, each with the literals before it; the literals after the last match are implied.</summary>
    public ReadOnlySpan<Sequence> Sequences => _sequences.AsSpan(0, _count);

    /// <summary>Frequencies of literals and match lengths, and one end of block.</summary>
    public ReadOnlySpan<int> LiteralFrequencies => _literals;

    public ReadOnlySpan<int> DistanceFrequencies => _distances;

    public bool IsFull => _count == MaxSequences;

    public void Clear()
    {
        Array.Clear(_literals);
        Array.Clear(_distances);
        _literals[DeflateTables.EndOfBlock] = 1;
        _splitter.Clear();
        _count = 0;
        _run = 0;
    }

    /// <summary>Whether the block should end, after so many bytes and with so many to come.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool ShouldEnd(int length, int remaining) => IsFull || _splitter.ShouldEnd(length, remaining);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddLiteral(byte value)
    {
        _literals[value]++;
        _splitter.CountLiteral(value);
        _run++;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddMatch(int length, int distance)
    {
        _literals[DeflateTables.FirstLengthSymbol + DeflateTables.LengthSlot[length]]++;
        _distances[DeflateTables.DistanceSlot(distance)]++;
        _splitter.CountMatch(length);
        _sequences[_count++] = new Sequence(_run, (ushort)length, (ushort)distance);
        _run = 0;
    }
}
