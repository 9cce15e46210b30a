using Viaduct.Oci;
using static Viaduct.Simulation.Tests.ProviderTexts;

namespace Viaduct.Simulation.Tests;

/// <summary>pkg/credentialprovider/plugin/config.go, readCredentialProviderConfig.</summary>
public sealed class ProviderFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("viaduct-providers-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_files_of_a_folder_count_in_the_order_of_their_names()
    {
        Write("b.yml", "second");
        Write("a.yaml", "first");
        Write("c.json.txt", "passed-over");
        Write("B.yaml", "upper-case-goes-before");

        Assert.Equal(["upper-case-goes-before", "first", "second"], Of("1.34").Providers.Select(p => p.Name));
    }

    [Fact]
    public void A_name_in_two_files_is_refused()
    {
        Write("a.yaml", "same");
        Write("b.yaml", "same");

        Assert.Equal("duplicate provider name \"same\" found in configuration file(s)", Of("1.35").Refusal);
    }

    [Fact]
    public void Up_to_1_33_a_folder_is_no_configuration()
    {
        Write("a.yaml", "p");

        Assert.Equal("unable to read external registry credential provider configuration from \"conf\": read conf: is a directory", Of("1.33").Refusal);
    }

    [Fact]
    public void An_empty_folder_is_refused() => Assert.Equal("no configuration files found in directory \"conf\"", Of("1.35").Refusal);

    [Fact]
    public void A_file_that_is_not_there_is_an_error_of_the_description()
    {
        var error = Assert.Throws<ViaductException>(() => ProviderConfig.Read(Path.Combine(_folder, "none"), "none", KubernetesVersion.Default, NoGates));

        Assert.Equal("VIA2001", error.Code);
    }

    [Fact]
    public void A_file_without_end_is_not_read_to_it()
    {
        File.WriteAllText(Path.Combine(_folder, "a.yaml"), new string('#', (1 << 20) + 1));

        Assert.Equal("VIA2003", Assert.Throws<ViaductException>(() => Of("1.35")).Code);
    }

    private ProviderSetup Of(string version) => ProviderConfig.Read(_folder, "conf", KubernetesVersion.Parse(version), NoGates);

    private void Write(string file, string name) =>
        File.WriteAllText(Path.Combine(_folder, file), Config.Replace("name: ecr-credential-provider", $"name: {name}", StringComparison.Ordinal));
}
