namespace Viaduct.Registry.Tests;

public sealed class TargetGuardTests
{
    [Theory]
    [InlineData("registry.example", "https://auth.example/t", true)]
    [InlineData("docker.io", "https://auth.docker.io/token", true)]
    [InlineData("registry.example", "http://auth.example/t", false)]
    [InlineData("registry.example", "http://registry.example/t", false)]
    [InlineData("registry.example", "https://127.0.0.1/t", false)]
    [InlineData("registry.example", "https://127.1/t", false)]
    [InlineData("registry.example", "https://2130706433/t", false)]
    [InlineData("registry.example", "https://0x7f.0.0.1/t", false)]
    [InlineData("registry.example", "https://0.0.0.0/t", false)]
    [InlineData("registry.example", "https://localhost/t", false)]
    [InlineData("registry.example", "https://localhost./t", false)]
    [InlineData("registry.example", "https://x.localhost/t", false)]
    [InlineData("registry.example", "https://LOCALHOST/t", false)]
    [InlineData("registry.example", "https://127。0。0。1/t", false)]
    [InlineData("registry.example", "https://[::1]/t", false)]
    [InlineData("registry.example", "https://[::]/t", false)]
    [InlineData("registry.example", "https://[::ffff:127.0.0.1]/t", false)]
    [InlineData("registry.example", "https://[64:ff9b::a00:1]/t", false)]
    [InlineData("registry.example", "https://[2002:0a00:0001::]/t", false)]
    [InlineData("registry.example", "https://[fd00:ec2::254]/t", false)]
    [InlineData("registry.example", "https://[fe80::1]/t", false)]
    [InlineData("registry.example", "https://[2001:db8::1]/t", true)]
    [InlineData("registry.example", "https://10.0.0.1/t", false)]
    [InlineData("registry.example", "https://172.16.0.1/t", false)]
    [InlineData("registry.example", "https://172.32.0.1/t", true)]
    [InlineData("registry.example", "https://192.168.1.1/t", false)]
    [InlineData("registry.example", "https://100.100.100.200/t", false)]
    [InlineData("registry.example", "https://169.254.169.254/t", false)]
    [InlineData("registry.example", "https://metadata.google.internal/t", false)]
    [InlineData("registry.example", "https://u:p@auth.example/t", false)]
    [InlineData("registry.example", "ftp://auth.example/t", false)]
    [InlineData("10.0.0.5:5000", "https://10.0.0.6/t", true)]
    [InlineData("10.0.0.5:5000", "https://127.0.0.1/t", false)]
    [InlineData("10.0.0.5:5000", "https://169.254.169.254/t", false)]
    [InlineData("127.0.0.1:5000", "http://127.0.0.1:5001/t", true)]
    [InlineData("127.0.0.1:5000", "http://localhost:5001/t", true)]
    [InlineData("127.0.0.1:5000", "http://10.0.0.1/t", false)]
    [InlineData("127.0.0.1:5000", "https://auth.example/t", true)]
    [InlineData("localhost:5000", "http://169.254.169.254/t", false)]
    public void An_address_that_a_registry_hands_out_has_to_be_as_public_as_it_is(string registry, string target, bool allowed)
    {
        var endpoint = RegistryEndpoint.Of(registry, new HashSet<string>());
        Assert.Equal(allowed, TargetGuard.Refuse(endpoint, endpoint.Root, new Uri(target)) is null);
    }

    [Theory]
    [InlineData("docker.io", "https://registry-1.docker.io/")]
    [InlineData("registry.example", "https://registry.example/")]
    [InlineData("registry.example:5000", "https://registry.example:5000/")]
    [InlineData("plain.example:80", "http://plain.example/")]
    [InlineData("127.0.0.1:5000", "http://127.0.0.1:5000/")]
    [InlineData("localhost", "http://localhost/")]
    [InlineData("[::1]:5000", "http://[::1]:5000/")]
    [InlineData("10.0.0.1:5000", "https://10.0.0.1:5000/")]
    public void Plain_http_is_for_loopback_and_for_what_is_named(string registry, string root) =>
        Assert.Equal(root, RegistryEndpoint.Of(registry, new HashSet<string> { "plain.example:80" }).Root.ToString());
}
