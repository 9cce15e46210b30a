namespace Viaduct.Simulation;

/// <summary>Reads the float ABI from where each processor's ABI puts it.</summary>
internal static class FloatAbis
{
    private const uint ArmEabi = 0xff000000, ArmEabi5 = 0x05000000, ArmHard = 0x400, ArmSoft = 0x200;
    private const uint RiscvFloat = 0x6;

    /// <summary>
    /// The flags count before the attributes: glibc's loader looks at nothing else (glibc sysdeps/unix/sysv/linux/arm/ldsodefs.h,
    /// VALID_FLOAT_ABI). A linker that sets neither, as Go's, leaves it to the attributes, and they to the reader when they are absent.
    /// </summary>
    public static FloatAbi OfArm(uint flags, ArmAttributes? attributes)
    {
        if (attributes?.FloatAbi == FloatAbi.Either) return FloatAbi.Either;
        if ((flags & ArmEabi) != ArmEabi5) return attributes?.FloatAbi ?? FloatAbi.Unknown;
        return (flags & ArmHard) != 0 ? FloatAbi.Hard : (flags & ArmSoft) != 0 ? FloatAbi.Soft : attributes?.FloatAbi ?? FloatAbi.Unknown;
    }

    /// <summary>RISC-V ELF psABI, e_flags, EF_RISCV_FLOAT_ABI: 0 soft; single, double and quad are all registers.</summary>
    public static FloatAbi OfFlags(BinaryFormat elf) => elf.Machine switch
    {
        243 => (elf.Flags & RiscvFloat) == 0 ? FloatAbi.Soft : FloatAbi.Hard,
        _ => FloatAbi.Unknown,
    };
}
