namespace Viaduct.Registry.Tests;

public sealed class LocationTests
{
    private static readonly Uri From = new("https://r.example:5000/v2/a/b/blobs/uploads/");

    [Theory]
    [InlineData("/v2/x?_state=a%2Fb%3d%3D&b=+", "https://r.example:5000/v2/x?_state=a%2Fb%3d%3D&b=+")]
    [InlineData("https://s3.example/k%41?X-Sig=%2b", "https://s3.example/k%41?X-Sig=%2b")]
    [InlineData("//s3.example/k", "https://s3.example/k")]
    [InlineData("uuid-1", "https://r.example:5000/v2/a/b/blobs/uploads/uuid-1")]
    [InlineData("?x=1", "https://r.example:5000/v2/a/b/blobs/uploads/?x=1")]
    [InlineData("/v2/x#frag", "https://r.example:5000/v2/x")]
    [InlineData("https://s3.example", "https://s3.example/")]
    [InlineData("https://s3.example?x=1/2", "https://s3.example/?x=1/2")]
    [InlineData("https://s3.example\\@r.example/", null)]
    [InlineData("/v2/a b", null)]
    [InlineData("/v2/a\r\nX: y", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    [InlineData("https://", null)]
    public void A_location_is_resolved_and_its_query_kept_to_the_byte(string? location, string? resolved)
    {
        Assert.Equal(resolved is not null, Locations.TryResolve(From, location, out var uri));
        Assert.Equal(resolved, uri?.OriginalString);
    }

    [Theory]
    [InlineData("https://r/u", "https://r/u?digest=sha256%3Aab")]
    [InlineData("https://r/u?", "https://r/u?digest=sha256%3Aab")]
    [InlineData("https://r/u?_state=x%3D", "https://r/u?_state=x%3D&digest=sha256%3Aab")]
    [InlineData("https://r/u?a&", "https://r/u?a&digest=sha256%3Aab")]
    public void The_digest_is_added_and_nothing_changed(string location, string commit) =>
        Assert.Equal(commit, Locations.WithDigest(new Uri(location), "sha256:ab").OriginalString);
}
