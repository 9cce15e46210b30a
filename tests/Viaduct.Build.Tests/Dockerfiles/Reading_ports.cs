using Viaduct.Build.Dockerfiles;

namespace Viaduct.Build.Tests;

public sealed class Reading_ports
{
    [Theory]
    [InlineData("80", "80/tcp")]
    [InlineData("53/UDP", "53/udp")]
    [InlineData("8000-8002", "8000-8002/tcp")]
    [InlineData("127.0.0.1:8080:80/sctp", "80/sctp")]
    [InlineData("0", "0/tcp")]
    [InlineData("65536", null)]
    [InlineData("9-8", null)]
    [InlineData("80/icmp", null)]
    [InlineData("http", null)]
    [InlineData("-1", null)]
    [InlineData("", null)]
    public void Ports_are_written_with_their_protocol(string text, string? ports) =>
        Assert.Equal(ports, PortSpec.Parse(text) is { } found ? (found.First == found.Last ? $"{found.First}" : $"{found.First}-{found.Last}") + "/" + found.Protocol : null);
}
