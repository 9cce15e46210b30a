using Viaduct.Oci;

namespace Viaduct.Registry.Tests;

/// <summary>One token for all that is under way, as long as the service gives it.</summary>
public sealed class ScopeFallbackTests
{
    [Fact]
    public async Task A_mount_s_challenge_has_two_scopes_in_one_attribute_and_both_are_asked_for()
    {
        await using var bed = await AuthBed.StartAsync();
        using var client = bed.Client(TokenServer.Alice);
        var blob = Samples.Blob(1000) with { MountFrom = Reference.Parse($"{bed.Registry.Host}/team/base") };
        await client.Repository(bed.Registry).PushBlobAsync(blob, default);
        var asked = Assert.Single(bed.Service.Seen).Target;
        Assert.Equal("/token?service=bed&scope=repository:team/app:pull,push&scope=repository:team/base:pull", asked);
        Assert.True(bed.Has(blob));
    }

    // whether the registry says why it refuses; requests for tokens: for both, for the second alone, and then for each as it comes
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_service_that_drops_scopes_and_says_nothing_is_asked_for_each_alone_from_then_on(bool saysWhy)
    {
        await using var bed = await AuthBed.StartAsync(mostScopes: 1, saysWhy: saysWhy);
        using var client = bed.Client(TokenServer.Alice);
        var repositories = new[] { "team/a", "team/b", "team/c", "team/d" }.Select(path => client.Repository(bed.Registry, path)).ToList();
        var blob = Samples.Blob(1000);
        foreach (var repository in repositories) await repository.PushBlobAsync(blob, default);
        var scopes = bed.Service.Seen.Select(s => s.Target.Split("scope=").Length - 1).ToList();
        Assert.Equal(4, scopes[0]);
        Assert.Equal([1, 1], scopes[^2..]);
        Assert.True(scopes.Count <= 6, string.Join(' ', scopes));
        bed.AssertCredentialsStayed();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task At_a_service_that_drops_scopes_parallel_requests_are_let_in_all_the_same(bool saysWhy)
    {
        // Which of them meets whose token is chance: a few rounds of many.
        for (var round = 0; round < 5; round++)
        {
            await using var bed = await AuthBed.StartAsync(mostScopes: 1, saysWhy: saysWhy);
            using var client = bed.Client(TokenServer.Alice);
            var repositories = Enumerable.Range(0, 12).Select(i => client.Repository(bed.Registry, $"team/r{i:00}")).ToList();
            await Task.WhenAll(repositories.Select(r => r.PushBlobAsync(Samples.Blob(1000), default)));
            bed.AssertCredentialsStayed();
        }
    }

    [Fact]
    public async Task Who_may_not_push_pulls_with_one_token_for_all_as_before()
    {
        await using var bed = await AuthBed.StartAsync("narrow");
        using var client = bed.Client(TokenServer.Alice);
        var (target, other) = (client.Repository(bed.Registry, "team/a"), client.Repository(bed.Registry, "team/b"));
        Assert.Equal(FailureKind.Denied, (await Assert.ThrowsAnyAsync<ViaductException>(() => target.PushBlobAsync(Samples.Blob(1000), default))).Kind);
        var before = bed.Service.Seen.Count;
        Assert.Null(await other.FindManifestAsync("v1", default));
        Assert.Null(await target.FindManifestAsync("v1", default));
        Assert.InRange(bed.Service.Seen.Count - before, 0, 1);
    }
}
