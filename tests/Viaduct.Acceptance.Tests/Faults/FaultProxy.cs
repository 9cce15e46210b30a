using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using Viaduct.TestSupport;

namespace Viaduct.Acceptance.Tests.Faults;

/// <summary>In front of a registry: passes everything on, but for the faults of a plan.</summary>
internal sealed class FaultProxy : IAsyncDisposable
{
    private readonly Relay _relay = new();
    private readonly WebApplication _server;
    private readonly FaultPlan _plan;
    private readonly TokenDesk? _tokens;
    private readonly TimeProvider _clock;
    private readonly string _behind;
    private readonly RegistryKind _kind;

    private FaultProxy(WebApplication server, RegistryKind kind, FaultPlan plan, Door door, TimeProvider clock, string behind, Decoy decoy)
    {
        (_server, _kind, _plan, _clock, _behind, Decoy) = (server, kind, plan, clock, behind, decoy);
        _tokens = door == Door.Tokens ? new TokenDesk(() => new Uri(_server.Urls.First())) : null;
    }

    public string Address => new Uri(_server.Urls.First()).Authority;

    public Decoy Decoy { get; }

    /// <param name="behind">Host and port of the registry.</param>
    public static async Task<FaultProxy> StartAsync(RegistryKind kind, string behind, FaultPlan plan, Door door, TimeProvider clock)
    {
        var certificate = door == Door.Tls ? Certificate() : null;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen =>
            {
                listen.Protocols = HttpProtocols.Http1AndHttp2;
                if (certificate is not null) listen.UseHttps(certificate);
            });
            // Patience is the client's here.
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
        });
        var server = builder.Build();
        var proxy = new FaultProxy(server, kind, plan, door, clock, behind, await Decoy.StartAsync(behind, certificate));
        server.Run(proxy.AnswerAsync);
        await server.StartAsync();
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        // At once: what stalls would be waited for.
        await _server.StopAsync(new CancellationToken(true));
        await _server.DisposeAsync();
        await Decoy.DisposeAsync();
        _relay.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        var isToken = request.Path == "/token";
        var repository = isToken ? request.Query["scope"].ToString().Split(':') is [_, var name, ..] ? name : "" : RepositoryIn(request.Path);
        var round = repository.Split('/')[0];
        // Not a request of any round's: whether this is a registry at all.
        var (kind, chance) = round.Length == 0 ? (FaultKind.None, new Random(0)) : _plan.Next(round, request.Method, isToken ? $"token {round}" : Name(request), isUpload: request.Path.Value!.EndsWith("/uploads/", StringComparison.Ordinal));
        if (kind == FaultKind.ExpiredToken) _tokens!.Expire(context);
        // distribution says in a Location what it was asked by.
        if (request.IsHttps) request.Headers["X-Forwarded-Proto"] = "https";
        Func<Task> pass = isToken ? () => _tokens!.IssueAsync(context, chance)
            : _tokens?.LetsIn(context) == false ? () => _tokens.RefuseAsync(context, repository)
            : () => PassOnAsync(context);
        if (kind is FaultKind.None or FaultKind.ExpiredToken) await pass();
        else await new Spoiler(context, chance, _clock, pass).HappenAsync(kind, Decoy);
    }

    private Task PassOnAsync(HttpContext context)
    {
        // distribution builds its Locations of the name that it was asked by; the embedded registry answers to no other name than its own.
        if (_kind == RegistryKind.Embedded) context.Request.Headers.Host = _behind;
        // The registry behind wants none, and distribution refuses what it does not understand.
        context.Request.Headers.Remove("Authorization");
        return _relay.PassOnAsync(context, _behind, context.Request.QueryString.Value ?? "");
    }

    /// <summary>Of a path of the API; empty for the API itself.</summary>
    private static string RepositoryIn(PathString path)
    {
        var words = path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var end = Array.FindLastIndex(words, word => word is "blobs" or "manifests" or "tags" or "referrers");
        return end < 2 ? "" : string.Join('/', words[1..end]);
    }

    /// <summary>An upload's address is made of chance; its digest is not.</summary>
    private static string Name(HttpRequest request)
    {
        var path = request.Path.Value!;
        const string Uploads = "/uploads/";
        return path.IndexOf(Uploads, StringComparison.Ordinal) is >= 0 and var at
            ? $"{path[..(at + Uploads.Length)]}{request.Query["digest"]}{request.Query["mount"]}"
            : path;
    }

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=faults", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(System.Net.IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var issued = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(issued.Export(X509ContentType.Pkcs12), null);
    }
}
