using Viaduct.Oci;

namespace Viaduct.Simulation;

/// <summary>What the first bytes of an executable tell: who can run it. Emulators that a node may have (binfmt_misc) are not counted on.</summary>
public sealed record BinaryFormat
{
    /// <summary>ELF's e_type of a program at a fixed address, and of one that can lie anywhere.</summary>
    public const ushort Executable = 2, PositionIndependent = 3;

    public required BinaryKind Kind { get; init; }

    /// <summary>The GOARCH word, or what the header's numbers are called; null when they are not known or do not matter.</summary>
    public string? Architecture { get; init; }

    /// <summary>ELF: 32 or 64.</summary>
    public int Bits { get; init; }

    public bool BigEndian { get; init; }

    /// <summary>ELF's e_machine or the machine of a Windows executable.</summary>
    public ushort Machine { get; init; }

    /// <summary>ELF's e_type.</summary>
    public ushort Type { get; init; }

    /// <summary>True for a script, and for an ELF file that names a dynamic loader.</summary>
    public bool HasInterpreter { get; init; }

    /// <summary>The dynamic loader of an ELF file or the interpreter of a script; null too when it lies where it is not read.</summary>
    public string? Interpreter { get; init; }

    /// <summary>The one argument that a script's first line gives its interpreter.</summary>
    public string? Argument { get; init; }

    /// <summary>What is wrong with the header, so that no kernel takes it; a clause.</summary>
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

    /// <summary>Reads the header and the name of the interpreter: of garbage too, and never much of the stream.</summary>
    public static ValueTask<BinaryFormat> ReadAsync(Stream content, CancellationToken cancellationToken) =>
        BinaryReading.ReadAsync(content, cancellationToken);

    /// <summary>Whether a kernel of the node starts it. What a script's or a program's interpreter is, is not asked here.</summary>
    public RunVerdict RunsOn(Platform node)
    {
        var host = node.Normalized();
        if (Kind == BinaryKind.Unknown) return Fails(Defect ?? "its first bytes are not those of a program");
        if (Kind != NativeKind(host.Os) && Kind != BinaryKind.Script) return Fails("it cannot run on " + host.Os);
        if (Kind == BinaryKind.Script && host.Os == "windows") return Fails("it cannot run on windows");
        if (Defect is not null) return Fails(Defect);
        if (Kind == BinaryKind.Elf && Type is not (Executable or PositionIndependent)) return Fails("it is not linked to a program");
        if (Kind == BinaryKind.Script || Architecture == host.Architecture) return RunVerdict.Runs;
        return ForeignRule.All.FirstOrDefault(r => r.Binary == Architecture && r.Node == host.Architecture) is { } rule
            ? new RunVerdict(Verdict.Warning, rule.Because)
            : Fails("it cannot run");
    }

    private static RunVerdict Fails(string because) => new(Verdict.Failure, because);

    private static BinaryKind NativeKind(string os) => os switch
    {
        "windows" => BinaryKind.Windows,
        "darwin" => BinaryKind.MachO,
        _ => BinaryKind.Elf,
    };
}
