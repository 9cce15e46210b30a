using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using Viaduct.Oci;

namespace Viaduct.Build.Engines;

/// <summary>This machine as an engine on it sees it.</summary>
internal static class HostProcessor
{
    public static Platform Platform => new("linux", Architecture(RuntimeInformation.OSArchitecture), Variant());

    /// <summary>The level of x86-64 (psABI, "Micro-Architecture Levels"), null for the first and on other processors.</summary>
    public static string? Level() =>
        !Sse42.X64.IsSupported || !Popcnt.X64.IsSupported ? null
        : !Avx2.IsSupported || !Bmi1.X64.IsSupported || !Bmi2.X64.IsSupported || !Fma.IsSupported || !Lzcnt.X64.IsSupported ? "v2"
        : !Avx512BW.VL.IsSupported || !Avx512CD.VL.IsSupported || !Avx512DQ.VL.IsSupported ? "v3"
        : "v4";

    /// <summary>By the names of Go (internal/goarch).</summary>
    private static string Architecture(Architecture architecture) => architecture switch
    {
        System.Runtime.InteropServices.Architecture.X64 => "amd64",
        System.Runtime.InteropServices.Architecture.X86 => "386",
        System.Runtime.InteropServices.Architecture.Armv6 => "arm",
        System.Runtime.InteropServices.Architecture.Ppc64le => "ppc64le",
        System.Runtime.InteropServices.Architecture.LoongArch64 => "loong64",
        var other => other.ToString().ToLowerInvariant(),
    };

    private static string? Variant() => RuntimeInformation.OSArchitecture switch
    {
        System.Runtime.InteropServices.Architecture.Arm => "v7",
        System.Runtime.InteropServices.Architecture.Armv6 => "v6",
        _ => null,
    };
}
