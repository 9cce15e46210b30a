using Viaduct.Oci;

namespace Viaduct.Registry.Tests;

public sealed class CredentialHelperTests : CredentialBed
{
    private const string Answer = """echo '{"ServerURL":"x","Username":"alice","Secret":"pw"}'""";

    // what the helper does: outcome
    [Theory]
    [InlineData($"cat > $SEEN; {Answer}", "alice", "pw", null, null)]
    [InlineData($"cat > $SEEN; echo 'a word for people' >&2; {Answer}", "alice", "pw", null, null)]
    [InlineData($"cat > $SEEN; {{ sleep 20 < /dev/null > /dev/null & }}; {Answer}", "alice", "pw", null, null)]
    [InlineData($"echo x > $SEEN; exec < /dev/null; {Answer}", "alice", "pw", null, null)]
    [InlineData("""cat > $SEEN; echo '{"ServerURL":"x","Username":"<token>","Secret":"idt"}'""", null, null, "idt", null)]
    [InlineData("""cat > $SEEN; echo '{"ServerURL":"x","Username":"alice","Secret":""}'""", null, null, null, null)]
    [InlineData("""cat > $SEEN; echo 'credentials not found in native keychain'; exit 1""", null, null, null, null)]
    [InlineData("""cat > $SEEN; echo 'secret trouble'; exit 3""", null, null, null, "failed with exit code 3")]
    [InlineData("""cat > $SEEN; echo 'secret'""", null, null, null, "did not answer in the helpers' JSON")]
    [InlineData("""cat > $SEEN; echo '["secret"]'""", null, null, null, "did not answer in the helpers' JSON")]
    [InlineData("""cat > $SEEN; echo '{"Username":"secret"}'""", null, null, null, "did not answer in the helpers' JSON")]
    [InlineData("""cat > $SEEN; echo '{"Username":"\ud800","Secret":"secret"}'""", null, null, null, "did not answer in the helpers' JSON")]
    [InlineData("""cat > $SEEN""", null, null, null, "did not answer in the helpers' JSON")]
    [InlineData("""cat > $SEEN; head -c 1000000 /dev/zero""", null, null, null, "answered with more than 262144 bytes")]
    [InlineData("""cat > $SEEN; exec sleep 30""", null, null, null, "did not answer within 60 s")]
    [InlineData("""cat > $SEEN; kill -9 $$""", null, null, null, "failed with exit code 137")]
    public async Task A_helper_is_asked_and_the_file_is_not(string script, string? user, string? password, string? identity, string? error)
    {
        Helper("x", script);
        Write(".docker/config.json", "{\"credsStore\":\"x\"," + Auths(("docker.io", "file"))[1..]);
        var finding = Known.FindAsync("docker.io", default).AsTask();
        if (error is not null)
        {
            var e = await Assert.ThrowsAsync<ViaductException>(() => finding);
            Assert.Equal(("VIA3041", $"the credential helper docker-credential-x {error}"), (e.Code, e.Message));
            Assert.DoesNotContain("secret", e.ToString());
            return;
        }
        var credential = await finding;
        Assert.Equal((user, password, identity), (credential?.Username, credential?.Password, credential?.IdentityToken));
        if (script.StartsWith("cat", StringComparison.Ordinal)) Assert.Equal("https://index.docker.io/v1/", Seen("get"));
    }

    // what config.json says of helpers, and the registry that is asked: which helper is run
    [Theory]
    [InlineData("""{"credsStore":"all"}""", "r.example", "all")]
    [InlineData("""{"credsStore":"all","credHelpers":{"r.example":"one"}}""", "r.example", "one")]
    [InlineData("""{"credsStore":"all","credHelpers":{"r.example":"one"}}""", "other.example", "all")]
    [InlineData("""{"credHelpers":{"r.example":"one"}}""", "other.example", null)]
    [InlineData("""{"credHelpers":{"r.example":"one"}}""", "r.example:5000", null)]
    [InlineData("""{"credsStore":"all","credHelpers":{"r.example":""}}""", "r.example", null)]
    [InlineData("""{"credHelpers":{"https://index.docker.io/v1/":"one"}}""", "docker.io", "one")]
    [InlineData("""{"credHelpers":{"index.docker.io":"one"}}""", "docker.io", "one")]
    [InlineData("""{"credHelpers":{"docker.io":"one"}}""", "docker.io", "one")]
    public async Task A_registry_has_its_own_helper_else_that_of_all(string config, string registry, string? ran)
    {
        Helper("one", """echo '{"Username":"one","Secret":"pw"}'""");
        Helper("all", """echo '{"Username":"all","Secret":"pw"}'""");
        Write(".docker/config.json", config);
        Assert.Equal(ran, await UserAsync(registry));
    }

