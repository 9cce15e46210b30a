using System.Globalization;

namespace Viaduct.Simulation;

/// <summary>What Windows starts (PE format; Microsoft Learn, "How emulation works on Arm" and "Running 32-bit Applications").</summary>
internal static class WindowsRules
{
    public const ushort Graphical = 2, Console = 3;

    /// <summary>The first Windows that runs amd64 programs on ARM64, and the first that runs no 32-bit ARM ones any more.</summary>
    private const int Windows11 = 22000, Windows11V24H2 = 26100;

    public static RunVerdict Judge(BinaryFormat program, Node node)
    {
        if (program.Kind == BinaryKind.Unknown)
            return RunVerdict.Fails(FindingKinds.DamagedProgram, program.Defect ?? "its first bytes are not those of a program");
        if (program.Kind != BinaryKind.Windows) return RunVerdict.Fails(FindingKinds.WrongSystem, "it cannot run on windows");
        if (program.Defect is not null) return RunVerdict.Fails(FindingKinds.DamagedProgram, program.Defect);
        if (program.IsLibrary) return RunVerdict.Fails(FindingKinds.DamagedProgram, "it is a library (DLL) and no program");
        if (program.Subsystem is not (Graphical or Console)) return RunVerdict.Fails(FindingKinds.DamagedProgram, "it is a driver or firmware and no program");
        return program.IsPortable ? RunVerdict.Runs : JudgeMachine(program, node.Platform.Normalized().Architecture, BuildOf(node.Platform.OsVersion), node);
    }

    private static RunVerdict JudgeMachine(BinaryFormat program, string host, int? build, Node node) => (program.Architecture, host) switch
    {
        ("amd64", "arm64") when program.IsHybrid => RunVerdict.Runs,
        ("amd64", "amd64") when program.IsHybrid => RunVerdict.Warns(FindingKinds.WrongMachine, "behind its amd64 header it is compiled for ARM64 (ARM64EC)"),
        var (own, native) when own == native => RunVerdict.Runs,
        ("386", "amd64") => node.Runs32Bit switch
        {
            true => RunVerdict.Runs,
            false => RunVerdict.Fails(FindingKinds.CompatibilityMode, "it cannot run, because the node runs no 32-bit programs"),
            null => RunVerdict.Warns(FindingKinds.CompatibilityMode, "it runs only where Windows has WOW64, which Nano Server has not"),
        },
        ("amd64", "arm64") when build is null or >= Windows11 => RunVerdict.Warns(FindingKinds.Emulated, "it runs under Windows' emulation, where that is there"),
        ("386", "arm64") => RunVerdict.Warns(FindingKinds.Emulated, "it runs under Windows' emulation, where that is there"),
        ("arm", "arm64") when build is null or < Windows11V24H2 => RunVerdict.Warns(FindingKinds.CompatibilityMode, "it runs only on Windows before 11 24H2, and where the processor has 32-bit ARM"),
        _ => RunVerdict.Fails(FindingKinds.WrongMachine, "it cannot run"),
    };

    /// <summary>The build of an os.version: <c>10.0.20348.2227</c>.</summary>
    private static int? BuildOf(string? version) =>
        version?.Split('.') is [_, _, var build, ..] && int.TryParse(build, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
