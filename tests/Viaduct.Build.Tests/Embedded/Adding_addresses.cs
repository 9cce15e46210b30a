using System.IO.Compression;
using Viaduct.Oci;
using Viaduct.Oci.Layers;

namespace Viaduct.Build.Tests;

/// <summary>ADD of what a checksum holds. The expected trees are what BuildKit 0.25 makes.</summary>
public sealed class Adding_addresses : IAsyncDisposable
{
    private readonly Workspace _workspace = new();
    private readonly FileServer _server = new();

    [Theory]
    [InlineData("", "/one", "600 0:0 one = hi")]
    [InlineData("", "/dir/", "755 0:0 dir/|600 0:0 dir/f.txt = hi")]
    [InlineData("--chmod=755 --chown=3:4 ", "/own/two", "755 3:4 own/|755 3:4 own/two = hi")]
    [InlineData("--unpack=true ", "/x", "600 0:0 x = hi")]
    public async Task The_file_is_its_owners_alone(string flags, string destination, string files)
    {
        var file = _server.Add("/f.txt", "hi");
        Assert.Equal(files, (await _workspace.FilesAsync($"FROM scratch\nADD {flags}{file}?token=x {destination}")).Replace('\n', '|'));
        Assert.Equal(["/f.txt?token=x"], _server.Asked);
    }

    [Theory]
    [InlineData("/a/b", "b")]
    [InlineData("/sp%20ace", "sp ace")]
    [InlineData("/a/", "a")]
    [InlineData("/", "__unnamed__")]
    public async Task Its_name_is_the_last_of_the_path(string path, string name)
    {
        var checksum = _server.Add(path, "hi").Split(' ')[0];
        Assert.EndsWith($"d/{name} = hi", await _workspace.FilesAsync($"FROM scratch\nADD [\"{_server.Address}{path}\", \"/d/\"]".Replace("ADD ", $"ADD {checksum} ")));
    }

