using CsCheck;
using Viaduct.Oci;

namespace Viaduct.Simulation.Tests;

public sealed class SelectorTests
{
    private static readonly Gen<string> Word = Gen.OneOf(
        "linux/amd64", "linux/amd64/v1", "linux/amd64/v2", "linux/amd64/v4", "linux/386", "linux/i386", "linux/arm", "linux/arm/v6", "linux/arm/7", "linux/armhf", "linux/arm64", "linux/arm64/v9",
        "linux/arm64/v8.4", "none", "unknown/unknown", "Linux/AMD64", "windows(10.0.20348)/amd64", "windows(10.0.x)/amd64", "windows/amd64", "linux/arm64/v99", "linux/arm/vx", "linux/amd64/v2000000000");

    private static readonly Gen<List<string>> Lists = Word.List[0, 8];

    [Theory]
    // The host's own platform, whatever it is called.
    [InlineData("containerd 2.0", "linux/amd64", "linux/arm64 linux/amd64", 1)]
    [InlineData("containerd 2.1", "linux/amd64", "linux/x86_64", 0)]
    [InlineData("containerd 2.1", "linux/arm64", "linux/arm64/v8", 0)]
    [InlineData("containerd 2.1", "linux/arm64/v8", "linux/aarch64", 0)]
    [InlineData("containerd 2.1", "linux/arm", "linux/arm/v6 linux/arm/v7", 1)]
    [InlineData("containerd 2.1", "linux/s390x", "linux/s390x", 0)]
    // Fall-backs, best first; from 2.1 on none.
    [InlineData("containerd 2.0", "linux/amd64", "linux/386", 0)]
    [InlineData("containerd 2.1", "linux/amd64", "linux/386", -1)]
    [InlineData("containerd 2.1 local", "linux/amd64", "linux/386", 0)]
    [InlineData("containerd 1.7", "linux/arm/v7", "linux/arm/v5 linux/arm/v6", 1)]
    [InlineData("containerd 2.1", "linux/arm/v7", "linux/arm/v5 linux/arm/v6", -1)]
    [InlineData("containerd 2.0", "linux/arm64", "linux/arm/v6 linux/arm/v7", 1)]
    // A host of arm64 is v8 to containerd, and one of amd64 has no level, whatever the processor.
    [InlineData("containerd 2.0", "linux/arm64/v9", "linux/arm64/v9 linux/arm64", 1)]
    [InlineData("containerd 2.0", "linux/amd64/v3", "linux/amd64/v3", -1)]
    [InlineData("containerd 2.0", "linux/amd64/v3", "linux/amd64/v3 linux/amd64", 1)]
    // Levels that are asked for.
    [InlineData("ctr 2.1 mount", "linux/amd64/v3", "linux/amd64 linux/amd64/v2 linux/amd64/v4", 1)]
    [InlineData("ctr 2.1 mount", "linux/arm64/v9", "linux/arm64 linux/arm64/v8.5 linux/arm64/v8.6", 1)]
    [InlineData("ctr 2.1 mount", "linux/arm64/v9.3", "linux/arm64/v8.9 linux/arm64/v8.8", 1)]
    [InlineData("ctr 2.1 mount", "linux/arm64/v8.2", "linux/arm64 linux/arm64/v8.1 linux/arm64/v8.3", 1)]
    [InlineData("ctr 1.6 mount", "linux/arm64/v9", "linux/arm64 linux/arm/v7", 1)]
    // What a host never takes.
    [InlineData("containerd 2.0", "linux/amd64", "linux/amd64/v2", -1)]
    [InlineData("containerd 2.0", "linux/386", "linux/amd64", -1)]
    [InlineData("containerd 2.0", "linux/arm/v6", "linux/arm/v7", -1)]
    [InlineData("containerd 2.0", "linux/arm/v7", "linux/arm64", -1)]
    [InlineData("containerd 2.0", "linux/amd64", "windows/amd64", -1)]
    [InlineData("containerd 2.0", "linux/amd64", "unknown/unknown", -1)]
    [InlineData("containerd 2.0", "unknown/unknown", "linux/amd64", -1)]
    // Equal ones: the first.
    [InlineData("containerd 2.0", "linux/amd64", "unknown/unknown linux/amd64 linux/amd64", 1)]
    // A Windows host: no fall-backs, and the greatest version of the system first.
    [InlineData("containerd 2.0", "windows(10.0.20348)/amd64", "windows/386", -1)]
    [InlineData("containerd 2.0", "windows(10.0.20348)/amd64", "windows(x)/amd64", -1)]
    [InlineData("containerd 2.0", "windows(x)/amd64", "windows(10.0.20348)/amd64", 0)]
    [InlineData("containerd 2.0", "windows(10.0.26100)/amd64", "windows/amd64 windows(10.0.20348.1)/amd64 windows(10.0.26100.1)/amd64", 2)]
    [InlineData("containerd 2.0", "windows(10.0.26100)/amd64", "windows(10.0.26100.99)/amd64 windows(10.0.26100.100)/amd64", 0)]
    [InlineData("containerd 1.7", "windows(10.0.26100)/amd64", "windows(10.0.26100.99)/amd64 windows(10.0.26100.100)/amd64", 1)]
    [InlineData("containerd 1.7", "windows(10.0.26100)/amd64", "windows(10.0.20348.1)/amd64", 0)]
    [InlineData("containerd 1.6", "windows(10.0.26100)/amd64", "windows(10.0.20348.1)/amd64 windows/amd64", -1)]
    [InlineData("containerd 1.6", "windows(10.0.20348.2227)/amd64", "windows(10.0.20348.1)/amd64", 0)]
    [InlineData("containerd 1.6", "windows(10.0.20348)/amd64", "windows(10.0.17763.1)/amd64 windows(10.0.20348.1)/amd64", 1)]
    // The others, as hosts.
    [InlineData("docker 28", "linux/amd64/v3", "linux/amd64 linux/amd64/v2 linux/amd64/v4", 1)]
    [InlineData("docker 28 store", "linux/amd64/v3", "linux/amd64/v2 linux/amd64", 1)]
    [InlineData("docker 20.10", "linux/arm/v6", "linux/amd64 linux/arm/v7", 1)]
    [InlineData("docker 20.10", "linux/amd64", "linux/386", -1)]
    [InlineData("cri-o", "linux/arm64", "linux/arm64 linux/arm64/v8", 1)]
    [InlineData("cri-o", "linux/arm/v7", "linux/arm linux/arm/v6", 1)]
    [InlineData("cri-o", "linux/arm64", "linux/arm/v7", -1)]
    [InlineData("cri-o", "linux/amd64", "linux/amd64/v1", -1)]
    [InlineData("cri-o", "linux/amd64", "linux/386", -1)]
    public void A_host_takes_what_its_runtime_takes(string runtime, string host, string list, int position) =>
        Assert.Equal(position, Selector.For(Runtimes.Parse(runtime), Platform.Parse(host), asHost: Runtimes.Parse(runtime).RunsPods).Choose(ListOf(list.Split(' '))));

