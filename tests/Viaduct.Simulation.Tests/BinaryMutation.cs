using System.Buffers.Binary;
using System.Text;

namespace Viaduct.Simulation.Tests;

/// <summary>Files that are nearly programs: real shapes, spoiled as transfers and attackers do. The same seed spoils in the same way.</summary>
internal sealed class BinaryMutation(int seed)
{
    private static readonly ulong[] Hostile =
        [0, 1, 7, 0x7f, 0xff, 0x1000, 0xfff0, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xfffffff0, 0xffffffff, 1UL << 40, 0x7fffffffffffffff, 0xfffffffffffffff0, ulong.MaxValue];

    /// <summary>Where headers have their offsets, sizes and counts: ELF of both classes, PE, and the tables behind them.</summary>
    private static readonly int[] Fields =
        [4, 5, 16, 18, 24, 28, 32, 36, 40, 42, 44, 46, 48, 54, 56, 58, 60, 64, 72, 80, 96, 104, 112, 120, 128, 152, 160, 0x3c, 0x84, 0x86, 0x94, 0x96, 0x98, 0xdc, 0x104, 0x108, 0x178, 0x188];

    private readonly Random _random = new(seed);

    public static readonly IReadOnlyList<byte[]> Shapes =
    [
        .. new[] { "386", "amd64", "arm", "arm64", "ppc64le", "riscv64", "s390x" }.Select(a => File.ReadAllBytes(BinaryReads.Committed("pause-" + a))),
        ElfFile.Make(62, type: 3, interpreter: "/lib64/ld-linux-x86-64.so.2", note: ElfParts.Properties(7)),
        ElfFile.Make(3, bits: 32, type: 3, interpreter: "/lib/ld-linux.so.2", note: ElfParts.Properties(3, bits: 32)),
        ElfFile.Make(40, bits: 32, type: 3, interpreter: "/lib/ld-linux-armhf.so.3", attributes: ElfParts.ArmAttributes(10, ElfParts.Application, 1)),
        ElfFile.Make(40, bits: 32, attributes: ElfParts.ArmAttributes(6, null, 1), attributesAt: 20_000),
        ElfFile.Make(40, bits: 32, big: true, attributes: ElfParts.ArmAttributes(6, null, 0, big: true)),
        ElfFile.Make(8, bits: 32, big: true, interpreter: "/lib/ld.so.1", interpreterAt: 5000),
        PeFile.Make(),
        PeFile.Make(0x14c, clr: 0x20003),
        PeFile.Make(0xaa64, chpe: true, clr: 1),
        PeFile.Make(chpe: true, clr: 1, configFirst: true),
        Encoding.UTF8.GetBytes("#!/usr/bin/env -S python3 -u\nprint('hello')\n"),
        Encoding.UTF8.GetBytes("#! /bin/sh -e\r\nexec \"$@\"\r\n"),
    ];

    public byte[] Next()
    {
        var bytes = Pick(Shapes).ToArray();
        for (var rounds = _random.Next(1, 4); rounds > 0; rounds--) bytes = Spoil(bytes);
        return bytes;
    }

    private byte[] Spoil(byte[] bytes) => bytes.Length == 0 ? Pick(Shapes).ToArray() : _random.Next(6) switch
    {
        0 => FlipBits(bytes, bytes.Length),
        1 => FlipBits(bytes, Math.Min(bytes.Length, 400)),
        2 => bytes[.._random.Next(bytes.Length)],
        3 => Splice(bytes),
        _ => WriteHostile(bytes),
    };

    private byte[] FlipBits(byte[] bytes, int within)
    {
        for (var i = _random.Next(1, 12); i > 0; i--) bytes[_random.Next(within)] ^= (byte)(1 << _random.Next(8));
        return bytes;
    }

    /// <summary>The beginning of one and the rest of another.</summary>
    private byte[] Splice(byte[] bytes)
    {
        var other = Pick(Shapes);
        var cut = _random.Next(Math.Min(bytes.Length, 600));
        return [.. bytes.AsSpan(0, cut), .. other.AsSpan(Math.Min(cut, other.Length))];
    }

    private byte[] WriteHostile(byte[] bytes)
    {
        for (var i = _random.Next(1, 4); i > 0; i--)
        {
            var at = Pick(Fields);
            var value = _random.Next(3) == 0 ? (ulong)_random.Next(bytes.Length + 100) : Pick(Hostile);
            var field = new byte[8];
            if (_random.Next(3) == 0) BinaryPrimitives.WriteUInt64BigEndian(field, value);
            else BinaryPrimitives.WriteUInt64LittleEndian(field, value);
            var width = 1 << _random.Next(4);
            for (var j = 0; j < width && at + j < bytes.Length; j++) bytes[at + j] = field[j];
        }
        return bytes;
    }

    private T Pick<T>(IReadOnlyList<T> list) => list[_random.Next(list.Count)];
}
