using System.Buffers;
using System.Buffers.Binary;

namespace Viaduct.Simulation;

/// <summary>
/// Finds the section <c>.ARM.attributes</c> in one pass. It lies before the section headers that say where it is; so all that looks
/// like it is kept, the last <see cref="MaxFound"/> of it, until the headers name the one that is it.
/// </summary>
internal sealed class ArmAttributeScan(ElfHeader header) : IDisposable
{
    public const int SectionHeaderSize = 40;

    /// <summary>The section is 50 to 100 bytes long in all that compilers write.</summary>
    private const int MaxSize = 1024;

    /// <summary>Compilers and debuggers have the vendor's name in their data, though hardly in this form. The true section is among the last.</summary>
    private const int MaxFound = 16;

    private const uint AttributesType = 0x70000003;
    private const int Prefix = 5, Keep = MaxSize + 16;

    private readonly byte[] _entry = new byte[SectionHeaderSize];
    private readonly byte[] _window = ArrayPool<byte>.Shared.Rent(1 << 14);
    private readonly Queue<(long Offset, byte[] Bytes)> _found = new();
    private readonly long _table = header.Sections.Offset > long.MaxValue / 2 || header.Sections.Size % SectionHeaderSize != 0 ? 0 : (long)header.Sections.Offset;
    private long _position;
    private int _count;
    private (long Offset, long Size)? _section;

    private long TableEnd => _table == 0 ? 0 : _table + header.Sections.Size;

    /// <summary>How far the stream has to be read still; null when all that matters has passed.</summary>
    public long? Wants(long position) => position < TableEnd ? TableEnd
        : _section is { } s && s.Offset + s.Size > position ? s.Offset + s.Size
        : null;

    public void See(ReadOnlySpan<byte> bytes)
    {
        SeeTable(bytes);
        while (!bytes.IsEmpty)
        {
            var taken = Math.Min(bytes.Length, _window.Length - _count);
            bytes[..taken].CopyTo(_window.AsSpan(_count));
            (_count, _position) = (_count + taken, _position + taken);
            bytes = bytes[taken..];
            if (_count == _window.Length) Search(last: false);
        }
    }

    public ArmAttributes? Finish()
    {
        Search(last: true);
        if (_section is not { } section) return null;
        foreach (var (offset, bytes) in _found)
            if (offset == section.Offset) return ArmAttributes.Read(bytes, header.Elf.BigEndian, startsInThumb: (header.Entry & 1) != 0);
        return null;
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_window);

    private void SeeTable(ReadOnlySpan<byte> bytes)
    {
        var end = Math.Min(TableEnd, _position + bytes.Length);
        for (var at = Math.Max(_table, _position); at < end; at++)
        {
            var place = (int)((at - _table) % SectionHeaderSize);
            _entry[place] = bytes[(int)(at - _position)];
            if (place < SectionHeaderSize - 1) continue;
            var entry = new ElfBytes(_entry, header.Elf.BigEndian);
            if (entry.Word(4) == AttributesType && entry.Word(20) is <= MaxSize and var size) _section ??= (entry.Word(16), size);
        }
    }

    /// <summary>Looks through the window and keeps its end, where something may begin that is not all there.</summary>
    private void Search(bool last)
    {
        var window = _window.AsSpan(0, _count);
        var origin = _position - _count;
        for (var at = Next(window, Prefix); at >= 0 && (last || at + MaxSize <= _count); at = Next(window, at + 1))
            if (window[at - Prefix] == ArmAttributes.Version) Take(origin + at - Prefix, window[(at - Prefix)..]);
        if (last || _count <= Keep) return;
        window[^Keep..].CopyTo(_window);
        _count = Keep;
    }

    private void Take(long offset, ReadOnlySpan<byte> bytes)
    {
        var length = header.Elf.BigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes[1..]) : BinaryPrimitives.ReadUInt32LittleEndian(bytes[1..]);
        if (length >= MaxSize || length + 1 > bytes.Length) return;
        if (_found.Count == MaxFound) _found.Dequeue();
        _found.Enqueue((offset, bytes[..(int)(length + 1)].ToArray()));
    }

    private static int Next(ReadOnlySpan<byte> window, int from) =>
        from >= window.Length ? -1 : window[from..].IndexOf(ArmAttributes.Vendor) is >= 0 and var at ? from + at : -1;
}
