using Viaduct.Oci;

namespace Viaduct.Simulation.Tests;

public sealed class DescribedRegistriesTests
{
    private const string Text = """
        registries:
          - host: open.example
            repositories:
              team/app:
                tags: {v1: [linux/amd64, linux/arm64/v8], arm: linux/arm64, win: ["windows(10.0.20348)/amd64"]}
              team/busy: {status: 429, tags: {v1: linux/amd64}}
              team/gone: {missing: true, tags: {v1: linux/amd64}}
          - hosts: [docker.io, ghcr.example]
            auth: bearer
            users: [{name: ada, password: pw}, {name: bob, password: any}]
            repositories:
              library/nginx: {public: true, tags: {"1": [linux/amd64]}}
              team/app: {allow: [ada], tags: {v1: [linux/amd64]}}
          - host: basic.example
            auth: basic
            users: [{name: ada, password: pw}, {name: bob, password: pw}]
            repositories:
              public/app: {public: true, tags: {v1: linux/amd64}}
              team/app: {allow: [ada], tags: {v1: linux/amd64}}
          - {host: token.example, auth: bearer, tokenStatus: 403, realm: "https://id.example/t"}
          - {host: "down.example:5000", fault: refused, address: 10.0.0.7}
          - {host: lost.example, fault: noSuchHost, dns: "10.0.0.10:53"}
          - {host: tls.example, fault: unknownAuthority}
          - {host: name.example, fault: otherName, names: other.example}
          - {host: slow.example, fault: timeout, address: "10.0.0.9:443"}
          - {host: plain.example, plainHttp: true}
        """;

    private const string Denied = "failed to resolve image: pull access denied, repository does not exist or may require authorization: ";

    private static readonly DescribedRegistries Described = DescribedRegistries.Parse(Text, "registries.yaml");

    [Theory]
    [InlineData("open.example/team/app:v1", null, null)]
    [InlineData("open.example/team/app:v1", "ada:wrong", null)]
    [InlineData("open.example/team/app:none", null, "rpc error: code = NotFound desc = {}failed to resolve image: open.example/team/app:none: not found")]
    [InlineData("open.example/team/gone:v1", null, "rpc error: code = NotFound desc = {}failed to resolve image: open.example/team/gone:v1: not found")]
    [InlineData("open.example/team/busy:v1", null, "{}failed to resolve image: unexpected status from HEAD request to https://open.example/v2/team/busy/manifests/v1: 429 Too Many Requests")]
    [InlineData("nginx:1", null, null)]
    [InlineData("nginx:1", "ada:pw", null)]
    [InlineData("nginx:1", "ada:wrong", "{}failed to resolve image: failed to authorize: failed to fetch oauth token: unexpected status from GET request to https://auth.docker.io/token?scope=repository%3Alibrary%2Fnginx%3Apull&service=docker.io: 401 Unauthorized")]
    [InlineData("nginx:1", "ada:", null)]
    [InlineData("team/app:v1", null, "{}" + Denied + "server message: insufficient_scope: authorization failed")]
    [InlineData("team/app:v1", "ada:pw", null)]
    [InlineData("team/app:v1", "bob:whatever", "{}" + Denied + "server message: insufficient_scope: authorization failed")]
    [InlineData("team/other:v1", "ada:pw", "{}" + Denied + "server message: insufficient_scope: authorization failed")]
    [InlineData("ghcr.example/team/app:none", "ada:pw", "rpc error: code = NotFound desc = {}failed to resolve image: ghcr.example/team/app:none: not found")]
    [InlineData("basic.example/public/app:v1", null, null)]
    [InlineData("basic.example/public/app:v1", "ada:wrong", null)]
    [InlineData("basic.example/team/app:v1", null, "{}" + Denied + "authorization failed: no basic auth credentials")]
    [InlineData("basic.example/team/app:v1", "ada:wrong", "{}failed to resolve image: unexpected status from HEAD request to https://basic.example/v2/team/app/manifests/v1: 401 Unauthorized")]
    [InlineData("basic.example/team/app:v1", "ada:pw", null)]
    [InlineData("basic.example/team/app:v1", "bob:pw", "{}failed to resolve image: unexpected status from HEAD request to https://basic.example/v2/team/app/manifests/v1: 403 Forbidden")]
    [InlineData("token.example/app:v1", null, "{}failed to resolve image: failed to authorize: failed to fetch anonymous token: unexpected status from GET request to https://id.example/t?scope=repository%3Aapp%3Apull&service=token.example: 403 Forbidden")]
    [InlineData("down.example:5000/app:v1", null, "{}failed to resolve image: failed to do request: Head \"https://down.example:5000/v2/app/manifests/v1\": dial tcp 10.0.0.7:5000: connect: connection refused")]
    [InlineData("lost.example/app:v1", null, "{}failed to resolve image: failed to do request: Head \"https://lost.example/v2/app/manifests/v1\": dial tcp: lookup lost.example on 10.0.0.10:53: no such host")]
    [InlineData("tls.example/app:v1", null, "{}failed to resolve image: failed to do request: Head \"https://tls.example/v2/app/manifests/v1\": tls: failed to verify certificate: x509: certificate signed by unknown authority")]
    [InlineData("name.example/app:v1", null, "{}failed to resolve image: failed to do request: Head \"https://name.example/v2/app/manifests/v1\": tls: failed to verify certificate: x509: certificate is valid for other.example, not name.example")]
    [InlineData("slow.example/app:v1", null, "{}failed to resolve image: failed to do request: Head \"https://slow.example/v2/app/manifests/v1\": dial tcp 10.0.0.9:443: i/o timeout")]
    [InlineData("plain.example/app:v1", null, "{}failed to resolve image: failed to do request: Head \"https://plain.example/v2/app/manifests/v1\": http: server gave HTTP response to HTTPS client")]
    public async Task A_described_registry_is_put_into_the_runtimes_words(string image, string? login, string? text)
    {
        var reference = Reference.Parse(image);
        var shown = login?.Split(':') is [var user, var password] ? new RegistryLogin(user, password) : null;
        var answer = await Described.AskAsync(reference, shown, default);
        Assert.True(PullErrors.TryTell(Runtimes.Parse("containerd 2.1"), reference, answer.Answer!, SentCredentials.Of(shown), out var told));
        Assert.Equal(text?.Replace("{}", $"failed to pull and unpack image \"{reference}\": ", StringComparison.Ordinal), told is null ? null : PullErrors.AsKubeletSays(told));
        Assert.Equal(text is null, answer.Manifest is not null);
    }

