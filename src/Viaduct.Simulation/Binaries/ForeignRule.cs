namespace Viaduct.Simulation;

/// <summary>A processor that runs another's binaries by itself, if the kernel is built for it.</summary>
/// <param name="Is32Bit">True when it is what <see cref="Node.Runs32Bit"/> tells of.</param>
/// <param name="Because">What the warning says.</param>
/// <param name="Source">Where the rule was read.</param>
internal sealed record ForeignRule(string Binary, string Node, bool Is32Bit, string Because, string Source)
{
    private const string NeedsCompat = "it runs only where the kernel has 32-bit compatibility";

    public static readonly IReadOnlyList<ForeignRule> All =
    [
        new("386", "amd64", true, "it runs only where the kernel has 32-bit emulation", "linux arch/x86/Kconfig, IA32_EMULATION"),
        new("x32", "amd64", false, "it runs only where the kernel has the x32 ABI, which few have", "linux arch/x86/Kconfig, X86_X32_ABI"),
        new("arm", "arm64", true, "it runs only on processors that still have 32-bit ARM, which many servers have not", "linux arch/arm64/Kconfig, COMPAT"),
        new("s390", "s390x", true, NeedsCompat, "linux arch/s390/Kconfig, COMPAT"),
        new("ppc", "ppc64", true, NeedsCompat, "linux arch/powerpc/Kconfig, COMPAT"),
        new("riscv", "riscv64", true, "it runs only on the few processors that have 32-bit RISC-V beside the 64-bit one", "linux arch/riscv/Kconfig, COMPAT"),
        new("mips", "mips64", true, NeedsCompat, "linux arch/mips/Kconfig, MIPS32_O32"),
        new("mipsle", "mips64le", true, NeedsCompat, "linux arch/mips/Kconfig, MIPS32_O32"),
        new("mipsn32", "mips64", false, "it runs only where the kernel has the n32 ABI", "linux arch/mips/Kconfig, MIPS32_N32"),
        new("mipsn32le", "mips64le", false, "it runs only where the kernel has the n32 ABI", "linux arch/mips/Kconfig, MIPS32_N32"),
    ];

    public static ForeignRule? Of(string? binary, string node) => All.FirstOrDefault(r => r.Binary == binary && r.Node == node);
}
