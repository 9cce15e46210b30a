using System.Security.Cryptography;
using System.Text;
using Viaduct.Build.Attesting;

namespace Viaduct.Build.Tests;

/// <summary>What the databases in an image say, whole, damaged, moved and removed.</summary>
public sealed class Packages_of_images : IDisposable
{
    private const string Dpkg = "var/lib/dpkg/status";
    private const string Apk = "lib/apk/db/installed";
    private const string Busybox = "C:Q1abc=\nP:busybox\nV:1.36.1-r5\nA:x86_64\no:busybox\n\nP:ssl_client\nV:1.36.1-r5\nA:x86_64\no:busybox\nF:usr/bin\nR:ssl_client\n\n";
    private const string Bash = "Package: bash\nStatus: install ok installed\nVersion: 5.2.15-2+b2\nArchitecture: amd64\n";

    private readonly Workspace _workspace = new() { Attest = AttestationKinds.Sbom };

    public void Dispose() => _workspace.Dispose();

    [Theory]
    [InlineData("Package: a\nVersion: 1:2.0~rc1+x-1\n", "a 1:2.0~rc1+x-1", 0)]
    [InlineData("package: a\nVERSION: 1\nArchitecture: all\n", "a 1 all", 0)]
    [InlineData("Package: a\nStatus: deinstall ok config-files\nVersion: 1\n\nPackage: b\nStatus: install ok installed\nVersion: 2\n", "b 2", 0)]
    [InlineData("Package: a\nStatus: install ok half-configured\nVersion: 1\n", "a 1", 0)]
    [InlineData("Package: a\nVersion: 1\nDescription: x\n Package: c\n Version: 9\n", "a 1", 0)]
    [InlineData("Package: a\nVersion: 1\nSource: src (0.9)\n", "a 1 < src@0.9", 0)]
    [InlineData("Package: a\nVersion: 1\nSource: src\n", "a 1 < src", 0)]
    [InlineData("Package: a\n\nVersion: 1\n\nPackage: b\nVersion: 2\n", "b 2", 2)]
    [InlineData("Package: a b\nVersion: 1\n\nPackage: c\nVersion: \n", "", 2)]
    [InlineData("Package: a\r\nVersion: 1\r\n\r\nPackage: b\r\nVersion: 2\r\n", "a 1, b 2", 0)]
    [InlineData("\n\n\n", "", 0)]
    [InlineData("no fields at all", "", 1)]
    [InlineData("Package: a\nVersion: 1\u0001\n", "", 1)]
    public void Dpkg_says(string text, string packages, int unreadable)
    {
        var list = DpkgDatabase.Read(Encoding.UTF8.GetBytes(text));
        Assert.Equal((packages, unreadable), (Shown(list), list.Unreadable));
    }

    [Theory]
    [InlineData(Busybox, "busybox 1.36.1-r5 x86_64, ssl_client 1.36.1-r5 x86_64 < busybox", 0)]
    [InlineData("P:a\nV:1\nP:b\n", "a 1", 0)]
    [InlineData("P:a\n\nV:1\n", "", 2)]
    [InlineData("P\nV\n\n:\n", "", 2)]
    [InlineData("", "", 0)]
    public void Apk_says(string text, string packages, int unreadable)
    {
        var list = ApkDatabase.Read(Encoding.UTF8.GetBytes(text));
        Assert.Equal((packages, unreadable), (Shown(list), list.Unreadable));
    }

