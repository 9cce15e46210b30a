using System.Net.Sockets;
using Viaduct.Cli.Terminal;

namespace Viaduct.Cli.Docker;

/// <summary>
/// The line that docker holds to its plugin. It ends when docker is told to end, by a SIGTERM for example, which reaches docker alone
/// (docker/cli cli-plugins/socket). Older ones have none.
/// </summary>
internal static class PluginSocket
{
    /// <returns>Cancelled when docker hangs up, and with the token that was given. Not to be disposed: docker may do so when all is done.</returns>
    public static CancellationTokenSource Watch(Caller caller, CancellationToken cancellationToken)
    {
        var source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (caller.Variable("DOCKER_CLI_PLUGIN_SOCKET") is { Length: > 0 } address) _ = WatchAsync(address, source);
        return source;
    }

    private static async Task WatchAsync(string address, CancellationTokenSource source)
    {
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            // The NUL before a name that is no file is an @ for Go (net unixsock).
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(address[0] == '@' ? "\0" + address[1..] : address)).ConfigureAwait(false);
            // docker says nothing.
            while (await socket.ReceiveAsync(new byte[1]).ConfigureAwait(false) > 0) { }
        }
        catch (Exception e) when (e is SocketException or ArgumentException or PlatformNotSupportedException)
        {
            // Then there are the signals that reach this process.
            return;
        }
        await source.CancelAsync().ConfigureAwait(false);
    }
}
