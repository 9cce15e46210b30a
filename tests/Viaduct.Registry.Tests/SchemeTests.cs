using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Viaduct.Oci;

namespace Viaduct.Registry.Tests;

/// <summary>What a registry that may speak plain HTTP is taken to speak.</summary>
public sealed class SchemeTests
{
    [Theory]
    [InlineData("")]
    [InlineData("SSH-2.0-x\r\n")]
    [InlineData("H")]
    public async Task What_answers_a_handshake_with_anything_but_HTTP_hears_no_request(string words)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        var heard = new ConcurrentBag<byte>();
        var serving = ServeAsync(listener, heard, words);
        using var client = new RegistryClient(new RegistryOptions
        {
            Clock = new TestClock(), Insecure = true, CertificateFolder = null, Credentials = new TestCredentials((Named(listener), new Credential("u", "p"))),
            Resolve = (_, _) => Task.FromResult(new[] { IPAddress.Loopback }),
        });
        var e = await Assert.ThrowsAsync<TransportException>(() => By(client, Named(listener)).FindManifestAsync("v1", default));
        Assert.Equal(words.Length > 0 ? false : null, e.SpeaksHttp);
        // Looked at, and then asked, each time by TLS.
        Assert.True(heard.Count > 1);
        Assert.All(heard, b => Assert.Equal(22, b));
        listener.Stop();
        await Assert.ThrowsAnyAsync<Exception>(() => serving);
    }

    [Theory]
    [InlineData(true, "")]
    [InlineData(false, "")]
    [InlineData(false, "HTTP/1.1 400 Bad Request\r\n\r\n")]
    [InlineData(false, "\r\n")]
    public async Task On_this_machine_TLS_is_spoken_where_it_is_and_plain_HTTP_everywhere_else(bool tls, string words)
    {
        if (tls)
        {
            await using var registry = await ScriptedRegistry.StartAsync(http => http.AnswerManifestAsync(), tls);
            using var client = new RegistryClient(new RegistryOptions { Clock = new TestClock(), Credentials = NoCredentials.Instance, LooksAtLoopback = true });
            var e = await Assert.ThrowsAsync<TransportException>(() => By(client, registry.Host).FindManifestAsync("v1", default));
            Assert.NotNull(e.Certificate);
            Assert.Empty(registry.Seen);
            return;
        }
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        var heard = new ConcurrentBag<byte>();
        var serving = ServeAsync(listener, heard, words);
        using (var client = new RegistryClient(new RegistryOptions { Clock = new TestClock(), Credentials = NoCredentials.Instance, LooksAtLoopback = true }))
            Assert.Null(await By(client, listener.LocalEndpoint.ToString()!).FindManifestAsync("v1", default));
        // One handshake, one request.
        Assert.Equal([(byte)22, (byte)'G'], heard.Order().ToArray());
        listener.Stop();
        await Assert.ThrowsAnyAsync<Exception>(() => serving);
    }

    private static RepositoryClient By(RegistryClient client, string host, string path = "team/app") => client.Repository(Reference.Parse($"{host}/{path}"));

    private static string Named(TcpListener listener) => $"registry.example:{((IPEndPoint)listener.LocalEndpoint).Port}";

    /// <summary>Says some words to whoever begins with TLS, and that there is nothing to whoever begins with HTTP.</summary>
    private static Task ServeAsync(TcpListener listener, ConcurrentBag<byte> heard, string words)
    {
        listener.Start();
        return Task.Run(async () =>
        {
            while (true)
            {
                using var socket = await listener.AcceptTcpClientAsync();
                var buffer = new byte[4096];
                await socket.GetStream().ReadAtLeastAsync(buffer, 1);
                heard.Add(buffer[0]);
                await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(buffer[0] == 22 ? words : "HTTP/1.1 404 Not Found\r\nDocker-Distribution-Api-Version: registry/2.0\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
            }
        });
    }
}
