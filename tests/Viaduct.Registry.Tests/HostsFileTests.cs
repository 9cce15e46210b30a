using Viaduct.Oci;

namespace Viaduct.Registry.Tests;

public sealed class HostsFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("viaduct-hosts-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Write(string registry, string text)
    {
        var place = Directory.CreateDirectory(Path.Combine(_folder, registry)).FullName;
        File.WriteAllText(Path.Combine(place, "hosts.toml"), text);
        return place;
    }

    private IReadOnlyList<RegistryMirror> Find(string registry, bool insecure = false) => HostsFile.Find(_folder, registry, insecure);

    [Fact]
    public void Hosts_come_in_the_order_of_the_file_and_the_server_last()
    {
        var place = Write("docker.io", """
            server = "https://registry.internal"
            [host."https://b.example"]
              capabilities = ["pull", "Resolve", "push"]
              ca = "b.crt"
              client = [["b.cert", "b.key"], ["both.pem"], "one.pem"]
              dial_timeout = "3s"
            [host."a.example:5000/v2/hub"]
              capabilities = ["pull"]
              override_path = true
              ca = ["/a.crt", "c.crt"]
            [host."https://push.example"]
              capabilities = ["push"]
            """);
        var found = Find("docker.io");
        Assert.Equal(["https://b.example/ True False", "https://a.example:5000/v2/hub False True", "https://registry.internal/ True False"],
            found.Select(m => $"{m.Root} {m.Resolves} {m.OverridePath}"));
        Assert.Equal([Path.Combine(place, "b.crt")], found[0].Authorities);
        Assert.Equal(["b.cert b.key", "both.pem both.pem", "one.pem one.pem"], found[0].Own.Select(o => $"{Path.GetFileName(o.Certificate)} {Path.GetFileName(o.Key)}"));
        Assert.Equal(["/a.crt", Path.Combine(place, "c.crt")], found[1].Authorities);
    }

    // folders that are there, and the one that counts for host.example:5000
    [Theory]
    [InlineData("host.example_5000_ _default", "host.example_5000_")]
    [InlineData("host.example _default", "_default")]
    [InlineData("host.example", "")]
    public void The_first_folder_of_a_registry_counts(string folders, string counts)
    {
        foreach (var folder in folders.Split(' ')) Write(folder, $"[host.\"https://{folder.Trim('_').Replace('_', '-')}.test\"]");
        Assert.Equal(counts.Length == 0 ? [] : [$"https://{counts.Trim('_').Replace('_', '-')}.test/"], Find("host.example:5000").Select(m => m.Root.ToString()));
    }

    [Fact]
    public void A_folder_of_certificates_alone_names_no_mirrors()
    {
        Write("_default", "server = 'https://other.example'");
        Directory.CreateDirectory(Path.Combine(_folder, "host.example"));
        Assert.Empty(Find("host.example"));
    }

    [Theory]
    [InlineData("server = ", "hosts.toml")]
    [InlineData("server = 'a'\nserver = 'b'", "server")]
    [InlineData("[host.'https://a']\ncapabilities = ['fly']", "'fly' is no capability")]
    [InlineData("[host.'https://a']\ncapabilities = 'pull'", "capabilities is no list of texts")]
    [InlineData("[host.'https://a']\nskip_verify = true", "https://a has skip_verify")]
    [InlineData("[host.'https://a']\nskip_verify = 'no'", "skip_verify is neither true nor false")]
    [InlineData("[host.'https://a'.header]\nx = 'y'", "https://a has a header, and none is sent")]
    [InlineData("[host.'https://a']\nclient = [[1]]", "client is neither a file nor pairs of files")]
    [InlineData("[host]\n'https://a' = 'x'", "host.\"https://a\" is no table")]
    public void What_cannot_be_followed_is_said(string text, string says)
    {
        Write("docker.io", text);
        var e = Assert.Throws<ViaductException>(() => Find("docker.io"));
        Assert.Equal("VIA3065", e.Code);
        Assert.Contains(says, e.Render(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_too_deep_is_no_crash()
    {
        Write("docker.io", $"a = {new string('[', 100)}{new string(']', 100)}");
        Assert.Equal("VIA3065", Assert.Throws<ViaductException>(() => Find("docker.io")).Code);
    }

    [Fact]
    public void Skip_verify_is_taken_where_any_certificate_is()
    {
        Write("docker.io", "[host.'https://a']\nskip_verify = true");
        Assert.Single(Find("docker.io", insecure: true));
    }

    [Fact]
    public void A_folder_that_is_named_and_not_there_is_a_mistake() =>
        Assert.Equal("VIA3065", Assert.Throws<ViaductException>(() => HostsFile.Find(Path.Combine(_folder, "none"), "docker.io", false)).Code);

    [Fact]
    public async Task A_mirror_of_the_folder_is_asked_with_the_authority_that_it_names()
    {
        await using var registry = await ScriptedRegistry.StartAsync(http => http.AnswerErrorAsync(404, "MANIFEST_UNKNOWN"));
        using var certificate = SelfSigned.Make(1, "127.0.0.1");
        await using var mirror = await ScriptedRegistry.StartAsync(http => http.AnswerManifestAsync(), https: o => o.ServerCertificate = certificate);
        var place = Write("_default", $"[host.\"{mirror.Url}\"]\nca = 'ca.crt'");
        File.WriteAllText(Path.Combine(place, "ca.crt"), certificate.ExportCertificatePem());
        using var client = new RegistryClient(new RegistryOptions { Clock = new TestClock(), Credentials = NoCredentials.Instance, HostsFolder = _folder });
        Assert.NotNull(await client.Repository(registry).FindManifestAsync("v1", default));
        Assert.Empty(registry.Seen);
        // Without it nobody vouches for the mirror.
        File.WriteAllText(Path.Combine(place, "hosts.toml"), $"[host.\"{mirror.Url}\"]");
        using var other = new RegistryClient(new RegistryOptions { Clock = new TestClock(), Credentials = NoCredentials.Instance, HostsFolder = _folder });
        Assert.Null(await other.Repository(registry).FindManifestAsync("v1", default));
        Assert.Single(registry.Seen);
    }
}
