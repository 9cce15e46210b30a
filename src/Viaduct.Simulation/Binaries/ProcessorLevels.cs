using System.Globalization;

namespace Viaduct.Simulation;

/// <summary>Compares the processor that a binary is compiled for with the node's. No kernel looks at that: the program ends with SIGILL, or its loader refuses it.</summary>
internal static class ProcessorLevels
{
    public static RunVerdict Judge(BinaryFormat program, Node node)
    {
        if (program.Level is not { } needed) return RunVerdict.Runs;
        var host = node.Platform.Normalized();
        return host.Architecture switch
        {
            "arm" => JudgeArm(needed, LevelOf(host.Variant), stated: node.Platform is { Variant: not null } or { Architecture: not "arm" }),
            // The normal form has no v1, and here it makes a difference whether it was said.
            "amd64" or "386" => JudgeX86(needed.Number, LevelOf(node.Platform.Variant)),
            _ => RunVerdict.Runs,
        };
    }

    /// <param name="stated">False when the node's variant is no more than what is usual.</param>
    private static RunVerdict JudgeArm(ProcessorLevel needed, int? level, bool stated)
    {
        if (level is not { } own || needed.Number <= own) return RunVerdict.Runs;
        return needed.Certain && stated
            ? RunVerdict.Fails(FindingKinds.ProcessorTooOld, $"it is compiled for ARMv{needed.Number}, and the node's processor is ARMv{own}")
            : RunVerdict.Warns(FindingKinds.ProcessorTooOld, $"it is compiled for ARMv{needed.Number} and may not run on ARMv{own}");
    }

    /// <summary>glibc sysdeps/x86/dl-prop.h, dl_isa_level_check: "CPU ISA level is lower than required".</summary>
    private static RunVerdict JudgeX86(int needed, int? level)
    {
        if (needed <= (level ?? 1)) return RunVerdict.Runs;
        return level is null
            ? RunVerdict.Warns(FindingKinds.ProcessorTooOld, $"it needs a processor of level x86-64-v{needed}, and the node's level is not known")
            : RunVerdict.Fails(FindingKinds.ProcessorTooOld, $"it needs a processor of level x86-64-v{needed}, and the node's is x86-64-v{level}");
    }

    private static int? LevelOf(string? variant) =>
        variant is ['v' or 'V', .. var digits] && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var level) ? level : null;
}
