namespace Viaduct.Simulation;

/// <summary>
/// What <c>.ARM.attributes</c> says of a whole file (Arm, "Addenda to, and Errata in, the ABI for the Arm Architecture", build attributes).
/// </summary>
/// <param name="Level">Null for microcontrollers, and for numbers that are newer than these rules.</param>
internal sealed record ArmAttributes(ProcessorLevel? Level, FloatAbi FloatAbi)
{
    public const ushort Machine = 40;
    public const byte Version = (byte)'A';

    private const uint TagFile = 1, CpuRawName = 4, CpuName = 5, CpuArch = 6, CpuArchProfile = 7, VfpArgs = 28, Compatibility = 32;

    public static ReadOnlySpan<byte> Vendor => "aeabi\0"u8;

    /// <param name="startsInThumb">Whether the program's first instruction is a Thumb one.</param>
    /// <param name="section">Format version, then the vendor's subsection with its length; other vendors' are not looked for.</param>
    public static ArmAttributes? Read(ReadOnlySpan<byte> section, bool big, bool startsInThumb)
    {
        if (section.Length < 16) return null;
        var rest = section[11..];
        while (rest.Length >= 5)
        {
            var (tag, size) = (rest[0], new ElfBytes(rest, big).Word(1));
            if (size < 5 || size > rest.Length) return null;
            if (tag == TagFile) return ReadFile(rest[5..(int)size], startsInThumb);
            rest = rest[(int)size..];
        }
        return null;
    }

    private static ArmAttributes? ReadFile(ReadOnlySpan<byte> bytes, bool startsInThumb)
    {
        // A tag that is absent has the value 0.
        uint arch = 0, profile = 0, arguments = 0;
        while (!bytes.IsEmpty)
        {
            if (!Number(ref bytes, out var tag)) return null;
            var (isNumber, isText) = Form(tag);
            if (isNumber)
            {
                if (!Number(ref bytes, out var value)) return null;
                if (tag == CpuArch) arch = value;
                else if (tag == CpuArchProfile) profile = value;
                else if (tag == VfpArgs) arguments = value;
            }
            if (isText)
            {
                if (bytes.IndexOf((byte)0) is var end && end < 0) return null;
                bytes = bytes[(end + 1)..];
            }
        }
        return new ArmAttributes(LevelOf(arch, (char)profile, startsInThumb), arguments switch { 0 => FloatAbi.Soft, 1 => FloatAbi.Hard, 3 => FloatAbi.Either, _ => FloatAbi.Unknown });
    }

    /// <summary>Above 32 odd tags are followed by text and even ones by a number, so that new ones can be passed over.</summary>
    private static (bool IsNumber, bool IsText) Form(uint tag) => tag switch
    {
        CpuRawName or CpuName => (false, true),
        Compatibility => (true, true),
        < Compatibility => (true, false),
        _ => (tag % 2 == 0, tag % 2 == 1),
    };

    /// <summary>
    /// Tag_CPU_arch: the highest of all objects, whether the instructions that only it has are used or not. Start-up code that is
    /// compiled to Thumb for v7 uses them at once, as all of Debian's armhf does; v6 has the short half of Thumb only.
    /// </summary>
    private static ProcessorLevel? LevelOf(uint arch, char profile, bool startsInThumb) => arch switch
    {
        <= 5 => new(5, Certain: true),
        6 or 7 or 9 => new(6, Certain: false),
        8 => new(7, Certain: false),
        10 => new(7, startsInThumb && profile is ('A' or 'S')),
        14 or 15 or (>= 18 and <= 20) or 22 => new(8, Certain: false),
        _ => null,
    };

    /// <summary>ULEB128 of 32 bits at most.</summary>
    private static bool Number(ref ReadOnlySpan<byte> bytes, out uint value)
    {
        value = 0;
        for (var i = 0; i < bytes.Length && i < 5; i++)
        {
            value |= (uint)(bytes[i] & 0x7f) << (7 * i);
            if ((bytes[i] & 0x80) != 0) continue;
            bytes = bytes[(i + 1)..];
            return true;
        }
        return false;
    }
}
