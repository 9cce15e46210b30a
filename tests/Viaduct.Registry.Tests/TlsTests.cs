using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Viaduct.Oci;

namespace Viaduct.Registry.Tests;

public sealed class TlsTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_certificate_that_nobody_vouches_for_and_a_port_without_TLS_are_refused_at_once(bool tls)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var connections = 0;
        var serving = Task.Run(async () =>
        {
            while (true)
            {
                using var socket = await listener.AcceptTcpClientAsync();
                connections++;
                try
                {
                    if (tls) await new SslStream(socket.GetStream()).AuthenticateAsServerAsync(SelfSigned.Certificate);
                    else await socket.GetStream().WriteAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray());
                    await socket.GetStream().ReadAtLeastAsync(new byte[10_000], 10_000, throwOnEndOfStream: false);
                }
                catch (Exception e) when (e is IOException or System.Security.Authentication.AuthenticationException)
                {
                }
            }
        });
        using var wire = new Wire(new RegistryOptions(), RegistryEndpoint.Of(listener.LocalEndpoint.ToString()!, new HashSet<string>()));
        var call = new Call(HttpMethod.Get, new Uri($"https://{listener.LocalEndpoint}/v2/a/b/manifests/v1?secret"));
        var retry = new RetryPolicy(TimeProvider.System);
        var e = await Assert.ThrowsAsync<TransportException>(() => retry.SendAsync(call, (c, token) => wire.SendAsync(c, c.Uri, null, null, token), default));
        Assert.Equal(("VIA3003", ExitCode.Unreachable), (e.Code, e.Exit));
        Assert.DoesNotContain("secret", e.Render());
        if (tls) Assert.Contains("certificate", e.Message);
        Assert.Equal(1, connections);
        listener.Stop();
        await Assert.ThrowsAnyAsync<Exception>(() => serving);
    }
}