    [Theory]
    [InlineData("17763", "17763", true)]
    [InlineData("17763", "20348", false)]
    [InlineData("20348", "17763", false)]
    [InlineData("20348", "20348", true)]
    [InlineData("25398", "20348", true)]
    [InlineData("26100", "20348", true)]
    [InlineData("26100", "25398", true)]
    [InlineData("26100", "17763", false)]
    [InlineData("26200", "20348", false)]
    [InlineData("26200", "26100", true)]
    [InlineData("20348", "26100", false)]
    public void A_windows_host_takes_builds_back_to_the_last_long_term_release(string host, string build, bool taken) =>
        Assert.Equal(taken ? 0 : -1, Selector.For(Runtimes.Default, Platform.Parse($"windows(10.0.{host})/amd64"), true).Choose(ListOf($"windows(10.0.{build}.1)/amd64")));

    [Fact]
    public void Every_entry_that_is_passed_by_has_its_reason_and_one_is_next()
    {
        var list = ListOf("none", "unknown/unknown", "linux/s390x", "linux/386", "linux/amd64", "linux/amd64");
        var selection = Explain("containerd 2.0", "linux/amd64", list);
        Assert.Equal(
            [PassReason.NoPlatform, PassReason.Attestation, PassReason.OtherPlatform, PassReason.WorsePlatform, null, PassReason.Duplicate],
            selection.Entries.Select(e => e.Reason));
        Assert.Equal((list.Entries[4].Entry, list.Entries[5].Entry, null), (selection.Chosen, selection.RunnerUp, selection.Error));
    }

    [Fact]
    public void A_fall_back_that_is_refused_is_told_with_the_words_of_the_runtime()
    {
        var list = ListOf("linux/arm64", "linux/arm/v6");
        var selection = Explain("containerd 2.1", "linux/arm/v7", list);
        Assert.Equal($"rpc error: code = NotFound desc = get image config descriptor: content digest {list.Entries[1].Entry.Digest}: not found", selection.Error);
        Assert.Equal((null, PassReason.Refused), (selection.Chosen, selection.Entries[1].Reason));
        Assert.Null(Explain("containerd 2.1 local", "linux/arm/v7", list).Error);
    }

    [Fact]
    public void What_cannot_be_measured_is_told_by_the_entry_that_was_not_fetched()
    {
        var entries = Entries.Of("linux/s390x", "none");
        var config = Digest.Sha256("config"u8);
        var list = Candidates.OfList(default, false, [new Candidate(entries[0]), new Candidate(entries[1], Platform.Parse("linux/amd64")) { ConfigDigest = config }]);
        Assert.Equal($"rpc error: code = NotFound desc = failed to update image store \"{config}\": get image info from containerd: get image compressed resource size: "
            + $"content digest {entries[0].Digest}: not found", Explain("containerd 2.1", "linux/amd64", list).Error);
    }

