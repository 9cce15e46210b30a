using CsCheck;
using Viaduct.Oci;

namespace Viaduct.Simulation.Tests;

public sealed class PullErrorTests
{
    private static readonly string[] Covered =
        ["containerd 1.6", "containerd 1.7", "containerd 2.0", "containerd 2.1", "containerd 2.1 local", "docker 20.10", "docker 28", "docker 28 store"];

    private static readonly AuthChallenge Hub = new(ChallengeScheme.Bearer) { Realm = "https://auth.docker.io/token", Service = "registry.docker.io", Scope = "repository:library/private:pull" };

    [Theory]
    [InlineData("containerd 1.6", "rpc error: code = Unknown desc = failed to pull and unpack image \"docker.io/library/private:latest\": failed to resolve reference \"docker.io/library/private:latest\": pulling from host registry-1.docker.io failed with status code [manifests latest]: 429 Too Many Requests")]
    [InlineData("containerd 1.7", "rpc error: code = Unknown desc = failed to pull and unpack image \"docker.io/library/private:latest\": failed to resolve reference \"docker.io/library/private:latest\": unexpected status from HEAD request to https://registry-1.docker.io/v2/library/private/manifests/latest: 429 Too Many Requests")]
    [InlineData("containerd 2.1", "rpc error: code = Unknown desc = failed to pull and unpack image \"docker.io/library/private:latest\": failed to resolve image: unexpected status from HEAD request to https://registry-1.docker.io/v2/library/private/manifests/latest: 429 Too Many Requests")]
    [InlineData("docker 28", "Error response from daemon: toomanyrequests: You have reached your pull rate limit.")]
    public void Docker_Hub_is_asked_at_its_own_host_and_named_by_its_short_name(string runtime, string text) =>
        Assert.Equal(text, Tell(runtime, "private", new() { Manifest = PullErrorScenario.Refusal(429, "TOOMANYREQUESTS", "You have reached your pull rate limit.") }));

    [Theory]
    [InlineData("containerd 2.1", "failed to pull and unpack image \"docker.io/library/private:latest\": failed to resolve image: pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed")]
    [InlineData("docker 20.10", "Error response from daemon: pull access denied for private, repository does not exist or may require 'docker login': denied: requested access to the resource is denied")]
    [InlineData("docker 28 store", "Error response from daemon: pull access denied for private, repository does not exist or may require 'docker login'")]
    public void A_private_image_of_Docker_Hub_is_denied_in_the_words_that_everybody_knows(string runtime, string text)
    {
        var refused = Hub with { Error = "insufficient_scope" };
        Assert.Equal(text, PullErrors.AsKubeletSays(Tell(runtime, "private", new() { Ping = Hub with { Accepts = true }, Challenge = refused })!));
    }

    [Fact]
    public void A_token_request_keeps_the_query_of_its_realm_and_sorts_it()
    {
        var challenge = new AuthChallenge(ChallengeScheme.Bearer)
        {
            Realm = "https://auth.example/token?zone=a b&account=x", Service = "reg", Scope = "repository:other/app:pull repository:team/app:pull", TokenRefusal = new HttpAnswer(401),
        };
        Assert.EndsWith(
            "GET request to https://auth.example/token?account=x&scope=repository%3Aother%2Fapp%3Apull&scope=repository%3Ateam%2Fapp%3Apull&service=reg&zone=a+b: 401 Unauthorized",
            Tell("containerd 2.1", "reg.example/team/app:1", new() { Challenge = challenge }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", true, null)]
    [InlineData("https://reg.example", true, null)]
    [InlineData("https://reg.example:5000/v1/", false, null)]
    [InlineData("reg.example", false, null)]
    [InlineData("reg.example:443", false, null)]
    [InlineData("10.0.0.1:5000", false, "parse server address: parse \"10.0.0.1:5000\": first path segment in URL cannot contain colon")]
    public void Credentials_are_sent_to_the_server_that_they_name(string serverAddress, bool sends, string? defect)
    {
        var credentials = SentCredentials.For(serverAddress, Reference.Parse("reg.example/app:1"));
        Assert.Equal((sends, defect), (credentials.Sends, credentials.Defect));
    }

    [Theory]
    [InlineData("rpc error: code = Unknown desc = failed to pull", "failed to pull")]
    [InlineData("rpc error: code = NotFound desc = failed to pull", "rpc error: code = NotFound desc = failed to pull")]
    [InlineData("ImagePullBackOff", "ImagePullBackOff")]
    public void Kubelet_takes_the_wrapping_off_an_unknown_code_alone(string text, string shown) => Assert.Equal(shown, PullErrors.AsKubeletSays(text));

    [Fact]
    public void Tools_whose_words_are_not_known_are_not_guessed() =>
        Assert.False(PullErrors.TryTell(Runtimes.Parse("crane"), Reference.Parse("a"), new(), SentCredentials.None, out _));

    [Fact]
    public void Whatever_a_registry_refuses_every_runtime_says_something_and_a_registry_that_serves_is_not_complained_about() =>
        Gen.Select(Gen.Int[0, Covered.Length - 1], Gen.Int[200, 599], Gen.String, Gen.Bool)
            .Sample((runtime, status, body, secure) =>
            {
                var answer = new RegistryAnswer { Secure = secure, Manifest = new HttpAnswer(status) { Body = body } };
                Assert.Equal(status >= 400, Tell(Covered[runtime], "127.0.0.1:5000/team/app:1", answer) is { Length: > 0 });
            });

    private static string? Tell(string runtime, string reference, RegistryAnswer answer)
    {
        Assert.True(PullErrors.TryTell(Runtimes.Parse(runtime), Reference.Parse(reference), answer, SentCredentials.None, out var text));
        return text;
    }
}
