namespace Viaduct.Oci;

/// <summary>The operating systems and architectures that Go can build for: a word outside them is a typing mistake more often than a port.</summary>
public static class KnownPlatforms
{
    private static readonly HashSet<string> Systems =
        ["aix", "android", "darwin", "dragonfly", "freebsd", "illumos", "ios", "js", "linux", "netbsd", "openbsd", "plan9", "solaris", "wasip1", "windows"];

    private static readonly HashSet<string> Architectures =
        ["386", "amd64", "arm", "arm64", "loong64", "mips", "mips64", "mips64le", "mipsle", "ppc64", "ppc64le", "riscv64", "s390x", "wasm"];

    /// <summary>True when Go knows the os and the architecture, and the variant is one that the architecture has.</summary>
    public static bool Contains(Platform platform)
    {
        var p = platform.Normalized();
        return Systems.Contains(p.Os) && Architectures.Contains(p.Architecture) && p.Architecture switch
        {
            "arm" => p.Variant is "v5" or "v6" or "v7" or "v8",
            "arm64" => p.Variant is null || p.Variant.StartsWith("v8.", StringComparison.Ordinal) || p.Variant.StartsWith("v9", StringComparison.Ordinal),
            "amd64" => p.Variant is null or "v2" or "v3" or "v4",
            _ => true,
        };
    }
}
