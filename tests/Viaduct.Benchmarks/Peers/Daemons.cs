using System.Globalization;
using System.Net.Sockets;

namespace Viaduct.Benchmarks.Peers;

/// <summary>
/// Processes that work for a contestant and are not its children. What they burn for others at the same time is billed, too, and what they
/// do after the contestant's end is not.
/// </summary>
internal sealed class Daemons
{
    private const int SocketLevel = 1; // SOL_SOCKET
    private const int PeerCredentials = 17; // SO_PEERCRED
    private const int TicksASecond = 100; // USER_HZ, which /proc counts in on every machine

    private readonly IReadOnlyList<int> _processes;

    private Daemons(IReadOnlyList<int> processes) => _processes = processes;

    /// <summary>The processes that listen on these sockets: paths, or docker's <c>unix://</c> addresses.</summary>
    public static Daemons Of(IEnumerable<string> sockets) => new([.. sockets.Select(Listener).Distinct()]);

    /// <summary>User and system time of all of them since they started, in steps of 10 ms (proc_pid_stat(5): utime, stime).</summary>
    public TimeSpan Cpu() => TimeSpan.FromSeconds(_processes.Sum(Ticks) / (double)TicksASecond);

    /// <summary>Who called listen(2) is who SO_PEERCRED names (unix(7)).</summary>
    private static int Listener(string address)
    {
        var path = address.StartsWith("unix://", StringComparison.Ordinal) ? address["unix://".Length..] : address;
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(path));
        Span<byte> credentials = stackalloc byte[12];
        socket.GetRawSocketOption(SocketLevel, PeerCredentials, credentials);
        return BitConverter.ToInt32(credentials);
    }

    private static long Ticks(int process)
    {
        var stat = File.ReadAllText($"/proc/{process}/stat");
        // The program's name is in parentheses and may hold anything, so counting begins after the last one, at the third field.
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture);
    }
}
