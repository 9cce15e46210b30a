using CsCheck;
using Viaduct.Oci;

namespace Viaduct.Simulation.Tests;

public sealed class ContainerdSelectionTests
{
    [Theory]
    // The host's own platform, whatever it is called.
    [InlineData("linux/amd64", "linux/arm64 linux/amd64", 1, true)]
    [InlineData("linux/amd64", "linux/x86_64", 0, true)]
    [InlineData("linux/arm64", "linux/arm64/v8", 0, true)]
    [InlineData("linux/arm64/v8", "linux/aarch64", 0, true)]
    [InlineData("linux/arm", "linux/arm/v6 linux/arm/v7", 1, true)]
    [InlineData("linux/s390x", "linux/s390x", 0, true)]
    // Fall-backs, best first.
    [InlineData("linux/amd64", "linux/386", 0, false)]
    [InlineData("linux/amd64/v3", "linux/amd64 linux/amd64/v2 linux/amd64/v4", 1, false)]
    [InlineData("linux/arm/v7", "linux/arm/v5 linux/arm/v6", 1, false)]
    [InlineData("linux/arm64", "linux/arm/v6 linux/arm/v7", 1, false)]
    [InlineData("linux/arm64/v9", "linux/arm64 linux/arm64/v8.5 linux/arm64/v8.6", 1, false)]
    [InlineData("linux/arm64/v9.3", "linux/arm64/v8.9 linux/arm64/v8.8", 1, false)]
    [InlineData("linux/arm64/v8.2", "linux/arm64 linux/arm64/v8.1 linux/arm64/v8.3", 1, false)]
    // What a host never takes.
    [InlineData("linux/amd64", "linux/amd64/v2", -1, false)]
    [InlineData("linux/386", "linux/amd64", -1, false)]
    [InlineData("linux/arm/v6", "linux/arm/v7", -1, false)]
    [InlineData("linux/arm/v7", "linux/arm64", -1, false)]
    [InlineData("linux/ppc64le", "linux/ppc64", -1, false)]
    [InlineData("linux/amd64", "windows/amd64", -1, false)]
    [InlineData("windows(10.0.20348)/amd64", "windows/386", -1, false)]
    [InlineData("windows(10.0.20348)/amd64", "windows(x)/amd64", -1, false)]
    [InlineData("windows(x)/amd64", "windows(10.0.20348)/amd64", 0, true)]
    [InlineData("linux/amd64", "none unknown/unknown", -1, false)]
    [InlineData("unknown/unknown", "none", -1, false)]
    // Equal ones: the first.
    [InlineData("linux/amd64", "unknown/unknown linux/amd64 linux/amd64", 1, true)]
    public void A_host_takes_its_own_platform_or_the_best_fall_back(string host, string list, int position, bool exact)
    {
        var entries = Entries.Of(list.Split(' '));
        var selection = ContainerdSelection.Choose(entries, Platform.Parse(host));
        Assert.Equal(position < 0 ? null : entries[position], selection.Chosen);
        Assert.Equal(exact, selection.Exact);
        Assert.Equal(entries.Count - (position < 0 ? 0 : 1), selection.Passed.Count);
    }

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
        Assert.Equal(taken, ContainerdSelection.Select(Entries.Of($"windows(10.0.{build}.1)/amd64"), Platform.Parse($"windows(10.0.{host})/amd64")) is not null);

    [Fact]
    public void A_windows_host_prefers_the_newest_build()
    {
        var entries = Entries.Of("windows/amd64", "windows(10.0.20348.1)/amd64", "windows(10.0.26100.1)/amd64");
        Assert.Same(entries[2], ContainerdSelection.Select(entries, Platform.Parse("windows(10.0.26100)/amd64")));
    }

    [Fact]
    public void Every_entry_that_is_passed_by_has_its_reason()
    {
        var entries = Entries.Of("none", "unknown/unknown", "linux/s390x", "linux/386", "linux/amd64", "linux/amd64");
        var selection = ContainerdSelection.Choose(entries, new Platform("linux", "amd64"));
        Assert.Equal(
            [PassReason.NoPlatform, PassReason.Attestation, PassReason.OtherPlatform, PassReason.WorsePlatform, PassReason.Duplicate],
            selection.Passed.Select(p => p.Reason));
    }

    [Fact]
    public void An_entry_without_os_is_for_the_hosts()
    {
        Descriptor entry = Entries.Of("none")[0] with { Platform = new Platform("", "amd64") };
        Assert.Same(entry, ContainerdSelection.Select([entry], new Platform("linux", "amd64")));
    }

    [Fact]
    public void What_is_chosen_is_of_the_list_and_nothing_before_it_is_as_good()
    {
        var word = Gen.OneOf("linux/amd64", "linux/amd64/v2", "linux/386", "linux/arm", "linux/arm/v6", "linux/arm64", "linux/arm64/v9", "linux/arm64/v8.4",
            "none", "unknown/unknown", "windows(10.0.20348)/amd64", "windows(10.0.x)/amd64", "linux/arm64/v99", "linux/arm/vx");
        Gen.Select(word.List[0, 8], word.Where(w => w != "none")).Sample((list, host) =>
        {
            var entries = Entries.Of(list);
            var selection = ContainerdSelection.Choose(entries, Platform.Parse(host));
            if (selection.Chosen is not { } chosen) return selection.Rank == -1 && selection.Passed.Count == entries.Count;
            var before = entries.Take(entries.IndexOf(chosen)).Select(e => ContainerdSelection.Choose([e], Platform.Parse(host)).Rank);
            return chosen.Platform is not null && before.All(rank => rank < 0 || rank > selection.Rank || host.StartsWith("windows", StringComparison.Ordinal));
        });
    }
}
