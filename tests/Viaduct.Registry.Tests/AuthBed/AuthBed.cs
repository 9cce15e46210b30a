using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Viaduct.Oci;

namespace Viaduct.Registry.Tests;

/// <summary>A registry that checks its tokens, the service that issues them, the store where its blobs are, and a fourth that nobody has to ask.</summary>
internal sealed class AuthBed : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("authbed").FullName;
    private readonly GuardedStore _content = new();

    private AuthBed(TokenServer tokens) => Tokens = tokens;

    public TestClock Clock { get; private init; } = new();

    public TokenServer Tokens { get; }

    public ScriptedRegistry Registry { get; private set; } = null!;

    public ScriptedRegistry Service { get; private set; } = null!;

    public ScriptedRegistry Store { get; private set; } = null!;

    public ScriptedRegistry Stranger { get; private set; } = null!;

    /// <summary>Called when a request was let in.</summary>
    public Action<HttpRequest>? LetIn { get; set; }

    /// <summary>Whether a 401 says why (RFC 6750, 3.1), as distribution does.</summary>
    public bool SaysWhy { get; init; } = true;

    public static async Task<AuthBed> StartAsync(string mode = "", bool tls = false, int mostScopes = int.MaxValue, bool saysWhy = true)
    {
        var clock = new TestClock();
        var bed = new AuthBed(new TokenServer(mode, clock) { MostScopes = mostScopes }) { Clock = clock, SaysWhy = saysWhy };
        Action<HttpsConnectionAdapterOptions>? https = tls ? Https : null;
        bed.Stranger = await ScriptedRegistry.StartAsync(http => http.AnswerAsync(200, """{"token":"stolen"}"""), https: https);
        bed.Store = await ScriptedRegistry.StartAsync(bed._content.GiveAsync, https: https);
        bed.Service = await ScriptedRegistry.StartAsync(bed.Tokens.AnswerAsync, https: https);
        bed.Registry = await ScriptedRegistry.StartAsync(bed.GuardAsync, https: https);
        (bed.Tokens.Elsewhere, bed._content.Store) = (bed.Stranger.Url + "/token", bed.Store.Url);
        bed.Write("ca.crt", TestAuthority.Pem);
        return bed;
    }

    /// <summary>Into the registry's folder of certs.d.</summary>
    private void Write(string file, string text) =>
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, OperatingSystem.IsWindows() ? Registry.Host.Replace(":", "") : Registry.Host)).FullName, file), text);

    public RegistryClient Client(Credential? credential) => new(new RegistryOptions
    {
        Clock = Clock, Credentials = credential is null ? NoCredentials.Instance : new TestCredentials((Registry.Host, credential)),
        CertificateFolder = _folder, LooksAtLoopback = true,
    });

    /// <summary>Puts an image there past the guard.</summary>
    public async Task SeedAsync(RawManifest manifest, params Blob[] blobs)
    {
        foreach (var (name, open) in blobs.Select(b => (b.Descriptor.Digest.ToString(), b.OpenAsync)).Append(("v1", Body.Of(manifest).OpenAsync)))
        {
            var http = new DefaultHttpContext { Request = { Method = "PUT", Path = "/v2/team/app/manifests/" + name, Body = await open(default) } };
            await _content.AnswerAsync(http);
        }
    }

    public bool Has(Blob blob) => _content.Has(blob.Descriptor.Digest);

    /// <summary>What was shown to each: alice's password to her service alone, tokens to the registry alone.</summary>
    public void AssertCredentialsStayed()
    {
        Assert.Empty(Stranger.Seen);
        Assert.All(Store.Seen, s => Assert.Null(s.Authorization));
        Assert.All(Registry.Seen, s => Assert.True(s.Authorization is null || s.Authorization.StartsWith("Bearer token-", StringComparison.Ordinal), s.Authorization));
        Assert.All(Service.Seen, s => Assert.True(s.Authorization is null || s.Authorization == TokenServer.Alice.ToBasic()!.ToString(), s.Authorization));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in new[] { Registry, Service, Store, Stranger }) await server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static void Https(HttpsConnectionAdapterOptions https) => https.ServerCertificate = Server;

    private static readonly System.Security.Cryptography.X509Certificates.X509Certificate2 Server = TestAuthority.Issue("127.0.0.1");

    private Task GuardAsync(HttpContext http)
    {
        var need = GuardedStore.NeedOf(http.Request);
        var shown = http.Request.Headers.Authorization.ToString();
        var token = shown.StartsWith("Bearer ", StringComparison.Ordinal) ? Tokens.Granted.GetValueOrDefault(shown[7..]) : null;
        var isGood = token is { IsTrusted: true } && Clock.GetElapsedTime(token.Issued) < token.Lifetime;
        if (isGood && token!.Scopes.Covers(need))
        {
            LetIn?.Invoke(http.Request);
            return _content.AnswerAsync(http);
        }
        var error = shown.Length == 0 || !SaysWhy ? "" : isGood ? ",error=\"insufficient_scope\"" : ",error=\"invalid_token\"";
        return http.AnswerAsync(401, """{"errors":[{"code":"UNAUTHORIZED","message":"authentication required"}]}""", "application/json",
            ("WWW-Authenticate", $"Bearer realm=\"{Service.Url}/token\",service=\"bed\",scope=\"{need}\"{error}"));
    }
}
