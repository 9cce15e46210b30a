using System.Text;
using System.Text.Json;
using Viaduct.Oci;

namespace Viaduct.Registry.Tests;

public sealed class CredentialStoreTests : CredentialBed
{
    private static readonly Credential Alice = new("alice", "pw");

    // What docker 28.5 itself writes is indented so.
    [Theory]
    [InlineData(null, "{\n\t\"auths\": {\n\t\t\"r.example\": {\n\t\t\t\"auth\": \"YWxpY2U6cHc=\"\n\t\t}\n\t}\n}")]
    [InlineData("", "{\n\t\"auths\": {\n\t\t\"r.example\": {\n\t\t\t\"auth\": \"YWxpY2U6cHc=\"\n\t\t}\n\t}\n}")]
    [InlineData("{}", "{\n\t\"auths\": {\n\t\t\"r.example\": {\n\t\t\t\"auth\": \"YWxpY2U6cHc=\"\n\t\t}\n\t}\n}")]
    [InlineData("{\n\t\"auths\": {}\n}", "{\n\t\"auths\": {\n\t\t\"r.example\": {\n\t\t\t\"auth\": \"YWxpY2U6cHc=\"\n\t\t}\n\t}\n}")]
    [InlineData("""{"auths":null,"x":1.50}""", """{"auths":{"r.example":{"auth":"YWxpY2U6cHc="}},"x":1.50}""")]
    [InlineData("""{"x": [1,  2] , "auths":{"a":{"auth":"x"}}, "y":"\u0041"}""", """{"x": [1,  2] , "auths":{"a":{"auth":"x"},"r.example":{"auth":"YWxpY2U6cHc="}}, "y":"\u0041"}""")]
    [InlineData("""{"auths":{"r.example":{"auth":"b2xkOm9sZA==","email":"e"},"b":{}}}""", """{"auths":{"r.example":{"auth":"YWxpY2U6cHc="},"b":{}}}""")]
    [InlineData("""{"Auths":{"r\u002eexample":{}}}""", """{"Auths":{"r\u002eexample":{"auth":"YWxpY2U6cHc="}}}""")]
    [InlineData("{\r\n  \"HttpHeaders\": {\"a]}\": \"{\\\"\"}\r\n}\r\n", "{\r\n  \"HttpHeaders\": {\"a]}\": \"{\\\"\"},\n  \"auths\": {\n    \"r.example\": {\n      \"auth\": \"YWxpY2U6cHc=\"\n    }\n  }\r\n}\r\n")]
    public async Task Only_the_entry_of_the_registry_changes(string? before, string after)
    {
        if (before is not null) Write(".docker/config.json", before);
        Assert.Equal(new KeptLogin(Config, true), await Logins.StoreAsync("r.example", Alice, default));
        Assert.Equal(after, await File.ReadAllTextAsync(Config));
        Assert.Equal(Alice, await Known.FindAsync("r.example", default));
    }

    [Theory]
    [InlineData("""{"auths":{"r.example":{"auth":"x"}},"x":1}""", true, """{"auths":{},"x":1}""")]
    [InlineData("{\n\t\"auths\": {\n\t\t\"r.example\": {\n\t\t\t\"auth\": \"x\"\n\t\t}\n\t}\n}", true, "{\n\t\"auths\": {}\n}")]
    [InlineData("""{"auths":{"a":{}, "r.example":{"auth":"x"}, "b":{}}}""", true, """{"auths":{"a":{}, "b":{}}}""")]
    [InlineData("""{"auths":{"https://r.example/v1/":{}, "r.example":{}, "b":{}}}""", true, """{"auths":{ "b":{}}}""")]
    [InlineData("""{"auths":{"r.example":{},"r.example":{}}}""", true, """{"auths":{}}""")]
    [InlineData("""{"auths":{"r.example/team":{},"r.example:5000":{},"xr.example":{}}}""", false, null)]
    [InlineData("""{"x":1}""", false, null)]
    [InlineData(null, false, null)]
    public async Task Erasing_takes_the_registry_out_and_nothing_else(string? before, bool erased, string? after)
    {
        if (before is not null) Write(".docker/config.json", before);
        Assert.Equal(new ErasedLogin(erased, null), await Logins.EraseAsync("r.example", default));
        Assert.Equal(after ?? before, File.Exists(Config) ? await File.ReadAllTextAsync(Config) : null);
    }

