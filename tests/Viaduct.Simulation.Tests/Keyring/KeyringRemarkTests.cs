namespace Viaduct.Simulation.Tests;

/// <summary>What is said of logins that are not offered, or will not help.</summary>
public sealed class KeyringRemarkTests
{
    [Theory]
    [InlineData("node https://r.io/v2=a", "r.io/app", "/var/lib/kubelet/config.json: key 'https://r.io/v2' is for images below /v2, for it lacks the slash at its end: write r.io")]
    [InlineData("node r.io:443=a", "r.io/app", "key 'r.io:443' has port 443 and the image no port: they have to be written alike")]
    [InlineData("node r.io=a", "r.io:5000/app", "key 'r.io' has no port and the image port 5000")]
    [InlineData("node *.r.io=a", "r.io/app", "key '*.r.io' has 3 parts between its dots and r.io has 2: a star stands for one part")]
    [InlineData("node *.r.io=a", "a.b.r.io/app", "key '*.r.io' has 3 parts between its dots and a.b.r.io has 4")]
    [InlineData("node registry-1.docker.io=a", "nginx", "is none that kubelet takes for Docker Hub: write https://index.docker.io/v1/ or docker.io")]
    [InlineData("node https://docker.io/v2=a", "nginx", "is none that kubelet takes for Docker Hub")]
    [InlineData("node index.docker.io=a,docker.io=b", "nginx", "")]
    [InlineData("secret index.docker.io=a ; secret docker.io=b", "nginx", "secret shop/s1: key 'index.docker.io' is asked only where no other key of its keyring matches")]
    [InlineData("node r.io/team=a", "r.io/other/app", "key 'r.io/team' is for images that begin with r.io/team")]
    [InlineData("node R.io=a", "r.io/app", "key 'R.io' differs in the case of its letters, which counts")]
    [InlineData("node HTTPS://r.io=a", "r.io/app", "key 'HTTPS://r.io' begins with a scheme that kubelet does not know")]
    [InlineData("node r.io:x=a", "r.io/app", "key 'r.io:x' cannot be read as a URL, and kubelet passes over it: invalid port \":x\" after host")]
    [InlineData("node [r].io=a", "r.io/app", "key '[r].io' cannot be read as a URL, and kubelet passes over it")]
    [InlineData("node r?.io=a", "rx.io/app", "key 'r?.io' has a question mark, behind which a URL has its query")]
    [InlineData("node https://r.io=a,r.io=b", "r.io/app", "spells r.io in 2 ways (https://r.io, r.io): kubelet tries their logins in random order")]
    [InlineData("node q.io=a ; /.docker/config.json r.io=b", "r.io/app", "/.docker/config.json is hidden by /var/lib/kubelet/config.json: kubelet reads one file")]
    [InlineData("/root/.docker/config.json r.io=b", "r.io/app", "/root/.docker/config.json is at none of the paths where kubelet looks; its $HOME is not set")]
    [InlineData("node !x", "r.io/app", "/var/lib/kubelet/config.json is not valid, and kubelet goes on to the next: invalid character 'x' looking for beginning of value")]
    [InlineData("/config.json unreadable", "r.io/app", "/config.json cannot be read, and kubelet goes on to the next")]
    [InlineData("node !{\"credsStore\":\"desktop\"}", "r.io/app", "/var/lib/kubelet/config.json leaves its logins to credsStore, which kubelet does not run")]
    [InlineData("node !{\"credHelpers\":{\"r.io\":\"x\"}}", "r.io/app", "leaves its logins to credHelpers")]
    [InlineData("node !{\"auths\":{\"r.io\":{}}}", "r.io/app", "is empty, as docker writes it when a credential store keeps it")]
    [InlineData("node !{\"auths\":{\"r.io\":{\"auth\":\"MDA6\",\"identitytoken\":\"t\"}}}", "r.io/app", "is an identity token, which kubelet does not read: it offers an empty password")]
    [InlineData("opaque r.io=a", "r.io/app", "secret shop/s1 is of type Opaque, and kubelet passes over it")]
    [InlineData("bare-key r.io=a", "r.io/app", "secret shop/s1 has no .dockerconfigjson, and kubelet passes over it")]
    [InlineData("secret !{\"r.io\":{\"auth\":\"YTpi\"}}", "r.io/app", "secret shop/s1 has its registries beside auths, not in it")]
    [InlineData("secret r.io=a ; secret !x", "r.io/app", "secret shop/s2 is malformed: kubelet makes no keyring at all")]
    [InlineData("node r.io=a", "r.io/app", "")]
    [InlineData("node q.io=a", "r.io/app", "")]
    public async Task A_near_miss_is_explained(string present, string image, string expected)
    {
        var lookup = await KeyringTable.FindAsync("1.35", present, image);
        if (expected.Length == 0) Assert.Empty(lookup.Remarks);
        else Assert.Contains(expected, Assert.Single(lookup.Remarks), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("secret r.io=a,https://r.io/v2=b ; node r.io=c,R.io=d ; exec p *.io=e")]
    [InlineData("secret !{\"auths\":{\"r.io\":{\"username\":\"hidden\",\"password\":[\"hidden\"]}}}")]
    [InlineData("secret !{\"auths\":{\"r.io\":{\"auth\":\"hidden-hidden!\"}}}")]
    [InlineData("secret !{\"auths\":{\"https://a:hidden@r.io/v2\":{},\"https://a:hidden/x@r.io\":{},\"https://a:%hidden@r.io\":{},\"a:hidden@r.io\":{},\"r.io\":{}}}")]
    [InlineData("secret !{\"auths\":{\"https://a:hidden@r.io/v2\":{},\"https://a:hidden/x@r.io\":{},\"https://a:%hidden@r.io\":{}}}")]
    public async Task Nothing_that_is_shown_holds_a_password(string present)
    {
        var lookup = await KeyringTable.FindAsync("1.35", present, "r.io/app");
        var shown = string.Join('\n', [.. lookup.Remarks, .. lookup.Offered.Select(one => one.ToString()), lookup.Error ?? "", lookup.ToString(), .. lookup.Offered.Select(one => one.Login.ToString())]);
        Assert.DoesNotContain("hidden", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secrets_that_do_not_exist_are_named_and_the_others_used()
    {
        var keyring = new NodeKeyring(KubeletSetup.Default, KubernetesVersion.Default, new NoAnswers());
        var lookup = await keyring.FindAsync(new("shop", [], ["gone"], null), "docker.io/library/nginx", TestContext.Current.CancellationToken);
        Assert.Equal(["gone"], lookup.MissingSecrets);
        Assert.Empty(lookup.Offered);
    }

    private sealed class NoAnswers : IProviderAnswers
    {
        public ValueTask<ProviderAnswer> AskAsync(CredentialProvider provider, string request, CancellationToken cancellationToken) => throw new InvalidOperationException();
    }
}
