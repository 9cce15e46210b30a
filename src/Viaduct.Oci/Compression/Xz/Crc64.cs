namespace Viaduct.Oci.Compression;

/// <summary>CRC-64 as xz has it: ECMA-182, reflected (xz-file-format 1.2, section 6); System.IO.Hashing's is not reflected.</summary>
internal sealed class Crc64
{
    private static readonly ulong[] Table = [.. Enumerable.Range(0, 256).Select(i =>
    {
        var value = (ulong)i;
        for (var bit = 0; bit < 8; bit++) value = (value & 1) == 0 ? value >> 1 : (value >> 1) ^ 0xC96C5795D7870F42;
        return value;
    })];

    private ulong _state = ulong.MaxValue;

    public ulong Value => ~_state;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        var state = _state;
        foreach (var b in bytes) state = Table[(byte)state ^ b] ^ (state >> 8);
        _state = state;
    }
}
