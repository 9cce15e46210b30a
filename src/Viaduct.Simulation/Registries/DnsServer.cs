namespace Viaduct.Simulation;

/// <summary>
/// The DNS server that Go names in <c>no such host</c>: the last that its resolver asked, which is the first of resolv.conf where there is one
/// (Go net/dnsclient_unix.go). It is this machine's, and stands for the node's.
/// </summary>
internal static class DnsServer
{
    private const string File = "/etc/resolv.conf";
    private const int MaxBytes = 64 << 10;

    /// <summary>Null where it is not told.</summary>
    public static string? First()
    {
        try
        {
            using var stream = System.IO.File.OpenRead(File);
            var bytes = new byte[MaxBytes];
            var text = System.Text.Encoding.UTF8.GetString(bytes, 0, stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
            return Last(text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    internal static string? Last(string text)
    {
        var servers = text.Split('\n').Select(l => l.Split(new char[] { ' ', '\t' }, StringSplitOptions.RemoveEmptyEntries)).Where(w => w is ["nameserver", ..] && w.Length > 1)
            .Select(w => w[1]).Where(a => System.Net.IPAddress.TryParse(a, out _)).Take(3).ToList();
        return servers.Count == 0 ? null : servers[^1].Contains(':') ? $"[{servers[^1]}]:53" : servers[^1] + ":53";
    }
}
