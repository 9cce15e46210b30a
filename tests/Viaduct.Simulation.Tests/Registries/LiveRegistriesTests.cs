using System.Net;
using Viaduct.Oci;
using Viaduct.Registry;

namespace Viaduct.Simulation.Tests;

public sealed class LiveRegistriesTests
{
    private const string Index = """{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[]}""";

    private static readonly RegistryLogin Login = new("ada", "sesame-7431");

    [Fact]
    public async Task A_login_is_not_shown_unless_that_was_asked_for()
    {
        using var registry = new ListeningRegistry(Private);
        using var live = new LiveRegistries(new RegistryOptions(), verifyCredentials: false);
        var answer = await live.AskAsync(Reference.Parse(registry.Address + "/app:1"), Login, default);
        Assert.Null(answer.Answer);
        Assert.Contains("--verify-credentials", answer.Unknown, StringComparison.Ordinal);
        Assert.DoesNotContain(registry.Asked, a => a.Contains("Basic", StringComparison.Ordinal));
        Assert.DoesNotContain(Login.Password, answer.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sesame-7431", true)]
    [InlineData("wrong", false)]
    public async Task A_login_that_is_shown_is_right_or_wrong(string password, bool accepts)
    {
        using var registry = new ListeningRegistry(Private);
        using var live = new LiveRegistries(new RegistryOptions(), verifyCredentials: true);
        var answer = await live.AskAsync(Reference.Parse(registry.Address + "/app:1"), Login with { Password = password }, default);
        Assert.Equal((accepts, accepts), (answer.Answer!.Challenge!.Accepts, answer.Manifest is not null));
    }

    [Fact]
    public async Task What_is_open_or_absent_for_everybody_is_so_with_any_login()
    {
        using var registry = new ListeningRegistry(Serve);
        using var live = new LiveRegistries(new RegistryOptions(), verifyCredentials: false);
        Assert.NotNull((await live.AskAsync(Reference.Parse(registry.Address + "/app:1"), Login, default)).Manifest);
        Assert.Equal(404, (await live.AskAsync(Reference.Parse(registry.Address + "/app:2"), Login, default)).Answer!.Manifest.Status);
    }

    [Fact]
    public async Task Nothing_listens_for_any_login()
    {
        string address;
        using (var registry = new ListeningRegistry(Private)) address = registry.Address;
        using var live = new LiveRegistries(new RegistryOptions(), verifyCredentials: false);
        Assert.Equal(ConnectionFault.Refused, (await live.AskAsync(Reference.Parse(address + "/app:1"), Login, default)).Answer!.Failure!.Fault);
    }

    [Fact]
    public async Task A_token_service_that_is_not_there_is_not_taken_for_the_registry()
    {
        string gone;
        using (var other = new ListeningRegistry(Private)) gone = other.Address;
        using var registry = new ListeningRegistry((_, answer) =>
        {
            answer.StatusCode = 401;
            answer.AddHeader("WWW-Authenticate", $"Bearer realm=\"http://{gone}/token\",service=\"tests\"");
            return null;
        });
        using var live = new LiveRegistries(new RegistryOptions(), verifyCredentials: false);
        var answer = await live.AskAsync(Reference.Parse(registry.Address + "/app:1"), null, default);
        Assert.Null(answer.Answer);
        Assert.Contains(gone, answer.Unknown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("file:///etc/passwd")]
    [InlineData("not an address")]
    public async Task A_login_goes_to_no_realm_that_is_refused(string realm)
    {
        using var registry = new ListeningRegistry((_, answer) =>
        {
            answer.StatusCode = 401;
            answer.AddHeader("WWW-Authenticate", $"Bearer realm=\"{realm}\",service=\"tests\"");
            return null;
        });
        using var live = new LiveRegistries(new RegistryOptions(), verifyCredentials: true);
        var answer = await live.AskAsync(Reference.Parse(registry.Address + "/app:1"), Login, default);
        Assert.Null(answer.Answer);
        Assert.NotNull(answer.Unknown);
        Assert.DoesNotContain(Login.Password, answer.Unknown, StringComparison.Ordinal);
        Assert.DoesNotContain(registry.Asked, a => a.Contains("Basic", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_image_is_asked_for_once_by_however_many()
    {
        using var registry = new ListeningRegistry(Serve);
        using var live = new LiveRegistries(new RegistryOptions(), verifyCredentials: false);
        var image = Reference.Parse(registry.Address + "/app:1");
        await Parallel.ForAsync(0, 100, async (_, token) => await live.AskAsync(image, null, token));
        Assert.Equal(["GET", "HEAD"], registry.Asked.Select(a => a.Split(' ')[0]).Order());
    }

    [Fact]
    public async Task Half_a_login_is_none()
    {
        using var registry = new ListeningRegistry(Private);
        using var live = new LiveRegistries(new RegistryOptions(), verifyCredentials: true);
        Assert.False((await live.AskAsync(Reference.Parse(registry.Address + "/app:1"), Login with { Password = "" }, default)).Answer!.Challenge!.Accepts);
        Assert.DoesNotContain(registry.Asked, a => a.Contains("Basic", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("nameserver 10.0.0.10\n", "10.0.0.10:53")]
    [InlineData("# nameserver 1.1.1.1\nsearch a b\nnameserver\t10.0.0.1 \nnameserver fd00::a\n", "[fd00::a]:53")]
    [InlineData("search a\n", null)]
    public void The_DNS_server_is_the_last_that_was_asked(string text, string? server) => Assert.Equal(server, DnsServer.Last(text));

    private static string? Private(HttpListenerRequest request, HttpListenerResponse answer)
    {
        var right = "Basic " + Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{Login.Username}:{Login.Password}"));
        if (request.Headers["Authorization"] == right) return Serve(request, answer);
        answer.StatusCode = 401;
        answer.AddHeader("WWW-Authenticate", "Basic realm=\"tests\"");
        return null;
    }

    private static string? Serve(HttpListenerRequest request, HttpListenerResponse answer)
    {
        answer.StatusCode = request.Url!.AbsolutePath.EndsWith("/manifests/1", StringComparison.Ordinal) ? 200 : 404;
        if (answer.StatusCode == 404) return """{"errors":[{"code":"MANIFEST_UNKNOWN"}]}""";
        answer.ContentType = "application/vnd.oci.image.index.v1+json";
        answer.AddHeader("Docker-Content-Digest", Digest.Sha256(System.Text.Encoding.UTF8.GetBytes(Index)).ToString());
        return Index;
    }
}
