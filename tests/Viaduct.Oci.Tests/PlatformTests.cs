namespace Viaduct.Oci.Tests;

public sealed class PlatformTests
{
    // containerd/platforms database.go, normalizeOS and normalizeArch.
    [Theory]
    [InlineData("linux", "amd64", null, "linux/amd64", "amd64")]
    [InlineData("linux", "amd64", "v1", "linux/amd64", "amd64")]
    [InlineData("linux", "x86_64", "V1", "linux/amd64", "amd64")]
    [InlineData("linux", "x86-64", "v3", "linux/amd64/v3", "amd64v3")]
    [InlineData("Linux", "AMD64", null, "linux/amd64", "amd64")]
    [InlineData("linux", "i386", null, "linux/386", "386")]
    [InlineData("linux", "i386", "v2", "linux/386", "386")]
    [InlineData("linux", "386", null, "linux/386", "386")]
    [InlineData("linux", "aarch64", null, "linux/arm64", "arm64")]
    [InlineData("linux", "arm64", "v8", "linux/arm64", "arm64")]
    [InlineData("linux", "arm64", "8", "linux/arm64", "arm64")]
    [InlineData("linux", "arm64", "v8.0", "linux/arm64", "arm64")]
    [InlineData("linux", "arm64", "v8.2", "linux/arm64/v8.2", "arm64v8.2")]
    [InlineData("linux", "arm64", "9", "linux/arm64/v9", "arm64v9")]
    [InlineData("linux", "arm64", "9.0", "linux/arm64/v9", "arm64v9")]
    [InlineData("linux", "arm64", "v9.0", "linux/arm64/v9", "arm64v9")]
    [InlineData("linux", "arm", null, "linux/arm/v7", "arm")]
    [InlineData("linux", "arm", "7", "linux/arm/v7", "arm")]
    [InlineData("linux", "arm", "v7", "linux/arm/v7", "arm")]
    [InlineData("linux", "arm", "5", "linux/arm/v5", "armv5")]
    [InlineData("linux", "arm", "6", "linux/arm/v6", "armv6")]
    [InlineData("linux", "arm", "8", "linux/arm/v8", "armv8")]
    [InlineData("linux", "armhf", "v5", "linux/arm/v7", "arm")]
    [InlineData("linux", "armel", null, "linux/arm/v6", "armv6")]
    [InlineData("linux", "ppc64le", "", "linux/ppc64le", "ppc64le")]
    [InlineData("linux", "s390x", null, "linux/s390x", "s390x")]
    [InlineData("linux", "riscv64", null, "linux/riscv64", "riscv64")]
    [InlineData("macos", "arm64", null, "darwin/arm64", "arm64")]
    public void Normalizes_as_containerd_does(string os, string architecture, string? variant, string normal, string word)
    {
        var platform = new Platform(os, architecture, variant);
        Assert.Equal(normal, platform.Normalized().ToString());
        Assert.Equal(platform.Normalized(), platform.Normalized().Normalized());
        Assert.Equal(word, platform.ArchWord);
        Assert.True(platform.Same(Platform.Parse(normal)));
    }

    [Theory]
    [InlineData("linux/amd64", true)]
    [InlineData("linux/arm/v7", true)]
    [InlineData("windows(10.0.20348.2113)/amd64", true)]
    [InlineData("windows()/amd64", true)]
    [InlineData("linux", false)]
    [InlineData("", false)]
    [InlineData("linux/", false)]
    [InlineData("/amd64", false)]
    [InlineData("linux/arm/v7/x", false)]
    [InlineData("linux/a b", false)]
    [InlineData("linux/ä", false)]
    [InlineData("windows(1 0)/amd64", false)]
    [InlineData("windows(10/amd64", false)]
    [InlineData("(10)/amd64", false)]
    [InlineData("windows(1)(2)/amd64", false)]
    public void Reads_a_platform(string text, bool valid)
    {
        Assert.Equal(valid, Platform.TryParse(text, out var platform));
        if (valid) Assert.Equal(text.Replace("()", ""), platform!.ToString());
        else Assert.Equal("VIA1003", Assert.Throws<ViaductException>(() => Platform.Parse(text)).Code);
    }

    [Fact]
    public void The_os_version_and_the_set_of_features_narrow_a_platform()
    {
        var windows = new Platform("windows", "amd64") { OsVersion = "10.0.1", OsFeatures = ["a", "b"] };
        Assert.True(windows.Same(windows with { OsFeatures = ["b", "a"] }));
        Assert.False(windows.Same(windows with { OsFeatures = ["a"] }));
        Assert.False(windows.Same(windows with { OsVersion = "10.0.2" }));
        Assert.True((windows with { OsVersion = "" }).Same(windows with { OsVersion = null }));
        Assert.Equal(windows, windows with { OsFeatures = ["a", "b"] });
        Assert.NotEqual(windows, windows with { OsFeatures = ["b", "a"] });
    }

    [Theory]
    [InlineData("linux/amd64", true)]
    [InlineData("linux/amd64/v1", true)]
    [InlineData("linux/amd64/v4", true)]
    [InlineData("linux/amd64/v5", false)]
    [InlineData("linux/arm", true)]
    [InlineData("linux/arm/v6", true)]
    [InlineData("linux/arm/v9", false)]
    [InlineData("linux/arm64/v8.2", true)]
    [InlineData("linux/arm64/v7", false)]
    [InlineData("linux/x86_64", true)]
    [InlineData("linux/amd46", false)]
    [InlineData("linx/amd64", false)]
    [InlineData("windows/arm64", true)]
    public void Knows_what_Go_builds_for(string platform, bool known) => Assert.Equal(known, KnownPlatforms.Contains(Platform.Parse(platform)));
}