    [Fact]
    public async Task An_archive_is_unpacked_only_when_that_is_said()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true))
        {
            var tar = new TarWriter(gzip);
            await tar.WriteAsync(new TarEntry("in", TarEntryKind.File) { Size = 2, Mode = 0b110_000_000 }, new MemoryStream("in"u8.ToArray()), default);
            await tar.CompleteAsync(default);
        }
        var file = _server.Add("/t.tgz", packed.ToArray());
        Assert.Equal("755 0:0 x/|600 0:0 x/in = in", (await _workspace.FilesAsync($"FROM scratch\nADD --unpack=true {file} /x")).Replace('\n', '|'));
        Assert.StartsWith("755 0:0 x/\n600 0:0 x/t.tgz = ", await _workspace.FilesAsync($"FROM scratch\nADD {file} /x/"));
        Assert.NotEqual(await _workspace.KeyAsync($"FROM scratch\nADD {file} /x/"), await _workspace.KeyAsync($"FROM scratch\nADD --unpack {file} /x/"));
    }

    [Fact]
    public async Task Checksum_and_address_may_come_from_arguments_and_the_query_is_shown_to_nobody()
    {
        var words = _server.Add("/f", "hi").Split(' ');
        _workspace.Args["where"] = words[1] + "?secret";
        var image = await _workspace.BuildAsync($"FROM scratch\nARG where\nENV sum={words[0].Split('=')[1]}\nADD --checksum=$sum $where /x");
        Assert.Equal($"ADD {words[1]} /x", image.Config.History[^1].CreatedBy);
        Assert.Equal(["600 0:0 x = hi"], (await Workspace.LayersAsync(image))[0]);
    }

    [Fact]
    public async Task A_destination_has_no_query()
    {
        var words = _server.Add("/f", "hi").Split(' ');
        var image = await _workspace.BuildAsync($"FROM scratch\nADD {words[0]} {words[1]}?secret /x?y#z");
        Assert.Equal($"ADD {words[1]} /x?y#z", image.Config.History[^1].CreatedBy);
        Assert.Equal(["600 0:0 x?y#z = hi"], (await Workspace.LayersAsync(image))[0]);
    }

    [Fact]
    public async Task The_key_needs_no_request_and_several_platforms_one()
    {
        var file = _server.Add("/f", "hi");
        var keys = new List<Digest> { await _workspace.KeyAsync($"FROM scratch\nADD {file} /x"), await _workspace.KeyAsync($"FROM scratch\nADD {_server.Add("/f", "ho")} /x"), await _workspace.KeyAsync($"FROM scratch\nADD {file}2 /x") };
        Assert.Equal(3, keys.Distinct().Count());
        _server.Add("/f", "hi");
        Assert.Empty(_server.Asked);
        var built = await Task.WhenAll(((string[])["linux/amd64", "linux/arm64", "linux/s390x"]).Select(p => _workspace.BuildAsync($"FROM scratch\nADD {file} /x", p)));
        Assert.Single(built.Select(b => b.Blobs[1].Descriptor.Digest).Distinct());
        Assert.Single(_server.Asked);
    }

    [Fact]
    public async Task Another_file_than_the_checksums_is_refused()
    {
        var file = _server.Add("/f", "hi");
        _server.Add("/f", "ho");
        var error = await _workspace.FailureAsync($"FROM scratch\nADD {file}?secret /x");
        Assert.Equal(("VIA2152", ExitCode.VerificationFailed), (error.Code, error.Exit));
        Assert.DoesNotContain("secret", error.Render());
        _server.Add("/f", "hi");
        Assert.Equal("600 0:0 x = hi", await _workspace.FilesAsync($"FROM scratch\nADD {file} /x"));
    }

    [Fact]
    public async Task A_file_that_does_not_come_is_named_without_its_query()
    {
        var file = _server.Add("/f", "hi").Replace("/f", "/g", StringComparison.Ordinal);
        var error = await _workspace.FailureAsync($"FROM scratch\n\nADD {file}?secret /x");
        Assert.Equal("VIA2151", error.Code);
        Assert.Contains("Dockerfile:3:", error.Where);
        Assert.Contains("not found (status 404)", error.Message);
        Assert.DoesNotContain("secret", error.Render());
    }

    [Theory]
    [InlineData("https://example.com/a /x", "VIA2111", "ADD of an address without --checksum")]
    [InlineData("HTTP://example.com/a /x", "VIA2111", "ADD of an address without --checksum")]
    [InlineData("--checksum=sha256:$S https://me:pw@example.com/a /x", "VIA2111", "ADD of an address with a user name")]
    [InlineData("--checksum=sha256:$S https://example.com/a.git#v1 /x", "VIA2111", "ADD of a git address")]
    [InlineData("git@example.com:a/b /x", "VIA2111", "ADD of a git address")]
    [InlineData("--keep-git-dir https://example.com/a.git /x", "VIA2111", "ADD --keep-git-dir")]
    [InlineData("--checksum=sha256:$S a /x", "VIA2115", "--checksum belongs to one source")]
    [InlineData("--checksum=sha256:$S https://e.example/a https://e.example/b /x/", "VIA2115", "--checksum belongs to one source")]
    [InlineData("--checksum=sha256:00 https://e.example/a /x", "VIA2115", "'sha256:00' is not a checksum")]
    [InlineData("--checksum=sha512:$S$S https://e.example/a /x", "VIA2115", "is not a checksum")]
    [InlineData("--checksum=sha256:$S https:// /x", "VIA2115", "'https://' is not an address")]
    [InlineData("--checksum https://e.example/a /x", "VIA2106", "--checksum has no value")]
    public async Task What_is_not_known_beforehand_is_refused_by_name(string words, string code, string message)
    {
        var error = await _workspace.FailureAsync("FROM scratch\nADD " + words.Replace("$S", new string('a', 64), StringComparison.Ordinal));
        Assert.Equal(code, error.Code);
        Assert.Contains(message, error.Message);
        Assert.DoesNotContain("pw", error.Render());
    }

    [Fact]
    public void Without_a_checksum_a_message_says_what_to_do()
    {
        var error = Assert.Throws<ViaductException>(() => _workspace.Builder.KeyAsync(_workspace.Request("FROM scratch\nADD https://e.example/a /x"), default).GetAwaiter().GetResult());
        Assert.Contains("--checksum=sha256:", error.Todo);
        Assert.Contains("builder: docker", error.Todo);
    }

    [Fact]
    public async Task What_is_known_too_late_for_auto_is_not_sent_to_auto()
    {
        _workspace.Bases.Add("base", await _workspace.BuildAsync("FROM scratch\nENV where=https://e.example/a"));
        var error = await _workspace.FailureAsync("FROM base\nADD $where /x");
        Assert.Equal("VIA2111", error.Code);
        Assert.Contains("builder: docker", error.Todo);
        Assert.DoesNotContain("auto", error.Todo);
    }

    public ValueTask DisposeAsync()
    {
        _server.Dispose();
        return _workspace.DisposeAsync();
    }
}
