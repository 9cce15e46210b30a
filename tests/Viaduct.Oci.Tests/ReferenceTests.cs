namespace Viaduct.Oci.Tests;

public sealed class ReferenceTests
{
    private const string A = "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

    /// <summary>Where no host could answer, or the name is no name, Viaduct refuses what docker's grammar lets pass.</summary>
    private static readonly string[] Stricter = ["host:99999/x", "host:123456/x", "a_b.c/d"];

    public static TheoryData<string, string> Docker()
    {
        var data = new TheoryData<string, string>();
        foreach (var line in File.ReadLines(Golden.PathOf("references.tsv")))
            if (line.Split('\t') is [var name, var answer]) data.Add(name, answer);
        return data;
    }

    [Theory]
    [MemberData(nameof(Docker))]
    public void Reads_a_name_as_docker_does(string text, string answer)
    {
        var known = Reference.TryParse(text, out var reference);
        Assert.Equal(!answer.StartsWith('!') && !Stricter.Contains(text), known);
        if (known) Assert.Equal(answer, (reference!.Tag is null && reference.Digest is null ? reference.WithTag("latest") : reference).ToString());
    }

    [Theory]
    [InlineData("busybox", "docker.io", "library/busybox", null, false, "latest")]
    [InlineData("busybox:1", "docker.io", "library/busybox", "1", false, "1")]
    [InlineData("localhost:5000", "docker.io", "library/localhost", "5000", false, "5000")]
    [InlineData("localhost:5000/x", "localhost:5000", "x", null, false, "latest")]
    [InlineData("[::1]:5000/x/y:2", "[::1]:5000", "x/y", "2", false, "2")]
    [InlineData("Host/x", "Host", "x", null, false, "latest")]
    [InlineData("index.docker.io/x", "docker.io", "library/x", null, false, "latest")]
    [InlineData("r.io/x:1@" + A, "r.io", "x", "1", true, A)]
    [InlineData("r.io/x@" + A, "r.io", "x", null, true, A)]
    public void Parts_a_name(string text, string registry, string repository, string? tag, bool digest, string tagOrDigest)
    {
        var reference = Reference.Parse(text);
        Assert.Equal((registry, repository, tag, digest, tagOrDigest),
            (reference.Registry, reference.Repository, reference.Tag, reference.Digest is not null, reference.TagOrDigest));
        Assert.Equal(reference, Reference.Parse(reference.ToString()));
    }

    [Theory]
    [InlineData("docker.io/library/busybox:1", "busybox:1")]
    [InlineData("docker.io/library/a/b", "library/a/b")]
    [InlineData("docker.io/a/b@" + A, "a/b@" + A)]
    [InlineData("r.io/library/x:1", "r.io/library/x:1")]
    public void Writes_the_familiar_name(string text, string familiar) => Assert.Equal(familiar, Reference.Parse(text).Familiar);

    [Fact]
    public void Another_tag_drops_the_digest_and_another_digest_keeps_the_tag()
    {
        var reference = Reference.Parse("r.io/x:1@" + A);
        Assert.Equal("r.io/x:2", reference.WithTag("2").ToString());
        Assert.Equal("r.io/x:1@" + Digest.Sha256("b"u8), reference.WithDigest(Digest.Sha256("b"u8)).ToString());
        Assert.Equal("VIA1002", Assert.Throws<ViaductException>(() => reference.WithTag("-")).Code);
    }

    [Theory]
    [InlineData("r.io/Upper", "lower case")]
    [InlineData("r.io/x:a b", "tag")]
    [InlineData("r.io/x@sha256:12", "digest")]
    [InlineData("", "empty")]
    [InlineData("-r.io/x", "not a host")]
    public void Says_why_a_name_is_none(string text, string why)
    {
        var error = Assert.Throws<ViaductException>(() => Reference.Parse(text));
        Assert.Equal(("VIA1002", ExitCode.Usage), (error.Code, error.Exit));
        Assert.Contains(why, error.Message);
    }
}
