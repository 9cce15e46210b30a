namespace Viaduct.Simulation;

/// <summary>What the kernel asks of a program's dynamic loader (linux fs/binfmt_elf.c, load_elf_binary and load_elf_interp), and what it does not ask and should.</summary>
internal static class LoaderRules
{
    public static RunVerdict Judge(BinaryFormat program, BinaryFormat loader)
    {
        if (loader.Kind != BinaryKind.Elf) return Disagrees($"is {loader.Noun}");
        if (loader.Defect is not null) return Disagrees($"is damaged: {loader.Defect}");
        // ELIBBAD: elf_check_arch and load_elf_phdrs are those of the program.
        if ((loader.Machine, loader.Bits, loader.BigEndian) != (program.Machine, program.Bits, program.BigEndian)) return Disagrees($"is {loader.Noun}");
        if (loader.Architecture != program.Architecture) return Disagrees("is for another ABI of the processor");
        if (loader.Type is not (BinaryFormat.Executable or BinaryFormat.PositionIndependent) || loader.IsLibrary) return Disagrees("is nothing that can be started");
        // Neither kernel nor loader compares them: the loader holds the libraries it loads to its own ABI, and not the program.
        return (program.FloatAbi, loader.FloatAbi) is (FloatAbi.Hard, FloatAbi.Soft) or (FloatAbi.Soft, FloatAbi.Hard)
            ? RunVerdict.Warns(FindingKinds.FloatAbi, $"passes floating point numbers in {Registers(loader)} and the program in {Registers(program)}: it starts, but calculates wrongly")
            : RunVerdict.Runs;
    }

    private static RunVerdict Disagrees(string because) => RunVerdict.Fails(FindingKinds.LoaderDisagrees, because);

    private static string Registers(BinaryFormat elf) => (elf.FloatAbi, elf.Architecture) switch
    {
        (FloatAbi.Hard, "arm") => "floating point registers (armhf)",
        (FloatAbi.Hard, _) => "floating point registers",
        (_, "arm") => "general registers (armel)",
        _ => "general registers",
    };
}
