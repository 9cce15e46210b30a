namespace Viaduct.Simulation;

/// <summary>A processor that runs another's binaries by itself, if the kernel is built for it.</summary>
/// <param name="Because">What the warning says.</param>
/// <param name="Source">Where the rule was read.</param>
internal sealed record ForeignRule(string Binary, string Node, string Because, string Source)
{
    public static readonly IReadOnlyList<ForeignRule> All =
    [
        new("386", "amd64", "it runs only where the kernel has 32-bit emulation", "linux arch/x86/Kconfig, IA32_EMULATION"),
        new("x32", "amd64", "it runs only where the kernel has the x32 ABI, which few have", "linux arch/x86/Kconfig, X86_X32_ABI"),
        new("arm", "arm64", "it runs only on processors that still have 32-bit ARM, which many servers have not", "linux arch/arm64/Kconfig, COMPAT"),
    ];
}
