using System.Buffers.Binary;
using System.Text;

namespace Viaduct.Oci.Layers;

/// <summary>The fields of a 512-byte header block (POSIX.1-1988 ustar; GNU's base-256 numbers).</summary>
internal static class TarField
{
    public const int BlockSize = 512;

    public static readonly Range Name = ..100;
    public static readonly Range Mode = 100..108;
    public static readonly Range Uid = 108..116;
    public static readonly Range Gid = 116..124;
    public static readonly Range Size = 124..136;
    public static readonly Range Time = 136..148;
    public static readonly Range Checksum = 148..156;
    public const int Type = 156;
    public static readonly Range Link = 157..257;
    public static readonly Range Magic = 257..265;
    public static readonly Range DeviceMajor = 329..337;
    public static readonly Range DeviceMinor = 337..345;
    public static readonly Range Prefix = 345..500;

    public static ReadOnlySpan<byte> PosixMagic => "ustar\u000000"u8;
    public static ReadOnlySpan<byte> GnuMagic => "ustar  \0"u8;

    /// <summary>The bytes before the first NUL.</summary>
    public static ReadOnlySpan<byte> Text(ReadOnlySpan<byte> field)
    {
        var end = field.IndexOf((byte)0);
        return end < 0 ? field : field[..end];
    }

    /// <summary>Octal digits between spaces and NULs, or base 256 when the first bit is set.</summary>
    public static bool TryNumber(ReadOnlySpan<byte> field, out long value)
    {
        value = 0;
        if ((field[0] & 0x80) != 0) return TryBase256(field, out value);

        field = Text(field.Trim(" \0"u8));
        foreach (var digit in field)
        {
            if (digit is < (byte)'0' or > (byte)'7' || value >> 60 != 0) return false;
            value = (value << 3) | (uint)(digit - '0');
        }
        return true;
    }

    private static bool TryBase256(ReadOnlySpan<byte> field, out long value)
    {
        // The first bit marks the encoding, the second is the sign of a two's complement number.
        Int128 number = (field[0] & 0x40) != 0 ? -1 : 0;
        number = (number << 6) | (uint)(field[0] & 0x3f);
        foreach (var b in field[1..]) number = (number << 8) | b;
        value = (long)number;
        return number >= long.MinValue && number <= long.MaxValue;
    }

    /// <summary>Octal digits and a NUL when they fit, base 256 otherwise.</summary>
    public static void PutNumber(Span<byte> field, long value)
    {
        if (value >= 0 && value < 1L << (3 * (field.Length - 1)))
        {
            for (var i = field.Length - 2; i >= 0; i--, value >>= 3) field[i] = (byte)('0' + (value & 7));
            field[^1] = 0;
            return;
        }
        field.Fill(value < 0 ? (byte)0xff : (byte)0);
        Span<byte> big = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(big, value);
        big[^Math.Min(8, field.Length)..].CopyTo(field[^Math.Min(8, field.Length)..]);
        field[0] |= 0x80;
    }

    /// <summary>The sum over all bytes with the checksum's own field as spaces: unsigned as POSIX has it, signed as some old writers did.</summary>
    public static (long Unsigned, long Signed) Sum(ReadOnlySpan<byte> block)
    {
        long unsigned = 8 * ' ', signed = unsigned;
        for (var i = 0; i < block.Length; i++)
        {
            if (i is >= 148 and < 156) continue;
            unsigned += block[i];
            signed += (sbyte)block[i];
        }
        return (unsigned, signed);
    }

    public static void PutChecksum(Span<byte> block)
    {
        var sum = Sum(block).Unsigned;
        Encoding.ASCII.GetBytes($"{Convert.ToString(sum, 8).PadLeft(6, '0')}\0 ", block[Checksum]);
    }
}
