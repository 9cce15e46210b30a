using System.Text;
using Viaduct.Oci;

namespace Viaduct.Simulation.Tests;

public sealed class NodeSourceTests : IDisposable
{
    private const string Kubectl = """{"items": [{"metadata": {"name": "k"}, "status": {"nodeInfo": {"operatingSystem": "linux", "architecture": "arm64", "containerRuntimeVersion": "containerd://1.7.27"}}}]}""";

    private readonly string _folder = Directory.CreateTempSubdirectory("viaduct-nodes").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("nodes.yaml", "- linux/riscv64", "linux/riscv64")]
    [InlineData("nodes.yml", "- linux/riscv64", "linux/riscv64")]
    [InlineData("nodes.json", Kubectl, "k")]
    [InlineData("nodes.yaml", Kubectl, "k")]
    [InlineData("nodes.json", """["linux/riscv64"]""", "linux/riscv64")]
    [InlineData("nodes.json", """{"nodes": ["linux/riscv64"]}""", "linux/riscv64")]
    [InlineData("nodes.json", """ { "nodes" : [ { "platform": "linux/riscv64" } ] } """, "linux/riscv64")]
    [InlineData("eks", "- linux/riscv64", "linux/riscv64")]
    public async Task Files_are_read_by_what_they_hold(string name, string text, string expected)
    {
        var path = Path.Combine(_folder, name);
        await File.WriteAllTextAsync(path, text);
        Assert.Equal(expected, (await NodeSource.ReadAsync(path, null, default)).Nodes.Single().Name);
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public async Task What_PowerShell_writes_is_read_too(string encoding)
    {
        var chosen = Encoding.GetEncoding(encoding);
        foreach (var (text, name) in new[] { (Kubectl, "k"), ("- linux/riscv64\n", "linux/riscv64") })
            Assert.Equal(name, (await NodeText.PipeAsync([.. chosen.GetPreamble(), .. chosen.GetBytes(text)])).Nodes.Single().Name);
    }

    [Fact]
    public async Task A_set_wins_over_a_file_of_its_name_unless_the_file_is_written_as_one()
    {
        var path = Path.GetRelativePath(Environment.CurrentDirectory, Path.Combine(_folder, "eks"));
        await File.WriteAllTextAsync(path, "- linux/riscv64");
        Assert.Equal("linux/riscv64", (await NodeSource.ReadAsync(path, null, default)).Nodes.Single().Name);
        Assert.True((await NodeSource.ReadAsync("eks", null, default)).Nodes.Count > 5);
        Assert.Equal("VIA2001", (await Fails("./eks")).Code);
        Assert.Equal("VIA2001", (await Fails("eks.yaml")).Code);
    }

    [Theory]
    [InlineData("-", "VIA2001: standard input: cannot be read: there is none")]
    [InlineData("nowhere.yaml", "VIA2001: nowhere.yaml: cannot be read: it does not exist")]
    [InlineData("nowhere/nodes.json", "VIA2001: nowhere/nodes.json: cannot be read: it does not exist")]
    [InlineData("/", "VIA2001: /: cannot be read: the system refuses it")]
    [InlineData("a/\0", "VIA2001: a/?: cannot be read: the system refuses it")]
    [InlineData("nodes", "VIA6013: 'nodes' is neither a file nor a ready-made set of nodes")]
    [InlineData("", "VIA6013: '' is neither a file nor a ready-made set of nodes")]
    [InlineData("linux/arm64", "VIA6013: 'linux/arm64' is neither a file nor a ready-made set of nodes\n  It is a platform; in a file of nodes it is the line '- linux/arm64'.")]
    public async Task What_is_not_there_is_said(string text, string expected) => Assert.StartsWith(expected, (await Fails(text)).Render(), StringComparison.Ordinal);

    [Fact]
    public async Task A_file_of_nodes_that_is_too_large_is_not_read()
    {
        var large = new Repeated(int.MaxValue, "", _ => "- linux/arm64\n", "");
        Assert.Equal("VIA2003", (await Assert.ThrowsAsync<ViaductException>(() => NodeSource.ReadAsync("-", large, default))).Code);
        Assert.True(large.Total < 4 << 20);
    }

    [Fact]
    public async Task Reading_stops_when_it_is_cancelled()
    {
        using var source = new CancellationTokenSource();
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => NodeSource.ReadAsync("-", new Repeated(int.MaxValue, "", _ => " ", ""), source.Token));
    }

    private static Task<ViaductException> Fails(string text) => Assert.ThrowsAsync<ViaductException>(() => NodeSource.ReadAsync(text, null, default));
}
