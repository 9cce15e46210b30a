using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace Build.Release.Tests;

/// <summary>A server that holds requests to GitHub's own description of its API (@octokit/openapi), and answers those that do not fit it with what is wrong.</summary>
internal sealed class Prism : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly HttpClient _http = new();
    private readonly string _address;
    private readonly Process _process;

    private Prism(string program, string description)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        _address = $"http://127.0.0.1:{port}";
        _process = Process.Start(new ProcessStartInfo(program, ["mock", "--errors", "-h", "127.0.0.1", "-p", $"{port}", description]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public static async Task<Prism> StartAsync()
    {
        var packages = Environment.GetEnvironmentVariable("VIADUCT_TEST_NPM");
        Assert.SkipUnless(Directory.Exists(packages), "prism and GitHub's OpenAPI description are not here: .ci/parts.sh installs them and says where");
        var prism = new Prism($"{packages}/.bin/prism", $"{packages}/@octokit/openapi/generated/api.github.com.json");
        var began = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await prism._http.GetAsync(prism._address);
                return prism;
            }
            catch (HttpRequestException) when (began.Elapsed < Patience && !prism._process.HasExited)
            {
                await Task.Delay(200);
            }
        }
    }

    /// <summary>What does not fit; null for a request that does.</summary>
    public async Task<string?> ViolationsAsync(Recorded recorded)
    {
        using var request = new HttpRequestMessage(new HttpMethod(recorded.Method), _address + recorded.PathAndQuery);
        if (recorded.Body.Length > 0 || recorded.ContentType is not null)
        {
            request.Content = new ByteArrayContent(recorded.Body);
            if (recorded.ContentType is { } type) request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        }
        if (recorded.Authorization is { } authorization) request.Headers.TryAddWithoutValidation("Authorization", authorization);
        using var answer = await _http.SendAsync(request);
        // Prism tells an unknown path by 404, a method by 405, and a violation by a header and 422.
        return answer.Headers.TryGetValues("sl-violations", out var violations) ? string.Join(' ', violations)
            : answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed or HttpStatusCode.UnprocessableEntity or HttpStatusCode.Unauthorized ? $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}" : null;
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.Dispose();
        _http.Dispose();
    }
}
