namespace Viaduct.Oci.Tests;

public sealed class DigestTests
{
    private const string Empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private const string Empty512 =
        "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e";

    [Theory]
    [InlineData("sha256:" + Empty, true)]
    [InlineData("sha512:" + Empty512, true)]
    [InlineData("sha512:" + Empty, false)]
    [InlineData("sha256:" + Empty512, false)]
    [InlineData("SHA256:" + Empty, false)]
    [InlineData("sha256:E3B0C44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", false)]
    [InlineData("sha256:../../../../../../../../../../../../../../../../../../../../../../x", false)]
    [InlineData("sha256-" + Empty, false)]
    [InlineData(" sha256:" + Empty, false)]
    [InlineData("sha256:" + Empty + "\n", false)]
    [InlineData("sha256:", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Only_full_lower_case_digests_parse(string? text, bool valid)
    {
        Assert.Equal(valid, Digest.TryParse(text, out var digest));
        Assert.Equal(!valid, digest.IsEmpty);
        if (valid) Assert.Equal(text, digest.ToString());
        else if (text is not null) Assert.Equal("VIA1001", Assert.Throws<ViaductException>(() => Digest.Parse(text)).Code);
    }

    [Fact]
    public void Hashes_and_compares_with_its_own_algorithm()
    {
        Assert.Equal("sha256:" + Empty, Digest.Sha256([]).ToString());
        Assert.True(Digest.Parse("sha256:" + Empty).Matches([]));
        Assert.True(Digest.Parse("sha512:" + Empty512).Matches([]));
        Assert.False(Digest.Parse("sha512:" + Empty512).Matches("x"u8));
        Assert.Equal(("sha512", Empty512, Empty512[..12]), (Digest.Parse("sha512:" + Empty512).Algorithm, Digest.Parse("sha512:" + Empty512).Hex, Digest.Parse("sha512:" + Empty512).Short));
    }

    [Fact]
    public void An_empty_digest_is_of_no_use()
    {
        Assert.Equal("", default(Digest).ToString());
        Assert.Throws<InvalidOperationException>(() => default(Digest).Hex);
    }
}
