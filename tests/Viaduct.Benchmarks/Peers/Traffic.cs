using System.Text.RegularExpressions;

namespace Viaduct.Benchmarks.Peers;

/// <summary>What a registry was asked, read from its log. A connection that never brought a request (a TLS hello to a plain port) is not in it.</summary>
internal sealed partial record Traffic(int Requests, int Connections, string Kinds)
{
    public static Traffic Of(string log)
    {
        var requests = Access().Matches(log);
        var kinds = requests.Select(Kind).GroupBy(k => k).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal);
        return new Traffic(requests.Count, Ports().Matches(log).Select(m => m.Groups[1].Value).Distinct().Count(), string.Join(", ", kinds.Select(g => $"{g.Count()} {g.Key}")));
    }

    private static string Kind(Match request)
    {
        var (method, path, status) = (request.Groups[1].Value, request.Groups[2].Value, request.Groups[3].Value);
        var what = path.Contains("/manifests/") ? "manifest" : path.Contains("mount=") ? "mount" : path.Contains("/blobs/uploads/") ? "upload" : path.Contains("/blobs/") ? "blob" : path == "/v2/" ? "ping" : path.StartsWith("/token", StringComparison.Ordinal) ? "token" : "other";
        return $"{method} {what} {status}";
    }

    /// <summary>The common log format, which distribution writes for every answer.</summary>
    [GeneratedRegex("\"(GET|HEAD|PUT|POST|PATCH|DELETE) (\\S+) HTTP/1\\.[01]\" (\\d{3}) ")]
    private static partial Regex Access();

    [GeneratedRegex("http\\.request\\.remoteaddr=\"?127\\.0\\.0\\.1:(\\d+)")]
    private static partial Regex Ports();
}
