namespace Viaduct.Acceptance.Tests.Programs;

/// <summary>What compiles for one kind of node.</summary>
/// <param name="Name">Debian's word for the architecture, as in folders of musl's loaders.</param>
/// <param name="Compiler">Debian's triplet, which the compiler's name begins with.</param>
/// <param name="Platform">The nodes that its programs are for.</param>
/// <param name="Glibc">glibc's loader as programs name it.</param>
/// <param name="Musl">musl's.</param>
internal sealed record Toolchain(string Name, string Compiler, string Platform, string Glibc, string Musl)
{
    public static readonly IReadOnlyList<Toolchain> All =
    [
        new("amd64", "x86_64-linux-gnu", "linux/amd64", "/lib64/ld-linux-x86-64.so.2", "/lib/ld-musl-x86_64.so.1"),
        new("i386", "i686-linux-gnu", "linux/386", "/lib/ld-linux.so.2", "/lib/ld-musl-i386.so.1"),
        new("armhf", "arm-linux-gnueabihf", "linux/arm/v7", "/lib/ld-linux-armhf.so.3", "/lib/ld-musl-armhf.so.1"),
        new("armel", "arm-linux-gnueabi", "linux/arm/v5", "/lib/ld-linux.so.3", "/lib/ld-musl-arm.so.1"),
        new("arm64", "aarch64-linux-gnu", "linux/arm64", "/lib/ld-linux-aarch64.so.1", "/lib/ld-musl-aarch64.so.1"),
        new("ppc64el", "powerpc64le-linux-gnu", "linux/ppc64le", "/lib64/ld64.so.2", "/lib/ld-musl-powerpc64le.so.1"),
        new("s390x", "s390x-linux-gnu", "linux/s390x", "/lib/ld64.so.1", "/lib/ld-musl-s390x.so.1"),
        new("riscv64", "riscv64-linux-gnu", "linux/riscv64", "/lib/ld-linux-riscv64-lp64d.so.1", "/lib/ld-musl-riscv64.so.1"),
    ];

    /// <summary>Where the C library of the compiler lies.</summary>
    public string Libraries => Name == "amd64" ? "/usr/lib/x86_64-linux-gnu" : $"/usr/{Compiler}/lib";

    public string GlibcFile => Name == "amd64" ? Glibc : $"{Libraries}/{Path.GetFileName(Glibc)}";

    public static Toolchain Of(string name) => All.Single(t => t.Name == name);
}
