namespace Viaduct.Simulation;

/// <summary>What a Linux kernel starts (linux fs/binfmt_elf.c, and elf_check_arch of each architecture); other systems but Windows are taken to be alike.</summary>
internal static class LinuxRules
{
    private const uint ArmEabi = 0xff000000, PowerAbi = 3, PowerElf2 = 2;

    /// <summary>EI_OSABI of systems whose calls Linux does not have; 0 and 3 are written by compilers for Linux, and by many others.</summary>
    private static readonly IReadOnlyDictionary<byte, string> Systems = new Dictionary<byte, string> { [2] = "netbsd", [6] = "solaris", [9] = "freebsd", [12] = "openbsd" };

    public static RunVerdict Judge(BinaryFormat program, Node node)
    {
        var host = node.Platform.Normalized();
        if (program.Kind == BinaryKind.Unknown)
            return RunVerdict.Fails(FindingKinds.DamagedProgram, program.Defect ?? "its first bytes are not those of a program");
        if (program.Kind != (host.Os == "darwin" ? BinaryKind.MachO : BinaryKind.Elf) && program.Kind != BinaryKind.Script)
            return RunVerdict.Fails(FindingKinds.WrongSystem, "it cannot run on " + host.Os);
        if (program.Defect is not null) return RunVerdict.Fails(FindingKinds.DamagedProgram, program.Defect);
        if (program.Kind == BinaryKind.Script) return RunVerdict.Runs;
        return program.Kind == BinaryKind.Elf ? JudgeElf(program, host.Os, host.Architecture, node) : JudgeProcessor(program, host.Architecture, node);
    }

    private static RunVerdict JudgeElf(BinaryFormat program, string os, string architecture, Node node)
    {
        if (program.Type is not (BinaryFormat.Executable or BinaryFormat.PositionIndependent))
            return RunVerdict.Fails(FindingKinds.DamagedProgram, "it is not linked to a program");
        if (program.IsLibrary) return RunVerdict.Fails(FindingKinds.DamagedProgram, "it is a shared library and no program");
        if (Systems.GetValueOrDefault(program.SystemAbi) is { } system && system != os)
            return RunVerdict.Fails(FindingKinds.WrongSystem, $"it is for {system} and cannot run on {os}");
        return JudgeProcessor(program, architecture, node);
    }

    private static RunVerdict JudgeProcessor(BinaryFormat program, string host, Node node)
    {
        if (program.Architecture == host) return JudgeAbi(program, host) ?? ProcessorLevels.Judge(program, node);
        var rule = ForeignRule.Of(program.Architecture, host);
        var abi = rule is null ? null : JudgeAbi(program, host);
        // An emulator comes before the kernel's own way (linux fs/binfmt_misc.c registers in front), but who says that the node runs 32-bit programs has tried.
        if (rule is { Is32Bit: true } && node.Runs32Bit == true && abi is null) return ProcessorLevels.Judge(program, node);
        if (program.Architecture is { } own && node.Emulates.Contains(own)) return RunVerdict.Warns(FindingKinds.Emulated, "it runs under the emulator that the node has");
        if (abi is not null) return abi.Value;
        if (rule is null) return RunVerdict.Fails(FindingKinds.WrongMachine, "it cannot run");
        if (rule.Is32Bit && node.Runs32Bit == false) return RunVerdict.Fails(FindingKinds.CompatibilityMode, "it cannot run, because the node runs no 32-bit programs");
        return ProcessorLevels.Judge(program, node) is { Verdict: Verdict.Failure } tooOld ? tooOld : RunVerdict.Warns(FindingKinds.CompatibilityMode, rule.Because);
    }

    private static RunVerdict? JudgeAbi(BinaryFormat program, string host) => program.Architecture switch
    {
        // linux arch/arm64/include/asm/elf.h, compat_elf_check_arch; arch/arm/Kconfig, OABI_COMPAT.
        "arm" when (program.Flags & ArmEabi) == 0 => host == "arm64"
            ? RunVerdict.Fails(FindingKinds.OtherAbi, "it keeps to the ABI before EABI, which 64-bit kernels refuse")
            : RunVerdict.Warns(FindingKinds.OtherAbi, "it keeps to the ABI before EABI, which few kernels still have"),
        // linux arch/powerpc/kernel/process.c, start_thread: any other is started as if its entry point were a function descriptor, and some kernels refuse it (elf_check_arch).
        "ppc64le" when (program.Flags & PowerAbi) != PowerElf2 => RunVerdict.Warns(FindingKinds.OtherAbi, "it does not say that it keeps to the ELFv2 ABI, which kernels expect"),
        _ => null,
    };
}
