using System.Runtime.InteropServices;
using Viaduct.Oci;

namespace Viaduct.Build;

/// <summary>The arguments that exist without being passed (BuildKit, dockerfile2llb/platform.go); a stage sees them after an ARG of that name.</summary>
internal static class PlatformArgs
{
    public static IReadOnlyDictionary<string, string> Of(BuildRequest request)
    {
        var build = new Platform("linux", HostArchitecture()).Normalized();
        var target = request.Platform.Normalized();
        return new Dictionary<string, string>
        {
            ["BUILDPLATFORM"] = build.ToString(),
            ["BUILDOS"] = build.Os,
            ["BUILDOSVERSION"] = "",
            ["BUILDARCH"] = build.Architecture,
            ["BUILDVARIANT"] = build.Variant ?? "",
            ["TARGETPLATFORM"] = target.ToString(),
            ["TARGETOS"] = target.Os,
            ["TARGETOSVERSION"] = target.OsVersion ?? "",
            ["TARGETARCH"] = target.Architecture,
            ["TARGETVARIANT"] = target.Variant ?? "",
            ["TARGETSTAGE"] = request.Target ?? "default",
        };
    }

    private static string HostArchitecture() => RuntimeInformation.OSArchitecture switch
    {
        Architecture.X64 => "amd64",
        Architecture.X86 => "386",
        Architecture.Arm64 => "arm64",
        Architecture.Arm or Architecture.Armv6 => "arm",
        Architecture.S390x => "s390x",
        Architecture.Ppc64le => "ppc64le",
        Architecture.LoongArch64 => "loong64",
        var other => other.ToString().ToLowerInvariant(),
    };
}
