using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Viaduct.Cli.Tests;

/// <summary>An empty registry that lets in alice with her password, <c>right-secret</c>.</summary>
internal sealed class LoginRegistry : IAsyncDisposable
{
    private readonly WebApplication _app;

    private LoginRegistry(WebApplication app) => _app = app;

    public string Host => new Uri(_app.Urls.First()).Authority;

    public static async Task<LoginRegistry> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(System.Net.IPAddress.Loopback, 0));
        var app = builder.Build();
        app.Run(AnswerAsync);
        await app.StartAsync();
        return new LoginRegistry(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static Task AnswerAsync(HttpContext http)
    {
        var isAlice = http.Request.Headers.Authorization == "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("alice:right-secret"));
        if (!isAlice) http.Response.Headers.WWWAuthenticate = "Basic realm=\"tests\"";
        http.Response.StatusCode = !isAlice ? 401 : http.Request.Path == "/v2/" ? 200 : 404;
        return http.Response.WriteAsJsonAsync(new { errors = new[] { new { code = isAlice ? "MANIFEST_UNKNOWN" : "UNAUTHORIZED", message = "" } } });
    }
}
