using System.Net.Sockets;
using System.Net;

namespace Viaduct.Cli.Tests;

public sealed class RegistryTests
{
    [Fact]
    public async Task Serving_says_where_and_ends_well_when_it_is_told_to()
    {
        using var place = new Place();
        var served = await place.ServeAsync("--verbose");
        Assert.Matches("^127\\.0\\.0\\.1:[0-9]+$", served.Address);
        Assert.Equal(1, (await place.RunAsync("inspect", $"{served.Address}/nothing:here")).Exit);
        Assert.Equal(0, await served.StopAsync());
        Assert.Contains("GET /v2/nothing/manifests/here 404", served.Error);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named_with_a_way_out()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        using var place = new Place().Image("hello").With("VIADUCT_PORT", port.ToString());

        var serve = await place.RunAsync("registry", "serve", "--port", port.ToString());
        Assert.Equal(1, serve.Exit);
        Assert.Contains($"error VIA4001: 127.0.0.1:{port}", serve.Error);

        var push = await place.RunAsync("push");
        Assert.Equal(1, push.Exit);
        Assert.Contains("VIA4001", push.Error);
        Assert.Contains("VIADUCT_PORT", push.Error);
    }

    [Fact]
    public async Task A_registry_that_is_down_is_unreachable()
    {
        using var place = new Place().Image("hello");
        var address = $"127.0.0.1:{Place.FreePort()}";
        var push = await place.RunAsync("push", "--registry", address);
        Assert.Equal(5, push.Exit);
        Assert.Contains(address, push.Error);
        Assert.Equal(5, (await place.RunAsync("inspect", $"{address}/hello:latest")).Exit);
    }

    [Fact]
    public async Task A_registry_that_serves_the_store_already_is_used()
    {
        using var place = new Place().Image("hello");
        await using var served = await place.ServeAsync(".viaduct/registry", place.Port, "--verbose");
        var push = await place.RunAsync("push");
        Assert.Equal((0, ""), (push.Exit, push.Error));
        Assert.Contains("PUT /v2/hello/manifests/latest 201", served.Error);
        Assert.Equal(0, (await place.RunAsync("plan", "--check")).Exit);
    }

    [Fact]
    public async Task Requests_are_written_when_that_was_asked_for()
    {
        using var place = new Place().Image("hello");
        var push = await place.RunAsync("push", "--verbose");
        Assert.Contains("HEAD /v2/hello/manifests/latest 404", push.Error);
        Assert.Contains("built hello linux/amd64 sha256:", push.Error);
        Assert.StartsWith("IMAGE", push.Output);
    }
}