    [Fact]
    public void Any_bytes_are_read_to_their_end()
    {
        var random = TestSeed.Case(1);
        for (var i = 0; i < 2_000; i++)
        {
            var bytes = Encoding.UTF8.GetBytes(Busybox + Bash);
            for (var change = random.Next(8); change >= 0; change--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            foreach (var package in DpkgDatabase.Read(bytes).Packages.Concat(ApkDatabase.Read(bytes).Packages))
                Assert.All(package.Url(OsRelease.Read(bytes)), c => Assert.InRange(c, '!', '~'));
        }
    }

    [Theory]
    [InlineData("ID=alpine\nVERSION_ID=3.19.1\n", "alpine-3.19.1")]
    [InlineData("ID=\"rhel\"\nVERSION_ID='9.3'\n", "rhel-9.3")]
    [InlineData("ID=debian\n", "debian")]
    [InlineData("NAME=x\n", null)]
    [InlineData("ID=a b\nVERSION_ID=1\n", null)]
    public void A_distribution_is(string text, string? distro) => Assert.Equal(distro, OsRelease.Read(Encoding.UTF8.GetBytes(text)).Distro);

    [Fact]
    public async Task Those_of_a_base_have_urls_by_its_distribution()
    {
        Assert.Equal(["pkg:apk/alpine/busybox@1.36.1-r5?arch=x86_64&distro=alpine-3.19.1", "pkg:apk/alpine/ssl_client@1.36.1-r5?arch=x86_64&distro=alpine-3.19.1&upstream=busybox"],
            await PackagesAsync(Layered.Layer((Apk, Busybox), ("etc/os-release", "ID=alpine\nVERSION_ID=3.19.1\n"))));
        Assert.Equal(["pkg:deb/debian/bash@5.2.15-2%2Bb2?arch=amd64"], await PackagesAsync(Layered.Layer((Dpkg, Bash))));
    }

    [Fact]
    public async Task Where_lib_is_a_link_the_database_is_behind_it() =>
        Assert.Equal(2, (await PackagesAsync(Layered.Layer(("usr/lib/apk/db/installed", Busybox), ("lib", "-> usr/lib")))).Count);

    [Fact]
    public async Task Images_without_dpkg_have_a_file_a_package() =>
        Assert.Equal(["pkg:deb/debian/base-files@12", "pkg:deb/debian/tzdata@2024a"], await PackagesAsync(Layered.Layer(
            ("var/lib/dpkg/status.d/tzdata", "Package: tzdata\nVersion: 2024a\n"), ("var/lib/dpkg/status.d/base", "Package: base-files\nVersion: 12\n"), ("var/lib/dpkg/status.d/base.md5sums", "0 a\n"))));

    [Theory]
    [InlineData("var/lib/dpkg/.wh.status")]
    [InlineData("var/lib/.wh.dpkg")]
    [InlineData("var/lib/dpkg/.wh..wh..opq")]
    public async Task A_database_that_a_layer_removed_is_none(string whiteout) =>
        Assert.Empty(await PackagesAsync(Layered.Layer((Dpkg, Bash)), Layered.Layer((whiteout, ""))));

    [Fact]
    public async Task The_database_of_the_last_layer_counts() =>
        Assert.Equal(["pkg:deb/debian/bash@9"], await PackagesAsync(Layered.Layer((Dpkg, Bash)), Layered.Layer((Dpkg, "Package: bash\nVersion: 9\n"))));

    [Fact]
    public async Task What_is_not_read_is_told()
    {
        var sbom = await SbomAsync(Layered.Layer((Dpkg, Bash + "\nPackage: x\n"), ("var/lib/rpm/rpmdb.sqlite", "x"), ("opt/db", Busybox), (Apk, "-> /opt/db")));
        Assert.Contains("/var/lib/dpkg/status has 1 records without a name or a version.", Layered.Comment(sbom), StringComparison.Ordinal);
        Assert.Contains("/opt/db was not read", Layered.Comment(sbom), StringComparison.Ordinal);
        Assert.Contains("/var/lib/rpm is a database of packages of a kind that is not read.", Layered.Comment(sbom), StringComparison.Ordinal);
        Assert.Single(Layered.Packages(sbom));
    }

    [Fact]
    public async Task The_files_are_those_that_were_added_and_are_there_in_the_end()
    {
        _workspace.File("a", "1").File("b", "2").File("c", "3");
        _workspace.Bases.Add("base", Layered.Image(Layered.Layer(("etc/x", "of the base"), ("etc/y", "of the base"))));
        var image = await _workspace.BuildAsync("FROM base AS one\nCOPY a b /srv/\nFROM one\nCOPY c /srv/a\nCOPY b /etc/y\n");
        var sbom = await Layered.SbomAsync(image);
        Assert.Equal(["./etc/y", "./srv/a", "./srv/b"], Layered.Files(sbom));
        var sums = sbom.GetProperty("files").EnumerateArray().Select(f => f.GetProperty("checksums")[0].GetProperty("checksumValue").GetString()!).ToList();
        Assert.Equal(new[] { "2", "3", "2" }.Select(Sha1), sums);
        var added = sbom.GetProperty("packages").EnumerateArray().Single(p => p.GetProperty("filesAnalyzed").GetBoolean());
        Assert.Equal(Sha1(string.Concat(sums.Order(StringComparer.Ordinal))), added.GetProperty("packageVerificationCode").GetProperty("packageVerificationCodeValue").GetString());
        var ids = sbom.GetProperty("packages").EnumerateArray().Concat(sbom.GetProperty("files").EnumerateArray()).Select(e => e.GetProperty("SPDXID").GetString()!).ToList();
        Assert.Equal(ids.Distinct(), ids);
        Assert.All(sbom.GetProperty("relationships").EnumerateArray(), r => Assert.Contains(r.GetProperty("relatedSpdxElement").GetString()!, ids));
    }

    [Fact]
    public async Task An_empty_image_has_an_SBOM()
    {
        var sbom = await Layered.SbomAsync(await _workspace.BuildAsync("FROM scratch\nLABEL a=b\n"));
        Assert.Single(sbom.GetProperty("packages").EnumerateArray());
        Assert.False(sbom.TryGetProperty("files", out _));
    }

    private async Task<List<string>> PackagesAsync(params byte[][] layers) => [.. Layered.Packages(await SbomAsync(layers))];

    private async Task<System.Text.Json.JsonElement> SbomAsync(params byte[][] layers)
    {
        _workspace.Bases.Add("base", Layered.Image(layers));
        return await Layered.SbomAsync(await _workspace.BuildAsync("FROM base\nLABEL a=b\n"));
    }

    private static string Shown(PackageList list) => string.Join(", ", list.Packages.Select(p =>
        $"{p.Name} {p.Version}{(p.Architecture.Length > 0 ? " " + p.Architecture : "")}{(p.Source is null ? "" : " < " + p.Source)}"));

#pragma warning disable CA5350 // SPDX' own sums are tested.
    private static string Sha1(string text) => Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5350
}
