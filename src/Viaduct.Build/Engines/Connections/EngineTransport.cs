using System.Globalization;
using System.IO.Pipes;
using System.Net;
using System.Net.Sockets;
using Docker.DotNet.Handler.Abstractions;
using Microsoft.Extensions.Logging;

namespace Viaduct.Build.Engines.Connections;

/// <summary>Gives Docker.DotNet one kind of HTTP, whatever it is that carries it; its own transports know neither ssh nor the files of TLS.</summary>
/// <param name="ssh">Finds the program; it may throw <see cref="EngineSilence"/>.</param>
internal sealed class EngineTransport(Func<string> ssh, EnginePatience patience) : IDockerHandlerFactory<DockerEndpoint>
{
    private static readonly TimeSpan ConnectTime = TimeSpan.FromSeconds(30);

    // No place in the network: what docker says to its own connection helpers (docker/cli connhelper.go).
    private static readonly Uri Nowhere = new("http://docker.example.com");

    public ResolvedTransport CreateHandler(DockerEndpoint endpoint, ResolvedClientOptions clientOptions, ILogger logger)
    {
        var handler = new SocketsHttpHandler { ConnectTimeout = ConnectTime, UseProxy = false, UseCookies = false, AllowAutoRedirect = false, ActivityHeadersPropagator = null };
        if (endpoint.Tls is { } tls) handler.SslOptions = tls.Options();
        handler.ConnectCallback = Dialer(endpoint);
        var place = endpoint.Address is TcpAddress tcp ? Place(tcp, endpoint.Tls is null ? "http" : "https") : Nowhere;
        return new(new AnswerBound(handler, patience.Answer), place);
    }

    public ResolvedTransport CreateHandler(ResolvedClientOptions clientOptions, ILogger logger) => throw new NotSupportedException();

    /// <summary>Needed by exec and attach only.</summary>
    public Task<WriteClosableStream> HijackStreamAsync(HttpContent content) => throw new NotSupportedException();

    private static Uri Place(TcpAddress tcp, string scheme) =>
        new($"{scheme}://{(tcp.Host.Contains(':', StringComparison.Ordinal) ? $"[{tcp.Host}]" : tcp.Host)}:{tcp.Port.ToString(CultureInfo.InvariantCulture)}");

    private Func<SocketsHttpConnectionContext, CancellationToken, ValueTask<Stream>> Dialer(DockerEndpoint endpoint)
    {
        switch (endpoint.Address)
        {
            case TcpAddress:
                return (context, token) => SocketAsync(Tcp(), context.DnsEndPoint, token);
            case UnixAddress unix:
                return (_, token) => SocketAsync(new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified), new UnixDomainSocketEndPoint(unix.Path), token);
            case PipeAddress pipe:
                return (_, token) => PipeAsync(pipe, token);
            case SshAddress address:
                // Sought once, before anything is asked of the engine.
                var (program, words) = (ssh(), address.Words(endpoint.Command[0]));
                return (_, _) => ValueTask.FromResult<Stream>(ProcessStream.Start(program, words));
            default:
                throw new NotSupportedException(endpoint.Address.Text);
        }
    }

    /// <summary>A step of a build may say nothing for an hour; a machine that is gone is noticed all the same.</summary>
    private static Socket Tcp()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 30);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 10);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 6);
        return socket;
    }

    private static async ValueTask<Stream> SocketAsync(Socket socket, EndPoint place, CancellationToken cancellationToken)
    {
        try
        {
            await socket.ConnectAsync(place, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async ValueTask<Stream> PipeAsync(PipeAddress address, CancellationToken cancellationToken)
    {
        var pipe = new NamedPipeClientStream(address.Server, address.Name, PipeDirection.InOut, PipeOptions.Asynchronous);
        try
        {
            await pipe.ConnectAsync(ConnectTime, cancellationToken).ConfigureAwait(false);
            return pipe;
        }
        catch
        {
            await pipe.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
