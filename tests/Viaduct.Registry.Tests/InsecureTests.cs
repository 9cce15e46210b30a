using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Viaduct.Oci;

namespace Viaduct.Registry.Tests;

/// <summary>docker's <c>--insecure</c>: any certificate, HTTP where no TLS is spoken, and nothing more.</summary>
public sealed class InsecureTests
{
    private static readonly Blob Blob = Samples.Blob(1000);

    private static RegistryClient Client(bool insecure = true, ICredentialSource? credentials = null, string resolved = "127.0.0.1", string[]? plain = null) =>
        new(new RegistryOptions
        {
            Clock = new TestClock(), Credentials = credentials ?? NoCredentials.Instance, Insecure = insecure, PlainHttp = new HashSet<string>(plain ?? []),
            Resolve = (_, _) => Task.FromResult(new[] { IPAddress.Parse(resolved) }),
        });

    private static RepositoryClient By(RegistryClient client, string host, string path = "team/app") => client.Repository(Reference.Parse($"{host}/{path}"));

    private static string Named(ScriptedRegistry registry) => "registry.example:" + new Uri(registry.Url).Port;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_registry_is_asked_by_what_it_speaks_whatever_its_certificate(bool tls)
    {
        await using var registry = await ScriptedRegistry.StartAsync(http => http.AnswerManifestAsync(), tls);
        using var client = Client();
        Assert.Equal(Samples.Manifest.Digest, (await By(client, registry.Host).FindManifestAsync("v1", default))!.Digest);
        Assert.Equal(Samples.Manifest.Digest, (await By(client, registry.Host, "other/app").FindManifestAsync("v1", default))!.Digest);
        // The handshake carries no request.
        Assert.Equal(["GET /v2/team/app/manifests/v1", "GET /v2/other/app/manifests/v1"], registry.Seen.Select(s => $"{s.Method} {s.Target}"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task So_is_one_by_name_and_without_the_option_neither(bool tls)
    {
        await using var registry = await ScriptedRegistry.StartAsync(http => http.AnswerManifestAsync(), tls);
        using (var client = Client()) Assert.NotNull(await By(client, Named(registry)).FindManifestAsync("v1", default));
        using (var client = Client(insecure: false))
        {
            var e = await Assert.ThrowsAsync<TransportException>(() => By(client, Named(registry)).FindManifestAsync("v1", default));
            Assert.Equal("VIA3003", e.Code);
        }
        Assert.Single(registry.Seen);
    }

    [Fact]
    public async Task The_choice_is_made_once_for_many_requests_at_the_same_time()
    {
        var connections = 0;
        await using var registry = await ScriptedRegistry.StartAsync(http => http.AnswerManifestAsync(), tls: false, () => Interlocked.Increment(ref connections));
        using var client = Client();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => By(client, registry.Host, $"team/app{i}").FindManifestAsync("v1", default)));
        Assert.Equal(20, registry.Seen.Count);
        // One for the handshake, and never more than the requests that may be under way at once.
        Assert.InRange(connections, 2, 9);
    }

    [Fact]
    public async Task A_closed_port_is_said_to_be_one_and_looked_at_again()
    {
        using var client = Client();
        var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        var host = socket.LocalEndpoint.ToString()!;
        socket.Stop();
        for (var i = 0; i < 2; i++)
        {
            var e = await Assert.ThrowsAsync<TransportException>(() => By(client, host).FindManifestAsync("v1", default));
            Assert.Equal(("VIA3001", $"{host} cannot be reached: connection refused", $"GET {host}/v2/team/app/manifests/v1"), (e.Code, e.Message, e.Where));
        }
    }

    [Fact]
    public async Task A_name_that_is_said_to_speak_plain_HTTP_is_not_looked_at()
    {
        var connections = 0;
        await using var registry = await ScriptedRegistry.StartAsync(http => http.AnswerManifestAsync(), tls: false, () => Interlocked.Increment(ref connections));
        using var client = Client(plain: [registry.Host]);
        Assert.NotNull(await By(client, registry.Host).FindManifestAsync("v1", default));
        Assert.Equal(1, connections);
    }

    [Fact]
    public async Task A_handshake_that_TLS_itself_ends_is_no_reason_for_plain_HTTP()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var heard = new List<byte>();
        var serving = Task.Run(async () =>
        {
            while (true)
            {
                using var socket = await listener.AcceptTcpClientAsync();
                var buffer = new byte[1];
                await socket.GetStream().ReadExactlyAsync(buffer);
                lock (heard) heard.Add(buffer[0]);
                // alert, TLS 1.2, fatal, handshake_failure
                await socket.GetStream().WriteAsync(new byte[] { 21, 3, 3, 0, 2, 2, 40 });
            }
        });
        using var client = Client();
        var e = await Assert.ThrowsAsync<TransportException>(() => By(client, listener.LocalEndpoint.ToString()!).FindManifestAsync("v1", default));
        Assert.Equal("VIA3003", e.Code);
        // Every connection began with a TLS record: no request went out in the clear.
        lock (heard) Assert.All(heard, b => Assert.Equal(22, b));
        listener.Stop();
        await Assert.ThrowsAnyAsync<Exception>(() => serving);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_token_service_and_a_store_may_show_any_certificate_too(bool registryTls)
    {
        await using var elsewhere = await ScriptedRegistry.StartAsync(async http =>
        {
            if (http.Request.Path == "/token") await http.AnswerAsync(200, """{"token":"t"}""");
            else await ServeAsync(http);
        }, tls: true);
        await using var registry = await ScriptedRegistry.StartAsync(http =>
            http.Request.Headers.Authorization.Count == 0
                ? http.AnswerAsync(401, null, "", ("WWW-Authenticate", $"Bearer realm=\"https://{elsewhere.Host}/token\",service=\"s\""))
                : http.AnswerAsync(307, null, "", ("Location", $"https://{elsewhere.Host}/blob")), registryTls);
        using var client = Client(credentials: new TestCredentials((registry.Host, new Credential("u", "p"))));
        await using var stream = await By(client, registry.Host).OpenBlobAsync(Blob.Descriptor, default);
        await stream.CopyToAsync(Stream.Null);
        // The token service gets the password, as ever; the store gets nothing.
        Assert.Equal([true, false], elsewhere.Seen.Select(s => s.Authorization is not null));
    }

    [Fact]
    public async Task Nobody_is_led_out_of_TLS_or_into_a_network_by_it()
    {
        await using var inner = await ScriptedRegistry.StartAsync(ServeAsync);
        await using var registry = await ScriptedRegistry.StartAsync(http => http.Request.Path.Value!.Contains("down")
            ? http.AnswerAsync(307, null, "", ("Location", inner.Url + "/x"))
            : http.AnswerAsync(307, null, "", ("Location", "https://169.254.169.254/x")), tls: true);
        using var client = Client();
        foreach (var path in new[] { "down/app", "link/app" })
        {
            var e = await Assert.ThrowsAsync<ViaductException>(() => By(client, registry.Host, path).OpenBlobAsync(Blob.Descriptor, default));
            Assert.Equal("VIA3021", e.Code);
        }
        Assert.Empty(inner.Seen);
    }

    [Fact]
    public async Task Files_are_fetched_with_certificates_that_count()
    {
        await using var server = await ScriptedRegistry.StartAsync(ServeAsync, tls: true);
        var e = await Assert.ThrowsAsync<TransportException>(() => new FileFetcher(new TestClock()).FetchAsync(new Uri($"https://{server.Host}/x"), Stream.Null, default));
        Assert.Equal("VIA3003", e.Code);
    }

    private static async Task ServeAsync(HttpContext http)
    {
        await using var bytes = await Blob.OpenAsync(default);
        await bytes.CopyToAsync(http.Response.Body);
    }
}
