using System.Buffers;
using System.Text;

namespace Viaduct.Oci.Layers;

/// <summary>
/// Writes tar archives whose bytes are decided by the entries alone: ustar headers, GNU records for names above 100 bytes,
/// base-256 numbers where octal digits do not reach. An entry with extended attributes needs a PAX header, which then carries long names as well:
/// readers such as .NET's refuse the two kinds of extension together. No user names, no process id, no time but the entry's.
/// </summary>
/// <param name="output">Stays open.</param>
public sealed class TarWriter(Stream output)
{
    private const int NameLength = 100;
    private readonly byte[] _block = new byte[TarField.BlockSize];
    private bool _completed;

    /// <param name="content">Read from where it stands, exactly the entry's size; ignored for all but files.</param>
    /// <exception cref="ViaductException">VIA1025 for an entry that no reader could read, and for content of another length than its size.</exception>
    public async ValueTask WriteAsync(TarEntry entry, Stream? content, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_completed, this);
        TarEntryCheck.Require(entry);
        var name = TarText.Encode(entry.Kind == TarEntryKind.Directory ? (entry.Path.Length == 0 ? "./" : entry.Path + "/") : entry.Path);
        var link = TarText.Encode(entry.LinkTarget ?? "");
        var size = entry.Kind == TarEntryKind.File ? entry.Size : 0;

        await WriteExtensionsAsync(entry, name, link, cancellationToken).ConfigureAwait(false);
        await WriteHeaderAsync(entry, TypeOf(entry.Kind), name, link, size, cancellationToken).ConfigureAwait(false);
        if (size > 0) await CopyAsync(entry, content, cancellationToken).ConfigureAwait(false);
        else if (entry.Kind == TarEntryKind.File && content is not null) await RequireEndAsync(entry, content, cancellationToken).ConfigureAwait(false);
        await PadAsync(size, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes the two blocks of zeros that end an archive.</summary>
    public async ValueTask CompleteAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_completed, this);
        _completed = true;
        await output.WriteAsync(new byte[2 * TarField.BlockSize], cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask WriteExtensionsAsync(TarEntry entry, byte[] name, byte[] link, CancellationToken cancellationToken)
    {
        if (entry.ExtendedAttributes.Count == 0)
        {
            if (link.Length > NameLength) await WriteExtensionAsync((byte)'K', "././@LongLink", [.. link, 0], cancellationToken).ConfigureAwait(false);
            if (name.Length > NameLength) await WriteExtensionAsync((byte)'L', "././@LongLink", [.. name, 0], cancellationToken).ConfigureAwait(false);
            return;
        }
        using var records = new MemoryStream();
        foreach (var (key, value) in entry.ExtendedAttributes.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            PaxRecords.Write(records, PaxRecords.ExtendedAttributePrefix + key, value.Span);
        if (link.Length > NameLength) PaxRecords.Write(records, "linkpath", link);
        if (name.Length > NameLength) PaxRecords.Write(records, "path", name);
        await WriteExtensionAsync((byte)'x', "././@PaxHeader", records.ToArray(), cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask WriteExtensionAsync(byte type, string name, byte[] content, CancellationToken cancellationToken)
    {
        var none = new TarEntry(name, TarEntryKind.File) { Mode = 0 };
        await WriteHeaderAsync(none, type, Encoding.ASCII.GetBytes(name), [], content.Length, cancellationToken).ConfigureAwait(false);
        await output.WriteAsync(content, cancellationToken).ConfigureAwait(false);
        await PadAsync(content.Length, cancellationToken).ConfigureAwait(false);
    }

    private ValueTask WriteHeaderAsync(TarEntry entry, byte type, byte[] name, byte[] link, long size, CancellationToken cancellationToken)
    {
        var block = _block.AsSpan();
        block.Clear();
        name.AsSpan(0, Math.Min(name.Length, NameLength)).CopyTo(block[TarField.Name]);
        link.AsSpan(0, Math.Min(link.Length, NameLength)).CopyTo(block[TarField.Link]);
        TarField.PutNumber(block[TarField.Mode], entry.Mode);
        TarField.PutNumber(block[TarField.Uid], entry.Uid);
        TarField.PutNumber(block[TarField.Gid], entry.Gid);
        TarField.PutNumber(block[TarField.Size], size);
        TarField.PutNumber(block[TarField.Time], entry.ModificationTime);
        block[TarField.Type] = type;
        TarField.PosixMagic.CopyTo(block[TarField.Magic]);
        TarField.PutNumber(block[TarField.DeviceMajor], entry.DeviceMajor);
        TarField.PutNumber(block[TarField.DeviceMinor], entry.DeviceMinor);
        TarField.PutChecksum(block);
        return output.WriteAsync(_block, cancellationToken);
    }

    private async ValueTask CopyAsync(TarEntry entry, Stream? content, CancellationToken cancellationToken)
    {
        if (content is null) throw LayerErrors.BadEntry(entry.Path, $"it has {entry.Size} bytes and no content");
        var buffer = ArrayPool<byte>.Shared.Rent(1 << 17);
        try
        {
            for (var left = entry.Size; left > 0;)
            {
                var count = await content.ReadAsync(buffer.AsMemory(0, (int)Math.Min(left, buffer.Length)), cancellationToken).ConfigureAwait(false);
                if (count == 0) throw LayerErrors.BadEntry(entry.Path, $"its content ends {left} bytes before its size of {entry.Size}; did it change meanwhile?");
                await output.WriteAsync(buffer.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
                left -= count;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
        await RequireEndAsync(entry, content, cancellationToken).ConfigureAwait(false);
    }

    private static async ValueTask RequireEndAsync(TarEntry entry, Stream content, CancellationToken cancellationToken)
    {
        if (await content.ReadAsync(new byte[1], cancellationToken).ConfigureAwait(false) != 0)
            throw LayerErrors.BadEntry(entry.Path, $"its content is longer than its size of {entry.Size}; did it change meanwhile?");
    }

    private ValueTask PadAsync(long size, CancellationToken cancellationToken) =>
        (int)(-size & (TarField.BlockSize - 1)) is > 0 and var padding
            ? output.WriteAsync(Zeros.AsMemory(0, padding), cancellationToken)
            : ValueTask.CompletedTask;

    private static readonly byte[] Zeros = new byte[TarField.BlockSize];

    private static byte TypeOf(TarEntryKind kind) => kind switch
    {
        TarEntryKind.File => (byte)'0',
        TarEntryKind.HardLink => (byte)'1',
        TarEntryKind.SymbolicLink => (byte)'2',
        TarEntryKind.CharacterDevice => (byte)'3',
        TarEntryKind.BlockDevice => (byte)'4',
        TarEntryKind.Directory => (byte)'5',
        _ => (byte)'6',
    };
}
