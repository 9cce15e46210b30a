using Viaduct.Acceptance.Tests.Engines;

namespace Viaduct.Acceptance.Tests.Peers;

public sealed class Logins_are_shared
{
    // what reads a private image with what viaduct stored
    [Theory]
    [InlineData("docker manifest inspect --insecure IMAGE")]
    [InlineData("docker login HOST")]
    [InlineData("crane digest --insecure IMAGE")]
    [InlineData("skopeo --insecure-policy inspect --raw --tls-verify=false --authfile $DOCKER_CONFIG/config.json docker://IMAGE")]
    [InlineData("oras manifest fetch --plain-http --registry-config $DOCKER_CONFIG/config.json IMAGE")]
    public async Task Others_read_with_what_viaduct_stored_and_no_more_after_logout(string line)
    {
        RealParts.NeedDocker();
        await using var bed = await LoginBed.StartAsync();
        Assert.NotEqual(0, (await bed.PeerAsync(line)).Exit);
        (await bed.LoginAsync()).MustSucceed();
        (await bed.PeerAsync(line)).MustSucceed();
        (await bed.ViaductAsync("logout", bed.Host)).MustSucceed();
        Assert.NotEqual(0, (await bed.PeerAsync(line)).Exit);
    }

    [Theory]
    [InlineData("docker login HOST")]
    [InlineData("crane auth login HOST")]
    [InlineData("skopeo login --tls-verify=false HOST")]
    [InlineData("buildah login --tls-verify=false HOST")]
    [InlineData("skopeo login --tls-verify=false HOST/app")]
    [InlineData("oras login --plain-http --registry-config $DOCKER_CONFIG/config.json HOST")]
    public async Task Viaduct_reads_with_what_others_stored(string line)
    {
        RealParts.NeedDocker();
        await using var bed = await LoginBed.StartAsync();
        Assert.Equal(4, (await bed.ViaductAsync("inspect", bed.Image)).Exit);
        (await bed.PeerLoginAsync(line)).MustSucceed();
        (await bed.ViaductAsync("inspect", bed.Image)).MustSucceed();
        // docker's file is erased; podman's stays podman's, and viaduct says so.
        var logout = (await bed.ViaductAsync("logout", bed.Host)).MustSucceed();
        Assert.Equal(File.Exists(bed.Folder.At("auth.json")) ? 0 : 4, (await bed.ViaductAsync("inspect", bed.Image)).Exit);
        if (File.Exists(bed.Folder.At("auth.json")) && !line.EndsWith("/app", StringComparison.Ordinal)) Assert.Contains("auth.json has credentials", logout.Error);
    }

    [Fact]
    public async Task Docker_and_viaduct_write_the_same_file()
    {
        RealParts.NeedDocker();
        await using var bed = await LoginBed.StartAsync();
        (await bed.PeerLoginAsync("docker login HOST")).MustSucceed();
        var dockers = await File.ReadAllTextAsync(bed.Config);
        File.Delete(bed.Config);
        (await bed.LoginAsync()).MustSucceed();
        Assert.Equal(dockers, await File.ReadAllTextAsync(bed.Config));

        (await bed.ViaductAsync("logout", bed.Host)).MustSucceed();
        var ours = await File.ReadAllTextAsync(bed.Config);
        (await bed.LoginAsync()).MustSucceed();
        (await bed.PeerAsync("docker logout HOST")).MustSucceed();
        Assert.Equal(await File.ReadAllTextAsync(bed.Config), ours);
    }

    [Fact]
    public async Task A_helper_serves_both()
    {
        RealParts.NeedDocker();
        await using var bed = await LoginBed.StartAsync();
        var bin = bed.Folder.At("bin");
        bed.Folder.With("docker/config.json", """{"credsStore":"kept","x-unknown":1}""").With("bin/docker-credential-kept", $"""
            #!/bin/sh
            case $1 in
              store) cat > {bin}/kept ;;
              get) cat > /dev/null; [ -f {bin}/kept ] && exec cat {bin}/kept; echo 'credentials not found in native keychain'; exit 1 ;;
              erase) rm -f {bin}/kept ;;
            esac
            """);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(bed.Folder.At("bin/docker-credential-kept"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var login = (await bed.LoginAsync(path: bin)).MustSucceed();
        Assert.EndsWith("kept by docker-credential-kept\n", login.Text);
        Assert.DoesNotContain("auth\"", await File.ReadAllTextAsync(bed.Config));
        var before = $"export PATH={bin}:$PATH;";
        (await bed.PeerAsync("docker manifest inspect --insecure IMAGE", before)).MustSucceed();
        (await bed.PeerAsync("docker logout HOST", before)).MustSucceed();
        Assert.False(File.Exists(bed.Folder.At("bin/kept")));
        (await bed.PeerAsync($"echo {PrivateRegistry.Password} | docker login HOST -u {PrivateRegistry.User} --password-stdin", before)).MustSucceed();
        (await bed.ViaductAsync(("PATH", $"{bin}:{Environment.GetEnvironmentVariable("PATH")}"), "inspect", bed.Image)).MustSucceed();
    }

    // the entry in DOCKER_AUTH_CONFIG, and that in the file: whether one gets in
    [Theory]
    [InlineData(PrivateRegistry.Password, "wrong", true)]
    [InlineData("wrong", PrivateRegistry.Password, false)]
    [InlineData(null, PrivateRegistry.Password, true)]
    public async Task The_variable_of_docker_comes_first_for_both(string? inVariable, string inFile, bool getsIn)
    {
        RealParts.NeedDocker();
        await using var bed = await LoginBed.StartAsync();
        bed.Folder.With("docker/config.json", LoginBed.Auths(bed.Host, PrivateRegistry.User, inFile));
        var variable = LoginBed.Auths(inVariable is null ? "other.example" : bed.Host, PrivateRegistry.User, inVariable ?? "x");
        var docker = await bed.PeerAsync("docker manifest inspect --insecure IMAGE", $"export DOCKER_AUTH_CONFIG='{variable}';");
        var viaduct = await bed.ViaductAsync(("DOCKER_AUTH_CONFIG", variable), "inspect", bed.Image);
        Assert.Equal((getsIn, getsIn), (docker.Exit == 0, viaduct.Exit == 0));
    }

    [Fact]
    public async Task A_wrong_password_is_refused_by_distribution_and_nothing_is_stored()
    {
        await using var bed = await LoginBed.StartAsync();
        var login = await bed.LoginAsync("wrong-one");
        Assert.Equal(4, login.Exit);
        Assert.Contains("VIA3044", login.Error);
        Assert.DoesNotContain("wrong-one", login.Error.Replace(login.Line, ""));
        Assert.False(File.Exists(bed.Config));
    }

    [Fact]
    public async Task A_file_of_somebody_else_stays_his_when_root_logs_in()
    {
        RealParts.NeedRoot();
        await using var bed = await LoginBed.StartAsync();
        bed.Folder.With("docker/config.json", "{}");
        (await Command.RunAsync("chown", "65534:65533", bed.Config)).MustSucceed();
        (await bed.LoginAsync()).MustSucceed();
        Assert.Equal("65534:65533 600\n", (await Command.RunAsync("stat", "-c", "%u:%g %a", bed.Config)).MustSucceed().Text);
    }
}