    [Theory]
    [InlineData("open.example/team/app:v1", "linux/amd64", Verdict.Ok)]
    [InlineData("open.example/team/app:v1", "linux/arm64", Verdict.Ok)]
    [InlineData("open.example/team/app:v1", "linux/s390x", Verdict.Failure)]
    [InlineData("open.example/team/app:arm", "linux/arm64", Verdict.Ok)]
    [InlineData("open.example/team/app:arm", "linux/amd64", Verdict.Failure)]
    [InlineData("open.example/team/app:win", "windows(10.0.20348)/amd64", Verdict.Ok)]
    public async Task Selection_and_start_are_decided_by_the_platforms(string image, string node, Verdict verdict)
    {
        var answer = await Described.AskAsync(Reference.Parse(image), null, default);
        var pull = await new PullSimulator().PullAsync(answer.Source!, answer.Manifest!, image, Node.Of(Platform.Parse(node)), default);
        Assert.True(answer.ProgramsAreUnknown);
        Assert.Equal((verdict, ""), (pull.Verdict, pull.Verdict == verdict ? "" : string.Join('\n', pull.Findings.Select(f => f.Text))));
    }

    [Theory]
    [InlineData("linux/386")]
    [InlineData("linux/arm/v5")]
    [InlineData("linux/arm/v6")]
    [InlineData("linux/arm/v7")]
    [InlineData("linux/ppc64le")]
    [InlineData("linux/riscv64")]
    [InlineData("linux/s390x")]
    [InlineData("linux/loong64")]
    [InlineData("linux/mips64le")]
    public async Task An_image_of_any_platform_runs_on_a_node_of_it(string platform)
    {
        var described = DescribedRegistries.Parse($"registries: [{{host: a.example, repositories: {{app: {{tags: {{v1: [{platform}]}}}}}}}}]", "r");
        var answer = await described.AskAsync(Reference.Parse("a.example/app:v1"), null, default);
        var pull = await new PullSimulator().PullAsync(answer.Source!, answer.Manifest!, "a", Node.Of(Platform.Parse(platform)), default);
        Assert.Equal("Ok", pull.Verdict == Verdict.Ok ? "Ok" : string.Join('\n', pull.Findings.Select(f => f.Text)));
    }

    [Fact]
    public async Task The_digests_of_what_is_described_can_be_pulled_and_stay_the_same()
    {
        var first = (await Described.AskAsync(Reference.Parse("open.example/team/app:v1"), null, default)).Manifest!;
        var child = first.AsIndex().Manifests[1].Digest;
        var again = DescribedRegistries.Parse(Text, "again");
        Assert.Equal(first.Digest, (await again.AskAsync(Reference.Parse($"open.example/team/app:no@{first.Digest}"), null, default)).Manifest?.Digest);
        Assert.Equal(child, (await again.AskAsync(Reference.Parse($"open.example/team/app@{child}"), null, default)).Manifest?.Digest);
        Assert.Equal(404, (await again.AskAsync(Reference.Parse($"open.example/team/app@{Digest.Sha256("x"u8)}"), null, default)).Answer!.Manifest.Status);
    }

    [Fact]
    public async Task What_is_not_described_is_asked_or_not_known()
    {
        var image = Reference.Parse("elsewhere.example/app:1");
        Assert.Contains("elsewhere.example", (await Described.AskAsync(image, null, default)).Unknown, StringComparison.Ordinal);
        Assert.Contains("elsewhere.example", (await Viaduct.Simulation.Registries.Of(Described, null).AskAsync(image, null, default)).Unknown, StringComparison.Ordinal);
        var live = DescribedRegistries.Parse("registries: [{host: '*', fault: refused}]", "live");
        var both = Viaduct.Simulation.Registries.Of(Described, live);
        Assert.NotNull((await both.AskAsync(image, null, default)).Answer!.Failure);
        Assert.NotNull((await both.AskAsync(Reference.Parse("nginx:1"), null, default)).Manifest);
    }
}