    // the credential: what a helper is told to store
    [Theory]
    [InlineData("al\"ice", "p<w>\né", null, """{"ServerURL":"r.example","Username":"al\"ice","Secret":"p\u003cw\u003e\né"}""")]
    [InlineData("alice", null, "idt", """{"ServerURL":"r.example","Username":"<token>","Secret":"idt"}""")]
    public async Task A_helper_is_told_through_its_input(string user, string? password, string? identity, string told)
    {
        Helper("x", """echo "$@" > $SEEN.words; cat > $SEEN""");
        Write(".docker/config.json", """{"credHelpers":{"r.example":"x"},"auths":{"r.example":{"auth":"b2xkOmNsZWFy"}}}""");
        var kept = await Logins.StoreAsync("r.example", new Credential(user, password) { IdentityToken = identity }, default);
        Assert.Equal(new KeptLogin("docker-credential-x", false), kept);
        Assert.Equal(told.Replace("<token>", "\\u003ctoken\\u003e"), Seen("store"));
        Assert.Equal("store\n", Seen("store.words"));
        // What stood there in clear is gone.
        Assert.Equal("""{"credHelpers":{"r.example":"x"},"auths":{"r.example":{}}}""", File.ReadAllText(Config));
    }

    [Fact]
    public async Task A_helper_that_cannot_store_leaves_everything_as_it_was()
    {
        const string Text = """{"credsStore":"x","auths":{"r.example":{"auth":"b2xkOmNsZWFy"}}}""";
        Helper("x", """cat; exit 1""");
        Write(".docker/config.json", Text);
        var e = await Assert.ThrowsAsync<ViaductException>(() => Logins.StoreAsync("r.example", new Credential("alice", "hidden"), default));
        Assert.Equal("VIA3041", e.Code);
        Assert.DoesNotContain("hidden", e.ToString() + e.Render());
        Assert.Equal(Text, File.ReadAllText(Config));
    }

    // what the helper does at erase
    [Theory]
    [InlineData("cat >> $SEEN; echo >> $SEEN")]
    [InlineData("cat >> $SEEN; echo >> $SEEN; echo 'credentials not found in native keychain'; exit 1")]
    public async Task A_helper_erases_all_names_that_clients_have_stored(string script)
    {
        Helper("x", script);
        Write(".docker/config.json", """{"credsStore":"x","auths":{"r.example":{},"https://r.example/v1/":{},"r.example.org":{}}}""");
        Assert.Equal(new ErasedLogin(true, null), await Logins.EraseAsync("r.example", default));
        Assert.Equal("r.example\nhttps://r.example\nhttp://r.example\n", Seen("erase"));
        Assert.Equal("""{"credsStore":"x","auths":{"r.example.org":{}}}""", File.ReadAllText(Config));
    }

    [Fact]
    public async Task A_helper_that_cannot_erase_is_told_of_once_nothing_stands_in_the_file()
    {
        Helper("x", "cat >> $SEEN; exit 1");
        Write(".docker/config.json", """{"credsStore":"x","auths":{"r.example":{"auth":"b2xkOmNsZWFy"}}}""");
        var erased = await Logins.EraseAsync("r.example", default);
        Assert.Equal((true, "VIA3041"), (erased.WasKept, erased.Trouble?.Code));
        Assert.Equal("""{"credsStore":"x","auths":{}}""", File.ReadAllText(Config));
        Assert.Equal("VIA3041", (await Assert.ThrowsAsync<ViaductException>(() => Logins.EraseAsync("r.example", default))).Code);
    }

    [Fact]
    public async Task What_a_helper_kept_or_erased_is_so_although_the_file_cannot_be_changed()
    {
        Helper("x", "cat > $SEEN");
        Write(".docker/config.json", """{"credsStore":"x"}""");
        Directory.CreateDirectory(At(".docker/.config.json.viaduct-lock"));
        var kept = await Logins.StoreAsync("r.example", new Credential("alice", "pw"), default);
        Assert.Equal(("docker-credential-x", "VIA3043"), (kept.Place, kept.Trouble?.Code));
        Assert.Contains("alice", Seen("store"));
        var erased = await Logins.EraseAsync("r.example", default);
        Assert.Equal((true, "VIA3043"), (erased.WasKept, erased.Trouble?.Code));
        Assert.Equal("http://r.example", Seen("erase"));
    }

    // config.json: what docker runs for Docker Hub, and so where a login is kept
    [Theory]
    [InlineData("""{"credHelpers":{"docker.io":"x"}}""", null)]
    [InlineData("""{"credHelpers":{"index.docker.io":"x"}}""", null)]
    [InlineData("""{"credHelpers":{"https://index.docker.io/v1/":"x"}}""", "docker-credential-x")]
    [InlineData("""{"credHelpers":{"docker.io":"y"},"credsStore":"x"}""", "docker-credential-x")]
    public async Task A_login_is_kept_where_docker_looks_and_found_there_again(string config, string? helper)
    {
        foreach (var name in (string[])["x", "y"]) Helper(name, """case $1 in store) cat > $SEEN;; get) cat "${SEEN%.get}.store" 2>/dev/null || { echo 'credentials not found'; exit 1; };; esac""");
        Write(".docker/config.json", config);
        Assert.Equal(helper ?? Config, (await Logins.StoreAsync("docker.io", new Credential("alice", "pw"), default)).Place);
        Assert.Equal("alice", await UserAsync("docker.io"));
    }

    [Fact]
    public async Task A_file_in_the_PATH_that_is_none_to_run_is_passed_by()
    {
        Helper("x", Answer);
        Write("before/docker-credential-x", "no program");
        Set("PATH", At("before") + Path.PathSeparator + At("bin"));
        Write(".docker/config.json", """{"credsStore":"x"}""");
        Assert.Equal("alice", await UserAsync("r.example"));
    }
}
