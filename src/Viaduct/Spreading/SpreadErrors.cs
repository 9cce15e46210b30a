using Viaduct.Oci;

namespace Viaduct.Spreading;

/// <summary>What is wrong with a wish to spread work: VIA505x.</summary>
internal static class SpreadErrors
{
    public static ViaductException TooFew(int jobs, IReadOnlyList<string> runners) =>
        new("VIA5050", $"{jobs} {(jobs == 1 ? "job" : "jobs")} cannot run on {runners.Count} kinds of machines: {string.Join(", ", runners)}",
            todo: $"Allow at least {runners.Count} jobs, or say --runner '*=LABEL' to build for all platforms on machines of one kind.", exit: ExitCode.Usage);
}
