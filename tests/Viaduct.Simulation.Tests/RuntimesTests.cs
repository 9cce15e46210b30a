using Viaduct.Oci;

namespace Viaduct.Simulation.Tests;

public sealed class RuntimesTests
{
    [Theory]
    [InlineData("containerd", "containerd 2.3")]
    [InlineData("containerd 2", "containerd 2.0")]
    [InlineData("containerd 2.0.4", "containerd 2.0")]
    [InlineData("Containerd v2.2.1", "containerd 2.1")]
    [InlineData("containerd://2.3.4", "containerd 2.3")]
    [InlineData("containerd://1.7.27", "containerd 1.7")]
    [InlineData("containerd://2.1.4-k3s1.33", "containerd 2.1")]
    [InlineData("containerd://1.6.20~ds1", "containerd 1.6")]
    [InlineData("containerd 2.1 local", "containerd 2.1 (use_local_image_pull)")]
    [InlineData("containerd 2.1 (use_local_image_pull)", "containerd 2.1 (use_local_image_pull)")]
    [InlineData("containerd 2.2 use_local_image_pull", "containerd 2.1 (use_local_image_pull)")]
    [InlineData("cri-o://1.30.1", "cri-o 1.20")]
    [InlineData("crio 1.34", "cri-o 1.34")]
    [InlineData("docker://20.10.24", "docker 20.10")]
    [InlineData("docker://29.1.0", "docker 29")]
    [InlineData("docker 28 store", "docker 28 (containerd store)")]
    [InlineData("docker 28.5.2 (containerd store)", "docker 28 (containerd store)")]
    [InlineData("ctr 2.1 --local", "ctr 2.1 (--local)")]
    [InlineData("podman", "podman 5")]
    public void A_name_and_a_version_find_the_newest_rules_that_are_not_newer(string text, string runtime) =>
        Assert.Equal(runtime, Runtimes.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("containerd 1.2")]
    [InlineData("containerd 2.1 sideways")]
    [InlineData("rkt 1.30")]
    [InlineData("containerd://")]
    [InlineData("containerd 99999999999999999999")]
    public void What_has_no_rules_is_refused_with_what_has(string text)
    {
        var error = Assert.Throws<ViaductException>(() => Runtimes.Parse(text));
        Assert.Equal(("VIA6004", ExitCode.Usage), (error.Code, error.Exit));
        Assert.Contains("containerd 2.1 (use_local_image_pull)", error.Todo);
    }

    [Fact]
    public void Every_runtime_is_found_by_its_own_name() =>
        Assert.All(Runtimes.All, r => Assert.Same(r, Runtimes.Parse(r.ToString())));
}
