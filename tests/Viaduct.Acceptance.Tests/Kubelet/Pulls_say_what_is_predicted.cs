using Viaduct.Oci;
using Viaduct.Simulation;

namespace Viaduct.Acceptance.Tests.Kubelet;

/// <summary>Real pulls through CRI, whose errors are what kubelet shows, beside what is predicted from a look at the same registry.</summary>
public sealed class Pulls_say_what_is_predicted(PullBed bed) : IClassFixture<PullBed>
{
    private static readonly RegistryLogin Right = ScriptedRegistry.Right;
    private static readonly RegistryLogin Wrong = Right with { Password = "no" };

    /// <summary>Scenario, image, login.</summary>
    private static readonly (string What, string Image, RegistryLogin? Login)[] Scenarios =
    [
        ("an open image", "{here}/open/app:multi", null),
        ("an open image, and a login that nobody asks for", "{here}/open/app:multi", Wrong),
        ("absent tag", "{here}/open/app:none", null),
        ("absent repository", "{here}/away/app:multi", null),
        ("absent digest", "{here}/open/app@{absent}", null),
        ("a digest beside a tag that is wrong", "{here}/open/app:none@{multi}", null),
        ("the digest of one platform's image", "{here}/open/app@{child}", null),
        ("no entry for the platform", "{here}/open/app:foreign", null),
        ("an entry that only older runtimes fall back to", "{here}/open/app:older", null),
        ("one image for another platform", "{here}/open/app:single", null),
        ("basic, no credentials", "{here}/basic/app:multi", null),
        ("basic, wrong password", "{here}/basic/app:multi", Wrong),
        ("basic, right password", "{here}/basic/app:multi", Right),
        ("basic, user name only", "{here}/basic/app:multi", Right with { Password = "" }),
        ("basic, password only", "{here}/basic/app:multi", Right with { Username = "" }),
        ("basic, right password, absent tag", "{here}/basic/app:none", Right),
        ("bearer, no credentials", "{here}/bearer/app:multi", null),
        ("bearer, wrong password", "{here}/bearer/app:multi", Wrong),
        ("bearer, right password", "{here}/bearer/app:multi", Right),
        ("bearer, right password, a token by its old name", "{here}/plain/app:multi", Right),
        ("bearer, user name only", "{here}/bearer/app:multi", Right with { Password = "" }),
        ("bearer, right password, absent tag", "{here}/bearer/app:none", Right),
        ("token without the scope, no credentials", "{here}/denied/app:multi", null),
        ("token without the scope, right password", "{here}/denied/app:multi", Right),
        ("token service 403", "{here}/token403/app:multi", null),
        ("token service 403 to a login", "{here}/token403/app:multi", Right),
        ("token service 500", "{here}/token500/app:multi", null),
        ("403", "{here}/s403/app:multi", null),
        ("429", "{here}/s429/app:multi", null),
        ("500", "{here}/s500/app:multi", null),
        ("502", "{here}/s502/app:multi", null),
        ("connection refused", "{nobody}/app:1", null),
        ("unknown host", "no-such-host.invalid/app:1", null),
        ("plain HTTP elsewhere than on loopback", "{plain}/open/app:multi", null),
        ("htpasswd, no credentials", "{distribution}/team/app:1", null),
        ("htpasswd, wrong password", "{distribution}/team/app:1", Wrong),
        ("htpasswd, right password, absent repository", "{distribution}/team/app:1", Right),
    ];

    public static TheoryData<string, bool> All => [.. from s in Scenarios from old in (bool[])[false, true] select new TheoryDataRow<string, bool>(s.What, old)];

    [Fact]
    public void There_are_twenty_scenarios_at_least() => Assert.True(Scenarios.Select(s => s.What).Distinct().Count() >= 20);

    [Theory]
    [MemberData(nameof(All))]
    public async Task To_the_letter(string what, bool old)
    {
        new Containerd("k8s.io", old).Need();
        var (_, written, login) = Scenarios.Single(s => s.What == what);
        foreach (var (word, place) in bed.Places) written = written.Replace(word, place, StringComparison.Ordinal);
        Assert.SkipWhen(written.Contains('{'), "no address but loopback, or no distribution, is here");

        var predicted = await PredictAsync(Reference.Parse(written), login, Runtimes.Parse(old ? "containerd 1.6" : "containerd 2.1"));
        using var containerd = new CriImages(Environment.GetEnvironmentVariable(old ? "VIADUCT_TEST_CONTAINERD_OLD" : "VIADUCT_TEST_CONTAINERD")!);
        await containerd.RemoveAsync(written);
        var real = await containerd.PullAsync(written, login);
        await containerd.RemoveAsync(written);
        Assert.Equal(real is null ? "(pulled)" : PullErrors.AsKubeletSays(real), predicted ?? "(pulled)");
    }

    private async Task<string?> PredictAsync(Reference image, RegistryLogin? login, Runtime runtime)
    {
        var answer = await bed.Live.AskAsync(image, login, CancellationToken.None);
        Assert.True(answer is { Unknown: null, Answer: not null }, answer.Unknown);
        Assert.True(PullErrors.TryTell(runtime, image, answer.Answer, SentCredentials.Of(login), out var text));
        if (text is not null) return PullErrors.AsKubeletSays(text);
        var node = Node.Of(new Platform("linux", "amd64")) with { Runtime = runtime };
        var named = image.Digest is { } digest ? $"{image.Name}@{digest}" : image.ToString();
        var pull = await new PullSimulator().PullAsync(answer.Source!, answer.Manifest!, named, node, CancellationToken.None);
        return pull.Selection is { Chosen: null, Error: { } error } ? PullErrors.AsKubeletSays(error) : null;
    }
}
