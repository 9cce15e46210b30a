using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Viaduct.Oci.Compression;

/// <summary>
/// Hash chains over the window (RFC 1951 section 4): a chain for four bytes, and for three the latest place alone that was
/// searched from: a match of three pays only when it is near.
/// </summary>
/// <remarks>
/// Words are read as little endian on every machine, or the hashes and with them the bytes written would differ on s390x.
/// The buffer has <see cref="Padding"/> bytes after its data that may be read but never decide anything.
/// </remarks>
internal readonly ref struct MatchFinder
{
    public const int Padding = 8;
    public const int HashedBytes = 4;
    public const int MaxHashBits = 16;
    public const int MaxShortHashBits = 14;
    private const int MinHashBits = 8;
    private const int None = int.MinValue;
    private const int WindowMask = PinnedGzip.WindowSize - 1;

    private readonly ref byte _data;
    private readonly ref int _heads;
    private readonly ref int _shortHeads;
    private readonly ref int _previous;
    private readonly int _shift;
    private readonly int _shortShift;

    public MatchFinder(byte[] data, int length, int[] heads, int[] shortHeads, int[] previous)
    {
        // A small input takes a small part of the tables: clearing all of them would cost more than compressing 2 KiB.
        var bits = Math.Clamp(BitOperations.Log2((uint)length) + 1, MinHashBits, MaxHashBits);
        var shortBits = Math.Min(bits, MaxShortHashBits);
        heads.AsSpan(0, 1 << bits).Fill(None);
        shortHeads.AsSpan(0, 1 << shortBits).Fill(None);
        _shift = 32 - bits;
        _shortShift = 32 - shortBits;
        _data = ref MemoryMarshal.GetArrayDataReference(data);
        _heads = ref MemoryMarshal.GetArrayDataReference(heads);
        _shortHeads = ref MemoryMarshal.GetArrayDataReference(shortHeads);
        _previous = ref MemoryMarshal.GetArrayDataReference(previous);
    }

    /// <summary>Makes positions known without a search; at each there must be <see cref="HashedBytes"/> bytes of input.</summary>
    public void Insert(int position, int end)
    {
        for (; position < end; position++)
        {
            var word = Load32(position);
            ref var head = ref Unsafe.Add(ref _heads, Hash(word));
            Unsafe.Add(ref _previous, position & WindowMask) = head;
            head = position;

        }
    }

    /// <summary>
    /// The same as <see cref="Insert"/> for places within a run of one byte, much faster: each is the next one's predecessor. Files of zeros
    /// are little else.
    /// </summary>
    /// <param name="runEnd">Where the run ends; the words before it that reach beyond it are ordinary ones.</param>
    public void InsertRun(int position, int end, int runEnd)
    {
        var last = Math.Min(end, runEnd - HashedBytes + 1);
        if (last - position > 1)
        {
            Insert(position, position + 1);
            var word = Load32(position++);
            while (position < last)
            {
                var place = position & WindowMask;
                var count = Math.Min(last - position, PinnedGzip.WindowSize - place);
                Ascend(ref Unsafe.Add(ref _previous, place), position - 1, count);
                position += count;
            }

            Unsafe.Add(ref _heads, Hash(word)) = last - 1;
        }

        Insert(position, end);
    }

    /// <summary>Writes value, value + 1, and so on.</summary>
    private static void Ascend(ref int to, int value, int count)
    {
        var done = 0;
        var values = Vector<int>.Indices + new Vector<int>(value);
        var step = new Vector<int>(Vector<int>.Count);
        for (; done <= count - Vector<int>.Count; done += Vector<int>.Count, values += step)
        {
            values.StoreUnsafe(ref to, (nuint)done);
        }

        for (; done < count; done++)
        {
            Unsafe.Add(ref to, done) = value + done;
        }
    }

    /// <summary>
    /// Makes the position known and returns the longest match for it that is longer than <paramref name="length"/>, or
    /// that length when there is none.
    /// </summary>
    public int Find(int position, int length, int maxLength, int goodLength, int depth, out int distance)
    {
        var word = Load32(position);
        var limit = position - PinnedGzip.WindowSize - 1;
        ref var shortHead = ref Unsafe.Add(ref _shortHeads, ShortHash(word));
        var near = shortHead;
        shortHead = position;
        ref var head = ref Unsafe.Add(ref _heads, Hash(word));
        var candidate = head;
        head = position;
        Unsafe.Add(ref _previous, position & WindowMask) = candidate;
        distance = 0;
        if (length < 3 && near > limit && ((Load32(near) ^ word) & 0xFFFFFF) == 0)
        {
            length = 3;
            distance = position - near;
        }

        if (candidate <= limit)
        {
            return length;
        }

        // Until there is a match of four, the first four bytes are the only test; after it the last four of a longer
        // match are looked at first, for they are the ones that differ.
        var tail = Math.Max(length - 3, 0);
        var tailWord = Load32(position + tail);
        do
        {
            if (Load32(candidate + tail) == tailWord && Load32(candidate) == word)
            {
                var found = Extend(candidate, position, maxLength);
                if (found > length)
                {
                    length = found;
                    distance = position - candidate;
                    if (found >= goodLength)
                    {
                        break;
                    }

                    tail = found - 3;
                    tailWord = Load32(position + tail);
                }
            }

            candidate = Unsafe.Add(ref _previous, candidate & WindowMask);
        }
        while (candidate > limit && --depth > 0);

        return length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Extend(int candidate, int position, int maxLength)
    {
        var length = 4;
        while (length < maxLength)
        {
            var difference = Load64(candidate + length) ^ Load64(position + length);
            if (difference != 0)
            {
                return Math.Min(length + (BitOperations.TrailingZeroCount(difference) >> 3), maxLength);
            }

            length += 8;
        }

        return maxLength;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private nint Hash(uint word) => (nint)((word * 0x1E35A7BD) >> _shift);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private nint ShortHash(uint word) => (nint)(((word << 8) * 0x1E35A7BD) >> _shortShift);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint Load32(int position)
    {
        var word = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref _data, position));
        return BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong Load64(int position)
    {
        var word = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref _data, position));
        return BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word);
    }
}
