using System.Buffers.Binary;
using System.Text;

namespace Viaduct.Simulation.Tests;

/// <summary>Spoils bytes and archives in ways that readers of archives have stumbled over.</summary>
internal sealed class ImageMutator(int seed)
{
    private const int Block = 512;

    private static readonly string[] Names = ["app", "bin/sh", "lib64/ld.so", "d/e/f", ".wh.app", ".wh..wh..opq", "bin/.wh.sh", "bin/.wh..wh..opq", "..", "../app", "/app", "./app", "a//b", ".wh.", "\u00ff\u0001", "app/x"];
    private static readonly long[] Sizes = [0, 1, 511, 513, 1L << 31, 1L << 33, long.MaxValue, -1];

    private readonly Random _random = new(seed);

    public int Next(int limit) => _random.Next(limit);

    /// <summary>Bits, bytes, cuts and doublings, as blind as a broken disk.</summary>
    public byte[] Bytes(byte[] bytes)
    {
        var spoiled = (byte[])bytes.Clone();
        for (var i = _random.Next(1, 6); i > 0 && spoiled.Length > 0; i--)
        {
            var at = _random.Next(spoiled.Length);
            var length = Math.Min(_random.Next(1, 600), spoiled.Length - at);
            switch (_random.Next(6))
            {
                case 0: spoiled[at] ^= (byte)(1 << _random.Next(8)); break;
                case 1: spoiled[at] = (byte)_random.Next(256); break;
                case 2: spoiled = spoiled[..at]; break;
                case 3: spoiled = [.. spoiled[..at], .. spoiled.AsSpan(at, length), .. spoiled[at..]]; break;
                case 4: spoiled = [.. spoiled[..at], .. spoiled[(at + length)..]]; break;
                default: _random.NextBytes(spoiled.AsSpan(at, length)); break;
            }
        }
        return spoiled;
    }

    /// <summary>Fields of headers, and the order of blocks; checksums are right afterwards, so that readers come further.</summary>
    public byte[] Tar(byte[] tar)
    {
        var spoiled = (byte[])tar.Clone();
        for (var i = _random.Next(1, 5); i > 0; i--)
        {
            var block = spoiled.AsSpan(_random.Next(spoiled.Length / Block) * Block, Block);
            switch (_random.Next(7))
            {
                case 0: Text(block[..100], Names[_random.Next(Names.Length)]); break;
                case 1: Text(block[157..257], Names[_random.Next(Names.Length)]); break;
                case 2: Number(block[124..136], Sizes[_random.Next(Sizes.Length)]); break;
                case 3: block[156] = "01234567xgLKVSZ"u8[_random.Next(15)]; break;
                case 4: _random.NextBytes(block[_random.Next(Block)..]); break;
                case 5: Number(block[100..108], _random.Next(4096)); break;
                default: block.CopyTo(spoiled.AsSpan(_random.Next(spoiled.Length / Block) * Block)); break;
            }
            Checksum(block);
        }
        return spoiled;
    }

    private static void Text(Span<byte> field, string text)
    {
        field.Clear();
        Encoding.UTF8.GetBytes(text).CopyTo(field);
    }

    /// <summary>Octal where it fits, else base 256 (GNU tar).</summary>
    private static void Number(Span<byte> field, long value)
    {
        if (value >= 0 && Convert.ToString(value, 8) is var digits && digits.Length < field.Length)
        {
            Text(field, digits.PadLeft(field.Length - 1, '0'));
            return;
        }
        field.Fill(value < 0 ? (byte)0xff : (byte)0);
        BinaryPrimitives.WriteInt64BigEndian(field[^8..], value);
        field[0] |= 0x80;
    }

    private static void Checksum(Span<byte> block)
    {
        block[148..156].Fill((byte)' ');
        var sum = 0;
        foreach (var b in block) sum += b;
        Text(block[148..156], Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ");
    }
}
