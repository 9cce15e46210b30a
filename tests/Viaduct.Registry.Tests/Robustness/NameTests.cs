using System.Text;
using Viaduct.Oci;

namespace Viaduct.Registry.Tests.Robustness;

/// <summary>Names become parts of addresses only after they have been read as what they are to be.</summary>
public sealed class NameTests
{
    public static TheoryData<string> NoDigests => new("sha256:../../../../x", "sha256:" + new string('a', 63), "sha256:" + new string('A', 64), "SHA256:" + new string('a', 64),
        "sha256:" + "../".PadRight(64, 'a'), "md5:d41d8cd98f00b204e9800998ecf8427e", "sha384:" + new string('a', 96), "sha512:" + new string('a', 64), "sha256:" + new string('a', 64) + "/..");

    [Theory]
    [MemberData(nameof(NoDigests))]
    public async Task Digest_used_as_a_path(string digest)
    {
        string[] manifests =
        [
            $$"""{"schemaVersion":2,"config":{"mediaType":"x","digest":"{{digest}}","size":2},"layers":[]}""",
            $$"""{"schemaVersion":2,"config":{"mediaType":"x","digest":"{{Samples.Manifest.Digest}}","size":2},"layers":[{"mediaType":"x","digest":"{{digest}}","size":2}]}""",
            $$"""{"schemaVersion":2,"manifests":[{"mediaType":"x","digest":"{{digest}}","size":2}]}""",
        ];
        var next = 0;
        await using var registry = await ScriptedRegistry.StartAsync(http => http.AnswerAsync(200, manifests[next], "application/json", ("Docker-Content-Digest", digest)));
        using var client = Samples.Client();
        var repository = client.Repository(registry);
        for (; next < manifests.Length; next++)
        {
            // The header is no digest, so it says nothing.
            var manifest = (await repository.FindManifestAsync("v1", default))!;
            Assert.Equal(Digest.Sha256(Encoding.UTF8.GetBytes(manifests[next])), manifest.Digest);
            Assert.Equal("VIA1010", Assert.ThrowsAny<ViaductException>(() => manifest.IsIndex ? manifest.AsIndex().ToString() : manifest.AsImage().ToString()).Code);
        }
        var asked = registry.Seen.Count;
        foreach (var call in (Func<Task>[])[() => repository.FindManifestAsync(digest, default), () => repository.HeadManifestAsync(digest, default), () => repository.TagAsync(digest, Samples.Manifest, default)])
            Assert.Equal("VIA1002", (await Assert.ThrowsAnyAsync<ViaductException>(call)).Code);
        Assert.Equal(asked, registry.Seen.Count);
    }

    [Theory]
    [InlineData("x/../../etc/passwd")]
    [InlineData("../etc")]
    [InlineData("a//b")]
    [InlineData("/a")]
    [InlineData("A/b")]
    [InlineData("a/b?x=1")]
    [InlineData("a/b#x")]
    [InlineData("a%2fb")]
    [InlineData("a\\b")]
    [InlineData("a b")]
    [InlineData("a\nb")]
    [InlineData("a/_uploads")]
    public void Repository_names(string name) =>
        Assert.Equal("VIA1002", Assert.ThrowsAny<ViaductException>(() => Reference.Parse($"registry.example/{name}")).Code);

    [Theory]
    [InlineData("..")]
    [InlineData("../../x")]
    [InlineData("-x")]
    [InlineData(".x")]
    [InlineData("a/b")]
    [InlineData("a?b=1")]
    [InlineData("a%2fb")]
    [InlineData("a b")]
    [InlineData("a\r\nX-Evil: 1")]
    [InlineData("")]
    public async Task Tag_names(string tag)
    {
        await using var registry = await ScriptedRegistry.StartAsync(http => http.AnswerManifestAsync());
        using var client = Samples.Client();
        var repository = client.Repository(registry);
        foreach (var call in (Func<Task>[])[() => repository.FindManifestAsync(tag, default), () => repository.HeadManifestAsync(tag, default), () => repository.TagAsync(tag, Samples.Manifest, default)])
            Assert.Equal("VIA1002", (await Assert.ThrowsAnyAsync<ViaductException>(call)).Code);
        Assert.Empty(registry.Seen);
        Assert.Equal("VIA1002", Assert.ThrowsAny<ViaductException>(() => repository.Name.WithTag(tag)).Code);
    }
}
