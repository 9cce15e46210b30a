using Viaduct.Oci;

namespace Viaduct.Registry.Tests;

/// <summary>Uploads that outlive their token (moby#33558, container-registry#1094).</summary>
public sealed class LongUploadTests
{
    // when the token ends: while the session is opened, or once the blob is on its way; tokens, and how often the blob is sent
    [Theory]
    [InlineData("short", false, 2, 1)]
    [InlineData("short", true, 2, 2)]
    [InlineData("lie", false, 2, 2)]
    [InlineData("lie", true, 2, 2)]
    public async Task A_token_that_ends_before_the_commit_is_renewed_once_and_the_blob_is_sent_again_at_most(string mode, bool onItsWay, int tokens, int puts)
    {
        await using var bed = await AuthBed.StartAsync(mode);
        bed.LetIn = request =>
        {
            if (!onItsWay && request.Method == "POST") bed.Clock.Advance(TokenServer.Short);
        };
        using var client = bed.Client(TokenServer.Alice);
        var opened = 0;
        var large = Samples.Blob(5_000_000);
        var blob = new Blob(large.Descriptor, token =>
        {
            if (onItsWay && opened++ == 0) bed.Clock.Advance(TokenServer.Short);
            return large.OpenAsync(token);
        });
        await client.Repository(bed.Registry).PushBlobAsync(blob, default);
        Assert.True(bed.Has(blob));
        Assert.Equal((tokens, puts), (bed.Service.Seen.Count, bed.Registry.Count("PUT", "/v2/")));
        bed.AssertCredentialsStayed();
    }

    [Fact]
    public async Task Many_uploads_that_lose_their_token_at_once_ask_for_one_new_one()
    {
        await using var bed = await AuthBed.StartAsync("lie");
        using var client = bed.Client(TokenServer.Alice);
        var repository = client.Repository(bed.Registry);
        await repository.PushBlobAsync(Samples.Blob(10), default);
        bed.Clock.Advance(TokenServer.Short);
        var blobs = Enumerable.Range(2, 6).Select(seed => Samples.Blob(1000, seed)).ToList();
        await Task.WhenAll(blobs.Select(b => repository.PushBlobAsync(b, default)));
        Assert.All(blobs, b => Assert.True(bed.Has(b)));
        Assert.Equal(2, bed.Service.Seen.Count);
    }
}
