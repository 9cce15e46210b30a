using System.Runtime.InteropServices;

namespace Viaduct.Oci;

/// <summary>Bytes in memory, read as a stream without a copy.</summary>
internal static class MemoryBytes
{
    public static MemoryStream AsStream(ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out var segment)
            ? new MemoryStream(segment.Array!, segment.Offset, segment.Count, writable: false)
            : new MemoryStream(bytes.ToArray(), writable: false);
}
