namespace Viaduct.Acceptance.Tests;

/// <summary>One of the containerds that <c>.ci/parts.sh</c> starts, with its own ctr, seen through a namespace.</summary>
internal sealed class Containerd(string name, bool old = false)
{
    private string? Address => Environment.GetEnvironmentVariable(old ? "VIADUCT_TEST_CONTAINERD_OLD" : "VIADUCT_TEST_CONTAINERD");

    public void Need()
    {
        RealParts.NeedTools();
        Assert.SkipUnless(File.Exists(Address), $"containerd {(old ? "1.6" : "2")} is not here: {RealParts.How}");
    }

    public Task<Outcome> RunAsync(params string[] words) => old
        ? Command.RunAsync([$"{Environment.GetEnvironmentVariable("VIADUCT_TEST_OLD")}/usr/bin/ctr", "-a", Address!, "-n", name, .. words])
        : RealParts.InRootAsync(["ctr", "-a", Address!, "-n", name, .. words]);
}
