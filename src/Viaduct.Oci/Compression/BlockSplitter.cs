using System.Runtime.CompilerServices;

namespace Viaduct.Oci.Compression;

/// <summary>
/// Says when the statistics of the input have turned, so that new Huffman codes pay for their header. Counts literals in
/// eight kinds and matches in two, and compares what came lately with the block so far (the method of libdeflate).
/// </summary>
internal sealed class BlockSplitter
{
    public const int MinBlockLength = 5000;
    private const int Kinds = 10;
    private const int CheckAfter = 512;

    private readonly int[] _lately = new int[Kinds];
    private readonly int[] _before = new int[Kinds];
    private int _latelyCount;
    private int _beforeCount;

    public void Clear()
    {
        Array.Clear(_lately);
        Array.Clear(_before);
        _latelyCount = 0;
        _beforeCount = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void CountLiteral(byte value)
    {
        _lately[((value >> 5) & 6) | (value & 1)]++;
        _latelyCount++;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void CountMatch(int length)
    {
        _lately[length >= 9 ? 9 : 8]++;
        _latelyCount++;
    }

    /// <summary>Whether a block of this length should end here.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool ShouldEnd(int blockLength, int remaining)
        => _latelyCount >= CheckAfter && blockLength >= MinBlockLength && remaining >= MinBlockLength && Check(blockLength);

    private bool Check(int blockLength)
    {
        if (_beforeCount > 0)
        {
            // Both distributions are scaled to the same sum: no fractions, so no floating point.
            long delta = 0;
            for (var kind = 0; kind < Kinds; kind++)
            {
                delta += Math.Abs(((long)_before[kind] * _latelyCount) - ((long)_lately[kind] * _beforeCount));
            }

            var items = _beforeCount + _latelyCount;
            long cutoff = (long)_latelyCount * _beforeCount * 200 / 512;
            if (blockLength < 10000 && items < 8192)
            {
                // A young block has little to lose by going on: the shorter it is, the stronger the turn must be.
                cutoff += cutoff * (8192 - items) / 8192;
            }

            if (delta + ((long)(blockLength / 4096) * _beforeCount) >= cutoff)
            {
                return true;
            }
        }

        for (var kind = 0; kind < Kinds; kind++)
        {
            _before[kind] += _lately[kind];
            _lately[kind] = 0;
        }

        _beforeCount += _latelyCount;
        _latelyCount = 0;
        return false;
    }
}
