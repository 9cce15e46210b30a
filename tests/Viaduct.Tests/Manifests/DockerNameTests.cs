using Viaduct.Manifests;

namespace Viaduct.Tests.Manifests;

public sealed class DockerNameTests
{
    private static readonly string Hex64 = new('a', 64);

    [Theory]
    [InlineData("app", "docker.io/library/app:latest")]
    [InlineData("me/app:1", "docker.io/me/app:1")]
    [InlineData("index.docker.io/app", "docker.io/library/app:latest")]
    [InlineData("localhost/app", "localhost/app:latest")]
    [InlineData("LOCALHOST/app", "LOCALHOST/app:latest")]
    [InlineData("X.io/y", "X.io/y:latest")]
    [InlineData("A/b", "A/b:latest")]
    [InlineData("127.0.0.1:5000/a/b:T", "127.0.0.1:5000/a/b:T")]
    [InlineData("[::1]:5/x", "[::1]:5/x:latest")]
    [InlineData("h_st/x", "docker.io/h_st/x:latest")]
    public void Names_are_completed_as_docker_does(string text, string expected) => Assert.Equal(expected, DockerName.Parse(text).ToString());

    [Fact]
    public void A_digest_needs_no_tag_and_a_tag_beside_it_stays()
    {
        Assert.Equal($"docker.io/library/app@sha256:{Hex64}", DockerName.Parse($"app@sha256:{Hex64}").ToString());
        Assert.Equal($"docker.io/library/app:1@sha256:{Hex64}", DockerName.Parse($"app:1@sha256:{Hex64}").ToString());
        Assert.Equal($"docker.io/library/{Hex64}:latest", DockerName.Parse($"docker.io/{Hex64}").ToString());
    }

    // Recorded from docker 28.5.2.
    public static TheoryData<string, string> Refused => new()
    {
        { "a b", "invalid reference format" },
        { "", "invalid reference format" },
        { "Foo", "invalid reference format: repository name (library/Foo) must be lowercase" },
        { "foo/BAR", "invalid reference format: repository name (foo/BAR) must be lowercase" },
        { "127.0.0.1:1/UPPER:x", "invalid reference format: repository name (UPPER) must be lowercase" },
        { "Lib/X", "invalid reference format: repository name (X) must be lowercase" },
        { "docker.io/X", "invalid reference format: repository name (library/X) must be lowercase" },
        { new string('a', 250) + ":t", "repository name must not be more than 255 characters" },
        { "x.io/" + new string('a', 256) + ":t", "repository name must not be more than 255 characters" },
        { Hex64, $"invalid repository name ({Hex64}), cannot specify 64-byte hexadecimal strings" },
        { "x@sha256:short", "invalid reference format" },
        { "x@sha256:", "invalid reference format" },
        { "x@", "invalid reference format" },
        { "@sha256:aa", "invalid reference format" },
        { "x@md5:" + new string('a', 32), "unsupported digest algorithm" },
        { "x@foo:" + new string('a', 32), "unsupported digest algorithm" },
        { $"x@sha512:{Hex64}", "invalid checksum digest length" },
        { $"x@sha256:{Hex64}a", "invalid checksum digest length" },
        { "foo/bar:TAG@sha256:" + new string('a', 63), "invalid checksum digest length" },
        { $"x@sha256:{Hex64.ToUpperInvariant()}", "invalid checksum digest format" },
        { $"x@SHA256:{Hex64}", "invalid reference format: repository name (library/x@SHA256) must be lowercase" },
        { "x@sha256:" + new string('g', 64), "invalid reference format" },
        { "x@sha256+b64u:" + new string('a', 38), "unsupported digest algorithm" },
        { "x:", "invalid reference format" },
        { "x:" + new string('a', 129), "invalid reference format" },
        { "x..y", "invalid reference format" },
        { "x___y", "invalid reference format" },
        { "x:y:z", "invalid reference format" },
        { "[::1/x", "invalid reference format" },
        { "https://x.io/y", "invalid reference format" },
        { "/x", "invalid reference format" },
        { "x/", "invalid reference format" },
        { "x//y", "invalid reference format" },
        { "x\n", "invalid reference format" },
        { "ä", "invalid reference format" },
        { "x:ä", "invalid reference format" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Other_names_are_refused_in_docker_s_words(string text, string words)
    {
        var error = Assert.Throws<ManifestException>(() => DockerName.Parse(text, "why: "));

        Assert.Equal("VIA5100", error.Code);
        Assert.Equal("why: " + words, error.Words);
    }

    [Theory]
    [InlineData("x@sha256:short", "what follows @ is not a digest")]
    [InlineData("https://x.io/y", "write x.io/y")]
    [InlineData("x:y:z", "the path has characters")]
    // docker takes it, and nothing could listen there.
    [InlineData("host:99999/x", "is not a host")]
    public void And_what_docker_does_not_say_is_said(string text, string part) =>
        Assert.Contains(part, Assert.Throws<ManifestException>(() => DockerName.Parse(text)).Message);
}
