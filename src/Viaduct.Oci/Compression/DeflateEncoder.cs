using System.Collections.Concurrent;
using System.Numerics;

namespace Viaduct.Oci.Compression;

/// <summary>
/// Turns one unit of input into whole deflate blocks, by lazy matching over hash chains (RFC 1951 section 4). What it
/// writes depends on the unit and its dictionary alone: nothing is carried over from what it compressed before.
/// </summary>
internal sealed class DeflateEncoder
{
    // Chosen by measurement (docs/adr/0003). Each decides bytes: to change one is to change PinnedGzip.Identity.

    /// <summary>Candidates looked at for a position.</summary>
    private const int Depth = 12;

    /// <summary>A match of this length ends the search: a longer one would save little.</summary>
    private const int GoodLength = 64;

    /// <summary>A match of this length is taken without a look at the next position.</summary>
    private const int LazyLength = 32;

    /// <summary>From this length on the look at the next position is a short one.</summary>
    private const int FairLength = 8;

    /// <summary>A match of three bytes from further away costs more bits than three literals do.</summary>
    private const int FarForThree = 4096;

    /// <summary>After 2^8 bytes without a match every second position is searched, after 2^9 every third, up to every eighth.</summary>
    private const int PatienceBits = 8;
    private const int MaxStride = 8;

    // Some 700 KiB of tables each; more than one a processor are never busy at once for long.
    private static readonly ConcurrentBag<DeflateEncoder> Pool = [];

    private readonly int[] _heads = GC.AllocateUninitializedArray<int>(1 << MatchFinder.MaxHashBits);
    private readonly int[] _shortHeads = GC.AllocateUninitializedArray<int>(1 << MatchFinder.MaxShortHashBits);
    private readonly int[] _previous = GC.AllocateUninitializedArray<int>(PinnedGzip.WindowSize);
    private readonly DeflateBlock _block = new();
    private readonly DeflateBlockWriter _writer = new();

    public static DeflateEncoder Rent() => Pool.TryTake(out var encoder) ? encoder : new DeflateEncoder();

    public static void Return(DeflateEncoder encoder)
    {
        if (Pool.Count < Environment.ProcessorCount)
        {
            Pool.Add(encoder);
        }
    }

    /// <summary>Room that the result may need: every block stored, the marker, and the writer's slack.</summary>
    public static int Bound(int length) => length + (16 * (length / BlockSplitter.MinBlockLength)) + 48 + BitWriter.Slack;

    /// <summary>Compresses <paramref name="buffer"/> from <paramref name="start"/> to <paramref name="end"/>.</summary>
    /// <param name="buffer">The dictionary, the input, and <see cref="MatchFinder.Padding"/> bytes of anything.</param>
    /// <param name="start">The length of the dictionary.</param>
    /// <param name="end">Where the input ends.</param>
    /// <param name="final">Whether the deflate stream ends here; if not, a marker brings it to a whole byte.</param>
    /// <param name="output">Where to.</param>
    /// <param name="outputStart">Where in it; <see cref="Bound"/> bytes must follow.</param>
    /// <returns>The end of what was written.</returns>
    public int Encode(byte[] buffer, int start, int end, bool final, byte[] output, int outputStart)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(end, buffer.Length - MatchFinder.Padding);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start, end);
        ArgumentOutOfRangeException.ThrowIfLessThan(output.Length - outputStart, Bound(end - start));

        var writer = new BitWriter(output, outputStart);
        var finder = new MatchFinder(buffer, end, _heads, _shortHeads, _previous);
        var known = Math.Min(start, end - MatchFinder.HashedBytes + 1);
        if (start > 0 && !buffer.AsSpan(0, start).ContainsAnyExcept(buffer[0]))
        {
            finder.InsertRun(0, known, start);
        }
        else
        {
            finder.Insert(0, known);
        }

        var position = start;
        do
        {
            var from = position;
            position = Parse(finder, buffer, from, end);
            _writer.Write(ref writer, _block, buffer.AsSpan(from, position - from), final && position == end);
        }
        while (position < end);

        if (!final)
        {
            writer.AddStored([], final: false);
        }

        return writer.Finish();
    }

    /// <summary>Fills the block from <paramref name="start"/> on and returns where it ends.</summary>
    private int Parse(MatchFinder finder, byte[] data, int start, int end)
    {
        var block = _block;
        block.Clear();

        // Bytes after the end must not decide anything, so the last places are not hashed.
        var searchable = end - MatchFinder.HashedBytes + 1;
        var position = start;
        var lastMatch = start;
        while (position < searchable)
        {
            if (block.ShouldEnd(position - start, end - position))
            {
                return position;
            }

            var max = Math.Min(DeflateTables.MaxMatch, end - position);
            var length = finder.Find(position, DeflateTables.MinMatch - 1, max, Math.Min(GoodLength, max), Depth, out var distance);
            if (length < DeflateTables.MinMatch || (length == DeflateTables.MinMatch && distance > FarForThree))
            {
                var stride = Math.Min(1 + ((position - lastMatch) >> PatienceBits), MaxStride);
                var next = Math.Min(position + stride, searchable);
                finder.Insert(position + 1, next);
                while (position < next)
                {
                    block.AddLiteral(data[position++]);
                }

                continue;
            }

            var known = position + 1;
            while (length < LazyLength && known < searchable)
            {
                max = Math.Min(DeflateTables.MaxMatch, end - known);
                var depth = length < FairLength ? Depth / 2 : Depth / 4;
                var nextLength = finder.Find(known, length - 1, max, Math.Min(GoodLength, max), depth, out var nextDistance);
                known++;
                if (!IsWorthALiteral(nextLength - length, distance, nextDistance))
                {
                    break;
                }

                block.AddLiteral(data[position++]);
                length = nextLength;
                distance = nextDistance;
            }

            block.AddMatch(length, distance);
            position += length;
            lastMatch = position;
            if (distance == 1)
            {
                finder.InsertRun(known, Math.Min(position, searchable), position);
            }
            else
            {
                finder.Insert(known, Math.Min(position, searchable));
            }
        }

        if (!block.IsFull)
        {
            while (position < end)
            {
                block.AddLiteral(data[position++]);
            }
        }

        return position;
    }

    /// <summary>
    /// Whether the match found one byte later pays for that byte: each byte gained counts four bits, and the distances
    /// count their extra bits.
    /// </summary>
    private static bool IsWorthALiteral(int gain, int distance, int nextDistance)
        => gain >= 0 && (4 * gain) + BitOperations.Log2((uint)distance) - BitOperations.Log2((uint)nextDistance) > 2;
}
