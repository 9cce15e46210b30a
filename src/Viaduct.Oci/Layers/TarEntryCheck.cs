namespace Viaduct.Oci.Layers;

/// <summary>What an entry must be before it is written: all that <see cref="TarReader"/> would refuse is refused here, where its origin is still known.</summary>
internal static class TarEntryCheck
{
    public static void Require(TarEntry entry)
    {
        if (WhyNot(entry) is { } why) throw LayerErrors.BadEntry(entry.Path, why);
    }

    private static string? WhyNot(TarEntry entry)
    {
        if (entry.Path.Length == 0)
        {
            if (entry.Kind != TarEntryKind.Directory) return "the root is a directory";
        }
        else if (!TarPath.IsNormal(entry.Path) || IsTooLong(entry.Path)) return "its path is not relative and plain, or too long";

        if (entry.Kind == TarEntryKind.HardLink && (!TarPath.IsNormal(entry.LinkTarget) || IsTooLong(entry.LinkTarget!)))
            return "its link target is not a relative, plain path";
        if (entry.Kind == TarEntryKind.SymbolicLink
            && (string.IsNullOrEmpty(entry.LinkTarget) || entry.LinkTarget.Contains('\0') || IsTooLong(entry.LinkTarget)))
            return "its link target is empty, too long or contains a NUL";
        if (entry.Kind is not (TarEntryKind.SymbolicLink or TarEntryKind.HardLink) && entry.LinkTarget is not null) return "only links have a target";
        if (entry.Mode is < 0 or > 0xfff) return "its mode has more than twelve bits";
        if (entry.Uid is < 0 or > uint.MaxValue || entry.Gid is < 0 or > uint.MaxValue) return "its owner is out of range";
        if (entry.Size is < 0 or > long.MaxValue - TarField.BlockSize) return "its size is out of range";
        if (entry.DeviceMajor < 0 || entry.DeviceMinor < 0) return "its device number is negative";
        if (entry.ExtendedAttributes.Keys.Any(key => key.Length == 0 || key.AsSpan().ContainsAny('=', '\0'))) return "an extended attribute has no usable name";
        // The kernel holds at most 64 KiB of attributes a file (XATTR_LIST_MAX, XATTR_SIZE_MAX); readers stop at one MiB.
        if (entry.ExtendedAttributes.Sum(pair => (long)pair.Key.Length * 3 + pair.Value.Length + 64) > 1 << 19) return "its extended attributes are too large";
        return null;
    }

    /// <summary>A directory's name is written with a slash behind it.</summary>
    private static bool IsTooLong(string path) => TarText.Encode(path).Length >= TarPath.MaxLength;
}
