using Viaduct.Oci;

namespace Viaduct.Registry.Tests;

/// <summary>Some accounts are locked after a few wrong passwords.</summary>
public sealed class WrongPasswordTests
{
    // how often it is shown: a token service that refuses all is asked for one scope alone, too
    [Theory]
    [InlineData("Basic", 1)]
    [InlineData("Bearer", 2)]
    public async Task Many_requests_at_once_show_a_wrong_password_once_and_ask_for_another_once(string way, int shown)
    {
        ScriptedRegistry? self = null;
        self = await ScriptedRegistry.StartAsync(http => http.Request.Path == "/token" ? http.AnswerErrorAsync(401, "UNAUTHORIZED")
            : http.AnswerAsync(401, null, "", ("WWW-Authenticate", way == "Basic" ? "Basic realm=\"x\"" : $"Bearer realm=\"{self!.Url}/token\"")));
        await using var registry = self;
        var (clock, credentials) = (new TestClock(), new TestCredentials((registry.Host, new("alice", "no"))));
        using var client = Samples.Client(clock, credentials);
        async Task<int> AskAsync()
        {
            var failures = await Task.WhenAll(Enumerable.Range(0, 16).Select(i =>
                Assert.ThrowsAsync<RegistryException>(() => client.Repository(registry, $"team/r{i}").FindManifestAsync("v1", default))));
            Assert.All(failures, e => Assert.Equal((FailureKind.Denied, false), (e.Kind, e.HasNoCredentials)));
            return registry.Seen.Count(s => s.Authorization is not null);
        }
        Assert.Equal((shown, 2), (await AskAsync(), credentials.Asked));
        Assert.Equal((shown, 2), (await AskAsync(), credentials.Asked));
        // It may have been the service's mistake.
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.InRange(await AskAsync(), shown + 1, 2 * shown);
    }
}