    // registry and credential: key and entry that docker reads
    [Theory]
    [InlineData("docker.io", "alice", "pw", null, "https://index.docker.io/v1/", """{"auth":"YWxpY2U6cHc="}""")]
    [InlineData("127.0.0.1:5000", "alice", "p:é", null, "127.0.0.1:5000", """{"auth":"YWxpY2U6cDrDqQ=="}""")]
    [InlineData("r.example", "alice", null, "idt", "r.example", """{"auth":"YWxpY2U6","identitytoken":"idt"}""")]
    [InlineData("r.example", null, null, "idt", "r.example", """{"identitytoken":"idt"}""")]
    public async Task The_entry_is_dockers(string registry, string? user, string? password, string? identity, string key, string entry)
    {
        var credential = new Credential(user, password) { IdentityToken = identity };
        Write(".docker/config.json", """{"x":1}""");
        await Logins.StoreAsync(registry, credential, default);
        Assert.Equal(entry, JsonDocument.Parse(await File.ReadAllBytesAsync(Config)).RootElement.GetProperty("auths").GetProperty(key).GetRawText());
        Assert.Equal(credential with { Password = password ?? (user is null ? null : "") }, await Known.FindAsync(registry, default));
        Assert.True((await Logins.EraseAsync(registry, default)).WasKept);
        Assert.Null(await Known.FindAsync(registry, default));
    }

    [Theory]
    [InlineData("hidden")]
    [InlineData("""{"auths":["hidden"]}""")]
    [InlineData("""{"auths":{} // hidden""" + "\n}")]
    [InlineData("""{"auths":{}}{}""")]
    public async Task A_file_that_cannot_be_understood_is_not_touched(string text)
    {
        Write(".docker/config.json", text);
        var e = await Assert.ThrowsAsync<ViaductException>(() => Logins.StoreAsync("r.example", Alice, default));
        Assert.Equal("VIA3040", e.Code);
        Assert.DoesNotContain("hidden", e.ToString() + e.Render());
        Assert.Equal(text, await File.ReadAllTextAsync(Config));
    }

    [Fact]
    public async Task Nobody_but_the_owner_can_read_what_was_kept()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are no modes");
        await Logins.StoreAsync("r.example", Alice, default);
        const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        if (OperatingSystem.IsWindows()) return;
        Assert.Equal((Owner, Owner | UnixFileMode.UserExecute), (File.GetUnixFileMode(Config), File.GetUnixFileMode(At(".docker"))));
        File.SetUnixFileMode(Config, Owner | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        await Logins.StoreAsync("s.example", Alice, default);
        Assert.Equal(Owner, File.GetUnixFileMode(Config));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_link_stays_one_and_what_it_points_to_is_changed(bool isThere)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need rights there");
        if (isThere) Write("settings/docker.json", """{"x":1}""");
        Directory.CreateDirectory(At(".docker"));
        File.CreateSymbolicLink(Config, "../settings/docker.json");
        await Logins.StoreAsync("r.example", Alice, default);
        Assert.NotNull(new FileInfo(Config).LinkTarget);
        Assert.Contains("YWxpY2U6cHc=", await File.ReadAllTextAsync(At("settings/docker.json")));
    }

    [Fact]
    public async Task Logins_at_the_same_time_do_not_lose_each_other()
    {
        Write(".docker/config.json", """{"x":1,"auths":{"old.example":{"auth":"b2xkOnB3"}}}""");
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(() => Logins.StoreAsync($"r{i}.example", new Credential($"user{i}", "pw"), default))));
        for (var i = 0; i < 40; i++) Assert.Equal($"user{i}", await UserAsync($"r{i}.example"));
        Assert.Equal("old", await UserAsync("old.example"));
        Assert.Equal([".config.json.viaduct-lock", "config.json"], Directory.GetFiles(At(".docker")).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_said()
    {
        Write(".docker", "a file");
        var e = await Assert.ThrowsAsync<ViaductException>(() => Logins.StoreAsync("r.example", Alice, default));
        Assert.Contains(e.Code, (string[])["VIA3040", "VIA3043"]);
        Assert.Equal(Config, e.Where);
    }

    [Fact]
    public async Task Another_writer_that_does_not_end_is_said()
    {
        using var held = await FileLock.TakeAsync(At(".docker/.config.json.viaduct-lock"), TimeSpan.Zero, null, TimeProvider.System, default);
        var late = new LateClock();
        var e = await Assert.ThrowsAsync<ViaductException>(() => new DockerLogins(At(".docker"), Variable, late).StoreAsync("r.example", Alice, default));
        Assert.Equal("VIA3045", e.Code);
    }

    [Fact]
    public async Task Bytes_that_are_no_text_survive_in_the_members_of_others()
    {
        byte[] odd = [.. "{\"x\":\""u8, 0xFF, 0xC3, .. "\",\"auths\":{}}"u8];
        Directory.CreateDirectory(At(".docker"));
        await File.WriteAllBytesAsync(Config, odd);
        await Logins.StoreAsync("r.example", Alice, default);
        Assert.StartsWith(Encoding.Latin1.GetString(odd)[..^2], Encoding.Latin1.GetString(await File.ReadAllBytesAsync(Config)));
    }

    /// <summary>Every look at it is a minute after the last.</summary>
    private sealed class LateClock : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => _now += 60;
    }
}
