namespace Viaduct.Acceptance.Tests.Selection;

/// <summary>The platforms that real lists hold and real people ask for, and some that they write wrongly.</summary>
internal static class Vocabulary
{
    private static readonly string[] Amd64 =
        ["linux/amd64", "linux/amd64/v1", "linux/amd64/v2", "linux/amd64/v3", "linux/amd64/v4", "linux/x86_64", "linux/386", "linux/i386"];

    private static readonly string[] Arm =
    [
        "linux/arm", "linux/arm/v5", "linux/arm/v6", "linux/arm/v7", "linux/arm/v8", "linux/arm/7", "linux/armhf", "linux/armel",
        "linux/arm64", "linux/arm64/v8", "linux/arm64/8", "linux/arm64/v8.0", "linux/arm64/v8.2", "linux/arm64/v8.4", "linux/arm64/v9", "linux/arm64/v9.2", "linux/aarch64",
    ];

    private static readonly string[] Windows =
    [
        "windows(10.0.17763.6414)/amd64", "windows(10.0.17763.8027)/amd64", "windows(10.0.19041.1415)/amd64", "windows(10.0.20348.2700)/amd64",
        "windows(10.0.20348.1)/amd64", "windows(10.0.25398.1189)/amd64", "windows(10.0.26100.1742)/amd64", "windows/amd64", "windows(10.0.26100.1742)/arm64",
    ];

    private static readonly string[] Others = ["linux/ppc64le", "linux/s390x", "linux/riscv64", "linux/loong64", "linux/mips64le", "darwin/arm64", "freebsd/amd64"];

    private static readonly string[] Asked =
    [
        "linux/arm64/v9.3", "linux/arm64/v8.1", "linux/arm64/v8.3", "windows(10.0.17763)/amd64", "windows(10.0.20348)/amd64", "windows(10.0.22621)/amd64",
        "windows(10.0.25398)/amd64", "windows(10.0.26100)/amd64", "linux/amd64", "linux/arm64", "linux/arm/v7",
    ];

    public static readonly string[] Common = ["linux/amd64", "linux/arm64", "linux/arm/v7"];

    public static readonly string[] Capitals = ["Linux/AMD64", "linux/ARM64", "Linux/amd64", "Linux/arm64"];

    /// <summary>Platforms that compete with one another.</summary>
    public static readonly string[][] Families = [Amd64, Arm, Arm, [.. Windows, "linux/amd64"], Others];

    public static readonly string[] All = [.. Amd64, .. Arm, .. Windows, .. Others];

    public static readonly string[] Requests = [.. All, .. Asked];
}
