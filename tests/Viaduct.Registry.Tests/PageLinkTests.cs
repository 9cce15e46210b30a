namespace Viaduct.Registry.Tests;

public sealed class PageLinkTests
{
    // a header, and the target of the link whose relation is next
    [Theory]
    [InlineData("</a>; rel=\"next\"", "/a")]
    [InlineData("</a>; rel=next", "/a")]
    [InlineData("</a>;REL=\"prev Next\"", "/a")]
    [InlineData("</a>; rel=\"prev\", </b>; rel=\"next\"", "/b")]
    [InlineData("</a>; rel=\"prev\"; title=\"; rel=next, <x>\", </b?x=1,2;3>; title=t; rel=\"next\"", "/b?x=1,2;3")]
    [InlineData("</next>; rel=\"prev\"", null)]
    [InlineData("</a>; title=\"next\"", null)]
    [InlineData("</a>; title=\"\\\"; rel=next", null)]
    [InlineData("</a>", null)]
    [InlineData("next", null)]
    public void The_next_page_is_the_link_that_says_so(string header, string? target) => Assert.Equal(target, PageLinks.TargetOf(header));
}
