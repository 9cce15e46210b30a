namespace Viaduct.Simulation;

/// <summary>How an architecture shows in the header of its executables.</summary>
/// <param name="Name">The GOARCH word; for what Go has no word, the usual one.</param>
/// <param name="Machine">ELF's e_machine.</param>
/// <param name="Noun">What people call such a binary, with its article.</param>
internal sealed record BinaryArchitecture(string Name, ushort Machine, int Bits, bool BigEndian, string Noun)
{
    /// <summary>Numbers: System V gABI, "ELF Header", e_machine registry, and the psABI of each processor for class and byte order.</summary>
    public static readonly IReadOnlyList<BinaryArchitecture> Elf =
    [
        new("386", 3, 32, false, "a 386 binary"),
        // EM_486: linux arch/x86/include/asm/elf.h, elf_check_arch_ia32.
        new("386", 6, 32, false, "a 386 binary"),
        new("amd64", 62, 64, false, "an amd64 binary"),
        new("x32", 62, 32, false, "an x32 binary"),
        new("arm", 40, 32, false, "an ARM binary"),
        new("armbe", 40, 32, true, "a big-endian ARM binary"),
        new("arm64", 183, 64, false, "an ARM64 binary"),
        new("arm64be", 183, 64, true, "a big-endian ARM64 binary"),
        new("ppc64le", 21, 64, false, "a ppc64le binary"),
        new("ppc64", 21, 64, true, "a big-endian ppc64 binary"),
        new("ppc", 20, 32, true, "a 32-bit PowerPC binary"),
        new("s390x", 22, 64, true, "an s390x binary"),
        new("s390", 22, 32, true, "a 31-bit s390 binary"),
        new("riscv64", 243, 64, false, "a riscv64 binary"),
        new("riscv", 243, 32, false, "a 32-bit RISC-V binary"),
        new("loong64", 258, 64, false, "a loong64 binary"),
        new("mips", 8, 32, true, "a MIPS binary"),
        new("mipsle", 8, 32, false, "a little-endian MIPS binary"),
        new("mips64", 8, 64, true, "a 64-bit MIPS binary"),
        new("mips64le", 8, 64, false, "a little-endian 64-bit MIPS binary"),
        new("sparc64", 43, 64, true, "a SPARC binary"),
    ];

    /// <summary>IMAGE_FILE_HEADER.Machine (PE format, "Machine Types").</summary>
    public static readonly IReadOnlyDictionary<ushort, string> Windows = new Dictionary<ushort, string>
    {
        [0x014c] = "386", [0x8664] = "amd64", [0x01c4] = "arm", [0xaa64] = "arm64",
    };

    public static BinaryArchitecture? OfElf(ushort machine, int bits, bool bigEndian) =>
        Elf.FirstOrDefault(a => a.Machine == machine && a.Bits == bits && a.BigEndian == bigEndian);
}
