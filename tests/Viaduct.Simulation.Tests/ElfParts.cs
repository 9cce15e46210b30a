using System.Buffers.Binary;
using System.Text;

namespace Viaduct.Simulation.Tests;

/// <summary>What compilers tell of their programs.</summary>
internal static class ElfParts
{
    public const byte Application = (byte)'A';

    /// <summary><c>.ARM.attributes</c> as GNU as writes it; a value that is null is left out.</summary>
    public static byte[] ArmAttributes(int? arch, int? profile = null, int? vfpArgs = null, bool big = false)
    {
        var file = new List<byte>();
        file.AddRange([5, .. Encoding.ASCII.GetBytes("some cpu\0")]);
        if (arch is { } a) file.AddRange([6, (byte)a]);
        if (profile is { } p) file.AddRange([7, (byte)p]);
        file.AddRange([8, 1, 9, 2]);
        if (vfpArgs is { } v) file.AddRange([28, (byte)v]);
        // Tag_compatibility has two values; 34 and 67 are a number and a text.
        file.AddRange([32, 0, (byte)'g', (byte)'n', (byte)'u', 0, 34, 0x81, 0x01, 67, (byte)'2', (byte)'.', (byte)'0', 0]);
        byte[] scope = [1, .. Word(5 + file.Count), .. file];
        byte[] vendor = [.. "aeabi\0"u8, .. scope];
        return [(byte)'A', .. Word(4 + vendor.Length), .. vendor];

        byte[] Word(int value)
        {
            var bytes = new byte[4];
            if (big) BinaryPrimitives.WriteInt32BigEndian(bytes, value);
            else BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
            return bytes;
        }
    }

    /// <summary><c>.note.gnu.property</c>: a property that does not matter, then the needed instructions.</summary>
    /// <param name="needed">A bit for each level from baseline to v4.</param>
    public static byte[] Properties(uint needed, int bits = 64)
    {
        var padding = new byte[bits == 64 ? 4 : 0];
        byte[] description = [.. Word(0xc0000002), .. Word(4), .. Word(3), .. padding, .. Word(0xc0008002), .. Word(4), .. Word(needed), .. padding];
        return [.. Word(4), .. Word((uint)description.Length), .. Word(5), .. "GNU\0"u8, .. description];
    }

    private static byte[] Word(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }
}
