using Viaduct.Configuration;
using Viaduct.Oci;
using Viaduct.Preparation;

namespace Viaduct.Tests.Preparation;

public sealed class PrepareReaderTests
{
    [Theory]
    [InlineData("90s", 90)]
    [InlineData("10m", 600)]
    [InlineData("1h30m", 5400)]
    [InlineData("1s", 1)]
    [InlineData("24h", 86400)]
    public void A_timeout_is_a_time(string text, int seconds)
    {
        using var folder = new PrepareFolder($$"""[{ run: make, inputs: [], outputs: ["out/$(ARCH)"], timeout: {{text}} }]""");

        Assert.Equal(TimeSpan.FromSeconds(seconds), Assert.Single(folder.Image().Prepare).Timeout);
    }

    [Fact]
    public void Without_one_ten_minutes_are_waited()
    {
        using var folder = new PrepareFolder("""[{ run: make, inputs: [], outputs: ["out/$(ARCH)"] }]""");

        Assert.Equal(TimeSpan.FromMinutes(10), Assert.Single(folder.Image().Prepare).Timeout);
    }

    [Theory]
    [InlineData("VIA2005", "make")]
    [InlineData("VIA2005", "[make]")]
    [InlineData("VIA2005", "[{ run: { a: b }, inputs: [], outputs: [o] }]")]
    [InlineData("VIA2005", "[{ run: [[a]], inputs: [], outputs: [o] }]")]
    [InlineData("VIA2004", "[{ run: make, inputs: [], outputs: [o], output: [o] }]")]
    [InlineData("VIA2030", "[{ inputs: [], outputs: [o] }]")]
    [InlineData("VIA2030", "[{ run: '', inputs: [], outputs: [o] }]")]
    [InlineData("VIA2030", "[{ run: [], inputs: [], outputs: [o] }]")]
    [InlineData("VIA2030", "[{ run: make, outputs: [o] }]")]
    [InlineData("VIA2030", "[{ run: make, inputs: [] }]")]
    [InlineData("VIA2030", "[{ run: make, inputs: [], outputs: [] }]")]
    [InlineData("VIA2006", "[{ run: make, inputs: ['a['], outputs: [o] }]")]
    [InlineData("VIA2006", "[{ run: make, inputs: [], outputs: [o], env: { 'A=B': c } }]")]
    [InlineData("VIA2031", "[{ run: make $(ARHC), inputs: [], outputs: [o] }]")]
    [InlineData("VIA2031", "[{ run: [make, $(TAG)], inputs: [], outputs: [o] }]")]
    [InlineData("VIA2031", "[{ run: make, inputs: [$(X)], outputs: [o] }]")]
    [InlineData("VIA2031", "[{ run: make, inputs: [], outputs: [$(X)] }]")]
    [InlineData("VIA2031", "[{ run: make, inputs: [], outputs: [o], env: { A: $(X) } }]")]
    [InlineData("VIA2033", "[{ run: make, inputs: [], outputs: [../o] }]")]
    [InlineData("VIA2033", "[{ run: make, inputs: [], outputs: [/o] }]")]
    [InlineData("VIA2033", "[{ run: make, inputs: [], outputs: [.] }]")]
    [InlineData("VIA2033", "[{ run: make, inputs: [], outputs: [a/..] }]")]
    [InlineData("VIA2033", "[{ run: make, inputs: [], outputs: [Dockerfile] }]")]
    [InlineData("VIA2033", "[{ run: make, inputs: [], outputs: [image.yaml] }]")]
    [InlineData("VIA2033", "[{ run: make, inputs: [], outputs: [.viaduct/o] }]")]
    [InlineData("VIA2034", "[{ run: make $(ARCH), inputs: [], outputs: [o] }]")]
    [InlineData("VIA2034", "[{ run: make, inputs: [], outputs: [o] , env: { A: $(ARCH) } }]")]
    [InlineData("VIA2034", "[{ run: a, inputs: [], outputs: [o] }, { run: b, inputs: [], outputs: [o] }]")]
    [InlineData("VIA2034", "[{ run: a, inputs: [], outputs: [o] }, { run: b, inputs: [], outputs: [o/p] }]")]
    [InlineData("VIA2034", "[{ run: a $(ARCH), inputs: [], outputs: [a/$(ARCH)] }, { run: b, inputs: [], outputs: [o] }]")]
    [InlineData("VIA2035", "[{ run: make, inputs: [], outputs: [o], timeout: 10 }]")]
    [InlineData("VIA2035", "[{ run: make, inputs: [], outputs: [o], timeout: 0s }]")]
    [InlineData("VIA2035", "[{ run: make, inputs: [], outputs: [o], timeout: 25h }]")]
    [InlineData("VIA2035", "[{ run: make, inputs: [], outputs: [o], timeout: soon }]")]
    public void What_cannot_be_is_refused_with_its_place(string code, string prepare)
    {
        using var folder = new PrepareFolder(prepare);

        var error = Assert.Throws<ViaductException>(() => folder.Image());

        Assert.Equal(code, error.Code);
        Assert.Equal(ExitCode.Usage, error.Exit);
        Assert.Matches("^images/app/image.yaml:[0-9]+:[0-9]+$", error.Where);
    }

