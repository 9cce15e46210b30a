namespace Viaduct.Simulation;

/// <summary>A processor that runs another's binaries by itself, if the kernel is built for it.</summary>
/// <param name="Is32Bit">True when it is what <see cref="Node.Runs32Bit"/> tells of.</param>
/// <param name="Because">What the warning says.</param>
internal sealed record ForeignRule(string Binary, string Node, bool Is32Bit, string Because)
{
    private const string NeedsCompat = "it runs only where the kernel has 32-bit compatibility";

    public static readonly IReadOnlyList<ForeignRule> All =
    [
        // Where each rule was read stands behind it: the kernel's options, in linux arch/.
        new("386", "amd64", true, "it runs only where the kernel has 32-bit emulation"), // x86/Kconfig, IA32_EMULATION
        new("x32", "amd64", false, "it runs only where the kernel has the x32 ABI, which few have"), // x86/Kconfig, X86_X32_ABI
        new("arm", "arm64", true, "it runs only on processors that still have 32-bit ARM, which many servers have not"), // arm64/Kconfig, COMPAT
        new("s390", "s390x", true, NeedsCompat), // s390/Kconfig, COMPAT
        new("ppc", "ppc64", true, NeedsCompat), // powerpc/Kconfig, COMPAT
        new("riscv", "riscv64", true, "it runs only on the few processors that have 32-bit RISC-V beside the 64-bit one"), // riscv/Kconfig, COMPAT
        new("mips", "mips64", true, NeedsCompat), // mips/Kconfig, MIPS32_O32
        new("mipsle", "mips64le", true, NeedsCompat), // mips/Kconfig, MIPS32_O32
        new("mipsn32", "mips64", false, "it runs only where the kernel has the n32 ABI"), // mips/Kconfig, MIPS32_N32
        new("mipsn32le", "mips64le", false, "it runs only where the kernel has the n32 ABI"), // mips/Kconfig, MIPS32_N32
    ];

    public static ForeignRule? Of(string? binary, string node) => All.FirstOrDefault(r => r.Binary == binary && r.Node == node);
}
