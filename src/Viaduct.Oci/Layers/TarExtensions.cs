namespace Viaduct.Oci.Layers;

/// <summary>What stands before an entry and changes it: a PAX header, GNU long names. Long names win over PAX, as in Go's archive/tar.</summary>
internal struct TarExtensions(string? where)
{
    private Dictionary<string, ReadOnlyMemory<byte>>? _pax;
    private string? _name;
    private string? _link;

    public readonly bool IsEmpty => _pax is null && _name is null && _link is null;

    public void SetPax(byte[] content) => _pax = PaxRecords.Parse(content, where);

    public void SetName(byte[] content) => _name = TarText.Decode(TarField.Text(content));

    public void SetLink(byte[] content) => _link = TarText.Decode(TarField.Text(content));

    public readonly TarEntry Apply(TarHeader header)
    {
        var name = _name ?? Text("path") ?? header.Name;
        var link = _link ?? Text("linkpath") ?? header.Link;
        var kind = KindOf(header.Type, name);
        if (header.Type == 'S' || _pax is not null && _pax.Keys.Any(key => key.StartsWith("GNU.sparse.", StringComparison.Ordinal)))
            throw LayerErrors.Unsupported("it holds a sparse file", where, "Write the archive without --sparse.");

        return new TarEntry(TarPath.Normalize(name, where), kind)
        {
            Mode = (int)(header.Mode & 0xfff),
            Uid = Owner("uid", header.Uid),
            Gid = Owner("gid", header.Gid),
            Size = kind == TarEntryKind.File ? SizeOr(header.Size) : 0,
            LinkTarget = LinkOf(kind, name, link),
            ModificationTime = TimeOr(header.Time),
            ExtendedAttributes = ExtendedAttributes(),
            DeviceMajor = Device(header.DeviceMajor),
            DeviceMinor = Device(header.DeviceMinor),
        };
    }

    private readonly TarEntryKind KindOf(byte type, string name) => type switch
    {
        // Before POSIX a directory was a file whose name ends in a slash.
        0 or (byte)'0' => name.EndsWith('/') ? TarEntryKind.Directory : TarEntryKind.File,
        (byte)'1' => TarEntryKind.HardLink,
        (byte)'2' => TarEntryKind.SymbolicLink,
        (byte)'3' => TarEntryKind.CharacterDevice,
        (byte)'4' => TarEntryKind.BlockDevice,
        (byte)'5' => TarEntryKind.Directory,
        (byte)'6' => TarEntryKind.Fifo,
        (byte)'7' or (byte)'S' => TarEntryKind.File,
        _ => throw LayerErrors.Unsupported($"it holds an entry of type {type}, which is no kind of file", where),
    };

    private readonly string? LinkOf(TarEntryKind kind, string name, string link)
    {
        if (kind == TarEntryKind.HardLink) return TarPath.Normalize(link, where);
        if (kind != TarEntryKind.SymbolicLink) return null;
        if (link.Length is 0 or > TarPath.MaxLength || link.Contains('\0'))
            throw LayerErrors.BadPath(name, "its link has no target, or one that is too long or contains a NUL", where);
        return link;
    }

    private readonly long Owner(string key, long value)
    {
        if (Value(key) is { } text && !PaxRecords.TryWhole(text.Span, out value)) throw Bad(key);
        return value is >= 0 and <= uint.MaxValue ? value : throw Bad(key);
    }

    private readonly long SizeOr(long value)
    {
        if (Value("size") is { } text && !PaxRecords.TryWhole(text.Span, out value)) throw Bad("size");
        return value is >= 0 and <= long.MaxValue - TarField.BlockSize ? value : throw Bad("size");
    }

    private readonly long TimeOr(long value) =>
        Value("mtime") is not { } text ? value : PaxRecords.TrySeconds(text.Span, out value) ? value : throw Bad("mtime");

    private readonly int Device(long value) => value is >= 0 and <= int.MaxValue ? (int)value : throw Bad("device");

    private readonly IReadOnlyDictionary<string, ReadOnlyMemory<byte>> ExtendedAttributes()
    {
        Dictionary<string, ReadOnlyMemory<byte>>? found = null;
        foreach (var (key, value) in _pax ?? [])
        {
            if (key.Length > PaxRecords.ExtendedAttributePrefix.Length && key.StartsWith(PaxRecords.ExtendedAttributePrefix, StringComparison.Ordinal))
                (found ??= new(StringComparer.Ordinal)).Add(key[PaxRecords.ExtendedAttributePrefix.Length..], value);
        }
        return found ?? TarEntry.None;
    }

    private readonly string? Text(string key)
    {
        if (Value(key) is not { } value) return null;
        return value.Span.Contains((byte)0) ? throw LayerErrors.BadArchive($"a PAX {key} contains a NUL", where) : TarText.Decode(value.Span);
    }

    /// <summary>An empty value stands for the header's own (POSIX pax: it undoes a global one).</summary>
    private readonly ReadOnlyMemory<byte>? Value(string key)
    {
        // Not a conditional expression: its null would be taken for an empty array, and that for a value.
        if (_pax is not null && _pax.TryGetValue(key, out var value) && !value.IsEmpty) return value;
        return null;
    }

    private readonly ViaductException Bad(string key) => LayerErrors.BadArchive($"an entry's {key} is out of range", where);
}
