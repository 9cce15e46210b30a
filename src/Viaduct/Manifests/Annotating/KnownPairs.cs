using Viaduct.Oci;

namespace Viaduct.Manifests;

/// <summary>
/// The platforms that annotate takes: what Go builds for (go tool dist list) and docker's 27 pairs of 2018 (docker/cli cli/command/manifest/util.go),
/// some of which Go has left since. Exact words only, and the variant is free, as docker has it.
/// </summary>
internal static class KnownPairs
{
    private static readonly (string Os, string[] Architectures)[] Systems =
    [
        // The commonest first: of two that are equally near it is the one that was meant.
        ("linux", ["amd64", "arm64", "arm", "386", "loong64", "mips", "mips64", "mips64le", "mipsle", "ppc64", "ppc64le", "riscv64", "s390x"]),
        ("windows", ["amd64", "arm64", "386", "arm"]),
        ("darwin", ["amd64", "arm64", "386", "arm"]),
        ("freebsd", ["amd64", "arm64", "386", "arm", "riscv64"]),
        ("aix", ["ppc64"]),
        ("android", ["amd64", "arm64", "386", "arm"]),
        ("dragonfly", ["amd64"]),
        ("illumos", ["amd64"]),
        ("ios", ["amd64", "arm64"]),
        ("js", ["wasm"]),
        ("netbsd", ["amd64", "arm64", "386", "arm"]),
        ("openbsd", ["amd64", "arm64", "386", "arm", "ppc64", "riscv64"]),
        ("plan9", ["amd64", "386", "arm"]),
        ("solaris", ["amd64"]),
        ("wasip1", ["wasm"]),
    ];

    private static readonly HashSet<(string, string)> Pairs = [.. Systems.SelectMany(s => s.Architectures.Select(a => (s.Os, a)))];

    public static bool Contains(Platform platform) => Pairs.Contains((platform.Os, platform.Architecture));

    /// <summary>Word by word; null where that is no pair: a guess at the other word would be one too many.</summary>
    public static string? Nearest(Platform platform)
    {
        if (platform.Os.Length == 0 || platform.Architecture.Length == 0) return null;
        var normal = new Platform(platform.Os, platform.Architecture).Normalized();
        return Oci.Nearest.To(normal.Os, Systems.Select(s => s.Os)) is { } os
            && Oci.Nearest.To(normal.Architecture, Pairs.Select(p => p.Item2)) is { } architecture
            && Pairs.Contains((os, architecture)) ? $"{os}/{architecture}" : null;
    }
}
