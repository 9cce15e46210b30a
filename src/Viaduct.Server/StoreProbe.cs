using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Viaduct.Server;

/// <summary>Asks who listens on a port of this machine: one request, no more than a few KiB and a second.</summary>
internal static class StoreProbe
{
    private const int MaxAnswer = 16 << 10;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>The store id in the answer to <c>GET /v2/</c>; null when nobody answers, or nobody of ours.</summary>
    public static async Task<string?> ReadIdAsync(int port, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), limit.Token).ConfigureAwait(false);
            var request = $"GET /v2/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n";
            await socket.SendAsync(Encoding.ASCII.GetBytes(request), limit.Token).ConfigureAwait(false);
            return FindId(await ReadAsync(socket, limit.Token).ConfigureAwait(false));
        }
        catch (Exception e) when (e is SocketException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }

    private static async Task<string> ReadAsync(Socket socket, CancellationToken cancellationToken)
    {
        var buffer = new byte[MaxAnswer];
        var length = 0;
        while (length < buffer.Length && await socket.ReceiveAsync(buffer.AsMemory(length), cancellationToken).ConfigureAwait(false) is > 0 and var count)
            length += count;
        return Encoding.ASCII.GetString(buffer, 0, length);
    }

    private static string? FindId(string answer) => answer.Split("\r\n")
        .Where(line => line.StartsWith(EmbeddedRegistry.StoreHeader + ":", StringComparison.OrdinalIgnoreCase))
        .Select(line => line[(EmbeddedRegistry.StoreHeader.Length + 1)..].Trim())
        .FirstOrDefault();
}