    [Fact]
    public void The_transfer_service_fetches_every_entry_of_the_platform()
    {
        var list = ListOf("linux/amd64", "linux/arm64", "linux/x86_64");
        Assert.Equal([0, 2], Explain("containerd 2.1", "linux/amd64", list).Fetched);
        Assert.Equal([0], Explain("containerd 2.0", "linux/amd64", list).Fetched);
    }

    [Theory]
    [InlineData("cri-o 1.30", "choosing an image from manifest list docker://r.example/a:1: no image found in image index for architecture \"arm64\", variant \"v8\", OS \"linux\"")]
    [InlineData("containerd 1.7", "rpc error: code = NotFound desc = failed to pull and unpack image \"r.example/a:1\": no match for platform in manifest: not found")]
    [InlineData("docker 28", "no matching manifest for linux/arm64/v8 in the manifest list entries")]
    public void A_list_without_the_host_fails_with_the_words_of_the_runtime(string runtime, string error) =>
        Assert.Equal(error, Explain(runtime, "linux/arm64", ListOf("linux/amd64")).Error);

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public void Of_equal_entries_of_an_OCI_index_the_containers_project_takes_zstd(bool isDocker, int position)
    {
        var entries = Entries.Of("linux/amd64", "linux/amd64");
        entries[1] = entries[1] with { Annotations = new Dictionary<string, string> { ["io.github.containers.compression.zstd"] = "true" } };
        var list = Candidates.OfList(default, isDocker, [.. entries.Select(e => new Candidate(e))]);
        Assert.Equal(position, Selector.For(Runtimes.Parse("skopeo"), Platform.Parse("linux/amd64"), asHost: false).Choose(list));
    }

    [Theory]
    [InlineData("containerd 2.1", "linux/amd64", "erofs", 0)]
    [InlineData("containerd 2.3", "linux/amd64", "erofs", 1)]
    [InlineData("containerd 2.3 local", "linux/amd64", "erofs", 1)]
    [InlineData("containerd 2.3", "windows(10.0.20348)/amd64", "win32k", 0)]
    public void Features_count_since_containerd_looks_at_them(string runtime, string host, string feature, int position)
    {
        var entries = Entries.Of(host, host);
        entries[0] = entries[0] with { Platform = Platform.Parse(host) with { OsFeatures = [feature] } };
        var list = Candidates.OfList(default, false, [.. entries.Select(e => new Candidate(e))]);
        Assert.Equal(position, Selector.For(Runtimes.Parse(runtime), Platform.Parse(host), asHost: true).Choose(list));
    }

    [Fact]
    public void An_entry_without_os_is_for_the_hosts()
    {
        var candidate = new Candidate(Entries.Of("none")[0] with { Platform = new Platform("", "amd64") });
        Assert.Equal(0, Selector.For(Runtimes.Default, new Platform("linux", "amd64"), true).Choose(Candidates.OfList(default, false, [candidate])));
    }

    [Fact]
    public void What_is_taken_in_the_end_is_what_the_quick_answer_says() =>
        Gen.Select(Lists, Gen.Int[0, Runtimes.All.Count - 1].Select(i => Runtimes.All[i]), Word.Where(w => w != "none"), Gen.Bool).Sample((list, runtime, platform, asHost) =>
        {
            var selector = Selector.For(runtime, Platform.Parse(platform), asHost);
            var position = selector.Choose(ListOf([.. list]));
            var selection = selector.Explain(ListOf([.. list]), "r.example/a:1");
            // CRI finds out in the end that it cannot measure an entry without a platform beside one with.
            var isUnmeasurable = position >= 0 && list[position] == "none" && list.Any(e => e != "none") && runtime is { Name: "containerd" };
            return isUnmeasurable ? selection.Error!.Contains("compressed resource size", StringComparison.Ordinal) : position == selection.Path.FirstOrDefault(-1);
        }, iter: 20_000);

    [Fact]
    public void Choosing_allocates_nothing()
    {
        var list = ListOf("unknown/unknown", "linux/s390x", "linux/arm/v5", "linux/arm64/v8", "windows(10.0.20348.1)/amd64", "windows(10.0.26100.1)/amd64", "none", "Linux/AMD64");
        foreach (var runtime in Runtimes.All)
            foreach (var (platform, asHost) in new[] { ("linux/amd64", false), ("linux/arm/v7", true), ("linux/arm64/v9.2", false), ("windows(10.0.26100)/amd64", true) })
            {
                var selector = Selector.For(runtime, Platform.Parse(platform), asHost);
                selector.Choose(list);
                var before = GC.GetAllocatedBytesForCurrentThread();
                for (var i = 0; i < 100; i++) selector.Choose(list);
                Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
            }
    }

    private static Candidates ListOf(params IReadOnlyList<string> platforms) =>
        Candidates.OfList(Digest.Sha256("list"u8), false, [.. Entries.Of(platforms).Select(e => new Candidate(e))]);

    private static Selection Explain(string runtime, string platform, Candidates list) =>
        Selector.For(Runtimes.Parse(runtime), Platform.Parse(platform), asHost: true).Explain(list, "r.example/a:1");
}