    [Fact]
    public void A_misspelt_variable_is_told_the_nearest() =>
        Assert.Equal("Did you mean $(ARCH)?", Assert.Throws<ViaductException>(() => StepVariables.Check("make $(ARHC)", "here")).Todo);

    [Fact]
    public void What_is_the_same_for_all_platforms_may_have_the_same_output()
    {
        using var folder = new PrepareFolder("[{ run: npm run build, inputs: [], outputs: [dist] }]");

        Assert.Single(folder.Image().Prepare);
    }

    [Fact]
    public void Two_images_cannot_write_to_one_place()
    {
        using var folder = new TemporaryFolder();
        foreach (var name in (string[])["a", "b"])
            folder.With($"images/{name}/Dockerfile", "FROM scratch\n")
                .With($"images/{name}/image.yaml", "context: ../..\nprepare: [{ run: make, inputs: [], outputs: [../../out/app] }]\n");

        Assert.Equal("VIA2034", Assert.Throws<ViaductException>(() => ImageSetReader.Read(folder.Path, new SetOverrides())).Code);
    }

    [Theory]
    [InlineData("linux/amd64", "linux-x64")]
    [InlineData("linux/amd64/v3", "linux-x64")]
    [InlineData("linux/386", "linux-x86")]
    [InlineData("linux/arm64", "linux-arm64")]
    [InlineData("linux/arm64/v8", "linux-arm64")]
    [InlineData("linux/arm", "linux-arm")]
    [InlineData("linux/arm/v7", "linux-arm")]
    [InlineData("linux/arm/v6", "linux-armv6")]
    [InlineData("linux/arm/v5", null)]
    [InlineData("linux/ppc64le", "linux-ppc64le")]
    [InlineData("linux/s390x", "linux-s390x")]
    [InlineData("linux/riscv64", "linux-riscv64")]
    [InlineData("linux/loong64", "linux-loongarch64")]
    [InlineData("linux/mips64le", null)]
    [InlineData("windows/amd64", "win-x64")]
    [InlineData("windows(10.0.20348.1)/amd64", "win-x64")]
    [InlineData("windows/arm64", "win-arm64")]
    [InlineData("windows/arm/v7", null)]
    [InlineData("freebsd/amd64", "freebsd-x64")]
    [InlineData("freebsd/riscv64", null)]
    [InlineData("plan9/amd64", null)]
    public void A_platform_has_one_runtime_identifier_or_none(string platform, string? identifier) =>
        Assert.Equal(identifier, RuntimeIdentifier.Of(Platform.Parse(platform)));

    [Theory]
    [InlineData("linux/arm/v6", "make $(NAME) $(ARCH) $(OS) $(VARIANT) $(RID)", "make team/app armv6 linux v6 linux-armv6")]
    [InlineData("linux/amd64", "$(ARCH)-$(ARCH)$(VARIANT)", "amd64-amd64")]
    [InlineData("linux/amd64", "echo $(date) $(Arch) $HOME ${ARCH} $(ARCH", "echo $(date) $(Arch) $HOME ${ARCH} $(ARCH")]
    public void Variables_are_replaced_and_what_is_the_shells_is_not(string platform, string text, string replaced) =>
        Assert.Equal(replaced, StepVariables.Replace(text, "team/app", Platform.Parse(platform), "here"));

    [Fact]
    public void A_platform_without_a_runtime_identifier_is_refused_when_it_is_asked_for()
    {
        const string More = "platforms: [linux/arm/v5]";
        using var without = new PrepareFolder("[{ run: make $(ARCH), inputs: [], outputs: [o] }]", More);
        using var with = new PrepareFolder("[{ run: make $(RID), inputs: [], outputs: [o] }]", More);

        Assert.Single(without.Image().Prepare);
        var error = Assert.Throws<ViaductException>(() => with.Image());
        Assert.Equal("VIA2032", error.Code);
        Assert.Contains("linux/arm/v5", error.Message);
    }
}
