using CsCheck;

namespace Viaduct.Registry.Tests;

public sealed class ScopeSetTests
{
    private static readonly string[] Parts = ["repository:a:pull", "repository:a:push", "repository:b:pull,push", "x"];

    [Theory]
    [InlineData("repository:a:pull,push", "repository:a:pull", true)]
    [InlineData("repository:a:pull", "repository:a:pull,push", false)]
    [InlineData("repository:a:*", "repository:a:pull,push", true)]
    [InlineData("repository:a:pull repository:b:pull", "repository:b:pull", true)]
    [InlineData("repository:a:pull", "repository:b:pull", false)]
    [InlineData("repository:a:pull", "", true)]
    [InlineData("", "repository:a:pull", false)]
    [InlineData("opaque", "opaque", true)]
    public void A_set_covers_what_asks_for_no_more(string have, string want, bool covers) =>
        Assert.Equal(covers, ScopeSet.Parse(have).Covers(ScopeSet.Parse(want)));

    [Fact]
    public void Order_does_not_count() =>
        Assert.Equal(ScopeSet.Parse("repository:b:push,pull repository:a:pull"), ScopeSet.Parse("repository:a:pull repository:b:pull,push"));

    [Fact]
    public void A_mount_asks_for_both_repositories() =>
        Assert.Equal("repository:a:pull repository:b:pull,push", ScopeSet.Push("b").Union(ScopeSet.Pull("a")).ToString());

    [Fact]
    public void A_union_covers_its_parts_and_is_the_same_both_ways() =>
        Gen.Int[0, 3].Select(i => Parts[i]).Array[0, 4].Select(a => string.Join(' ', a)).Array[2]
            .Sample(texts =>
            {
                var (a, b) = (ScopeSet.Parse(texts[0]), ScopeSet.Parse(texts[1]));
                var union = a.Union(b);
                return union.Covers(a) && union.Covers(b) && union.Equals(b.Union(a)) && union.GetHashCode() == b.Union(a).GetHashCode();
            });
}
