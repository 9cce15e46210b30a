namespace Viaduct.Simulation;

/// <summary>What an executable tells of itself: who can run it. All of it is plain values, so that it can be kept and compared.</summary>
public sealed record BinaryFormat
{
    /// <summary>ELF's e_type of a program at a fixed address, and of one that can lie anywhere.</summary>
    public const ushort Executable = 2, PositionIndependent = 3;

    public required BinaryKind Kind { get; init; }

    /// <summary>The GOARCH word, or what the header's numbers are called; null when they are not known or do not matter.</summary>
    public string? Architecture { get; init; }

    /// <summary>32 or 64, of ELF and of Windows programs.</summary>
    public int Bits { get; init; }

    public bool BigEndian { get; init; }

    /// <summary>ELF's e_machine or the machine of a Windows executable.</summary>
    public ushort Machine { get; init; }

    /// <summary>ELF's e_type.</summary>
    public ushort Type { get; init; }

    /// <summary>ELF's e_flags, whose meaning is the processor's.</summary>
    public uint Flags { get; init; }

    /// <summary>ELF's EI_OSABI.</summary>
    public byte SystemAbi { get; init; }

    /// <summary>Of Windows programs: 2 with windows, 3 for the console (PE format, "Windows Subsystem").</summary>
    public ushort Subsystem { get; init; }

    /// <summary>True for a DLL, and for a shared object that has neither a dynamic loader nor a first instruction.</summary>
    public bool IsLibrary { get; init; }

    /// <summary>A .NET program that no processor is written into (AnyCPU).</summary>
    public bool IsPortable { get; init; }

    /// <summary>A Windows program of ARM64EC code behind an amd64 header, or of both behind an arm64 one (ARM64X).</summary>
    public bool IsHybrid { get; init; }

    public FloatAbi FloatAbi { get; init; }

    /// <summary>Null when the binary does not say: Go writes nothing about it, nor does an assembler that is not asked to.</summary>
    public ProcessorLevel? Level { get; init; }

    /// <summary>True for a script, and for an ELF file that names a dynamic loader.</summary>
    public bool HasInterpreter { get; init; }

    /// <summary>The dynamic loader of an ELF file or the interpreter of a script; null too when it lies where it is not read.</summary>
    public string? Interpreter { get; init; }

    /// <summary>The one argument that a script's first line gives its interpreter.</summary>
    public string? Argument { get; init; }

    /// <summary>What is wrong with the file, so that no kernel starts it; a clause.</summary>
    public string? Defect { get; init; }

    /// <summary>"an ARM binary".</summary>
    public string Noun => Kind switch
    {
        BinaryKind.Elf when Defect is not null => "a damaged ELF binary",
        BinaryKind.Elf => BinaryArchitecture.OfElf(Machine, Bits, BigEndian)?.Noun ?? $"an ELF binary for machine {Machine}",
        BinaryKind.Script => "a script",
        BinaryKind.Windows => "a Windows binary",
        BinaryKind.MachO => "a macOS binary",
        _ => "no program",
    };

    /// <inheritdoc cref="ReadAsync(Stream, long?, CancellationToken)"/>
    public static ValueTask<BinaryFormat> ReadAsync(Stream content, CancellationToken cancellationToken) =>
        ReadAsync(content, null, cancellationToken);

    /// <summary>
    /// Reads what tells about the program, in one pass, and of garbage too. Only what a file needs is read: its first page as a rule, and
    /// of 32-bit ARM all up to the section headers at the end, 512 MiB at most. No more than 256 KiB is kept at any time.
    /// </summary>
    /// <param name="length">The file's length in bytes, by which a program that was cut off is told; null when it is not known.</param>
    public static ValueTask<BinaryFormat> ReadAsync(Stream content, long? length, CancellationToken cancellationToken) =>
        BinaryReading.ReadAsync(content, length, cancellationToken);

    /// <summary>Whether a kernel of the node starts it. What a script's or a program's interpreter is, is not asked here.</summary>
    public RunVerdict RunsOn(Node node) => node.Platform.Normalized().Os == "windows" ? WindowsRules.Judge(this, node) : LinuxRules.Judge(this, node);

    /// <summary>
    /// Whether the processor of the node has such code, for what is not started itself: libraries, and programs elsewhere in an image.
    /// Of files that are no binaries nothing is said.
    /// </summary>
    public RunVerdict MachineOn(Node node) =>
        Defect is not null || Kind is BinaryKind.Script or BinaryKind.Unknown ? RunVerdict.Runs : (this with { IsLibrary = false, Subsystem = WindowsRules.Console }) switch
        {
            { Kind: BinaryKind.Elf } elf => (elf with { Type = PositionIndependent }).RunsOn(node),
            var other => other.RunsOn(node),
        };

    /// <summary>
    /// Whether the kernel loads this program with that loader, the file that <see cref="Interpreter"/> names, and whether both pass numbers
    /// in the same way. Ask <c>loader.RunsOn(node)</c> as well: the loader's own code may be for a newer processor than the program's.
    /// Libraries are the loader's affair.
    /// </summary>
    /// <returns>A clause that goes on after "its dynamic loader /lib/ld.so.1".</returns>
    public RunVerdict Accepts(BinaryFormat loader) => LoaderRules.Judge(this, loader);
}
