using Viaduct.Build.Engines;
using Viaduct.Oci;

namespace Viaduct.Build.Tests.Engines;

public sealed class Requirements_of_an_engine : IDisposable
{
    private const string Arm64 = "enabled\ninterpreter /usr/bin/qemu-aarch64\nflags: {0}\noffset 0\nmagic 7f454c460201010000000000000000000200b700\nmask ffffffffffffff00fffffffffffffffffeffffff\n";
    private readonly string _folder = Directory.CreateTempSubdirectory("viaduct-binfmt-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("linux/amd64", "linux/amd64", true)]
    [InlineData("linux/amd64", "linux/386", true)]
    [InlineData("linux/arm64", "linux/arm/v7", null)]
    [InlineData("linux/amd64", "linux/arm64", false)]
    [InlineData("linux/arm64", "linux/amd64", false)]
    public void A_processor_runs_its_own_programs(string machine, string wanted, bool? runs) =>
        Assert.Equal(runs, Emulation.Native(Platform.Parse(machine), Platform.Parse(wanted)));

    [Theory]
    [InlineData("linux/arm64", "PF", true)]
    [InlineData("linux/arm64", "P", false)]
    [InlineData("linux/s390x", "PF", false)]
    [InlineData("linux/riscv64", "PF", false)]
    [InlineData("linux/vax", "PF", null)]
    public void An_emulator_counts_when_containers_can_use_it(string wanted, string flags, bool? runs)
    {
        File.WriteAllText(Path.Combine(_folder, "status"), "enabled\n");
        File.WriteAllText(Path.Combine(_folder, "register"), "");
        File.WriteAllText(Path.Combine(_folder, "anything"), string.Format(System.Globalization.CultureInfo.InvariantCulture, Arm64, flags));
        Assert.Equal(runs, new Emulation(_folder).Runs(Platform.Parse(wanted)));
    }

    [Fact]
    public void Nothing_is_known_of_a_kernel_that_shows_nothing() => Assert.Null(new Emulation(_folder).Runs(Platform.Parse("linux/arm64")));

    [Fact]
    public void What_needs_a_session_is_refused_by_name()
    {
        using var work = new Workspace();
        var options = new Dictionary<string, EngineOptions>
        {
            ["secrets"] = new() { Secrets = ["id=a,env=B"] }, ["ssh"] = new() { Ssh = ["default"] }, ["cache-to"] = new() { CacheTo = ["type=inline"] },
            ["provenance"] = new() { Provenance = "min" }, ["sbom"] = new() { Sbom = true }, ["cache-from: type=gha"] = new() { CacheFrom = ["type=gha"] },
        };
        foreach (var (name, engine) in options)
        {
            var failure = Assert.Throws<ViaductException>(() => Requirements.CheckOptions(BuilderName.Docker, work.Request("FROM a") with { Engine = engine }));
            Assert.Equal(("VIA2163", $"builder docker cannot have '{name}': the plain Engine API has no session"), (failure.Code, failure.Message));
        }
        Requirements.CheckOptions(BuilderName.Docker, work.Request("FROM a") with { Engine = new EngineOptions { CacheFrom = ["registry.example/a:1"], Network = "none" } });
    }

    [Theory]
    [InlineData("linux/arm64", "linux/arm64", true)]
    [InlineData("linux/arm64", "linux/arm64/v8", true)]
    [InlineData("linux/arm/v7", "linux/arm", true)]
    [InlineData("linux/arm/v7", "linux/arm/v6", false)]
    [InlineData("linux/amd64", "linux/amd64", true)]
    [InlineData("linux/arm64", "linux/amd64", false)]
    [InlineData("linux/amd64", "windows/amd64", false)]
    public void A_label_of_another_platform_is_refused(string asked, string found, bool fits)
    {
        using var work = new Workspace();
        var failure = Record.Exception(() => PlatformCheck.Require(work.Request("FROM a", asked), new ImageConfig(Platform.Parse(found))));
        Assert.Equal(fits ? null : "VIA2160", (failure as ViaductException)?.Code);
    }
}
