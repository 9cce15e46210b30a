using System.Runtime.InteropServices;
using Viaduct.Oci;

namespace Viaduct.Acceptance.Tests.Selection;

/// <summary>What engines take this machine for when nobody names a platform.</summary>
internal static class ThisMachine
{
    /// <summary>Each level is all of those before it and these flags (x86-64 psABI, "Micro-Architecture Levels"), by the kernel's names.</summary>
    private static readonly string[][] Levels =
    [
        ["cx16", "lahf_lm", "popcnt", "pni", "sse4_1", "sse4_2", "ssse3"],
        ["avx", "avx2", "bmi1", "bmi2", "f16c", "fma", "abm", "movbe", "xsave"],
        ["avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl"],
    ];

    /// <summary>With the processor's level, linux/amd64/v3; null on machines of which the tests know no level.</summary>
    public static Platform? Platform { get; } = RuntimeInformation.OSArchitecture == Architecture.X64 && OperatingSystem.IsLinux() ? Amd64() : null;

    private static Platform Amd64()
    {
        var line = File.ReadLines("/proc/cpuinfo").First(l => l.StartsWith("flags", StringComparison.Ordinal));
        var flags = line.Split(' ').ToHashSet();
        var level = 1 + Levels.TakeWhile(flags.IsSupersetOf).Count();
        return new Platform("linux", "amd64", level == 1 ? null : $"v{level}");
    }
}
