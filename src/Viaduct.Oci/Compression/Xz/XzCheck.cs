using System.Buffers.Binary;
using System.IO.Hashing;
using System.Security.Cryptography;

namespace Viaduct.Oci.Compression;

/// <summary>What xz says of a block's content to tell damage by (xz-file-format 1.2, section 2.1.1.2).</summary>
internal sealed class XzCheck : IDisposable
{
    private readonly Crc32? _crc32;
    private readonly Crc64? _crc64;
    private readonly IncrementalHash? _sha256;

    public XzCheck(byte type)
    {
        switch (type)
        {
            case 0: break;
            case 1: _crc32 = new Crc32(); break;
            case 4: _crc64 = new Crc64(); break;
            case 10: _sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256); break;
            default: throw new InvalidDataException($"xz' check {type} is not known");
        }
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        _crc32?.Append(bytes);
        _crc64?.Append(bytes);
        _sha256?.AppendData(bytes);
    }

    public byte[] Finish()
    {
        if (_sha256 is not null) return _sha256.GetHashAndReset();
        var bytes = new byte[_crc64 is not null ? 8 : _crc32 is not null ? 4 : 0];
        if (_crc64 is not null) BinaryPrimitives.WriteUInt64LittleEndian(bytes, _crc64.Value);
        if (_crc32 is not null) BinaryPrimitives.WriteUInt32LittleEndian(bytes, _crc32.GetCurrentHashAsUInt32());
        return bytes;
    }

    public void Dispose() => _sha256?.Dispose();
}
