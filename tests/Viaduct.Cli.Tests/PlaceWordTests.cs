namespace Viaduct.Cli.Tests;

public sealed class PlaceWordTests : IDisposable
{
    private readonly Place _place = new();

    public void Dispose() => _place.Dispose();

    // a place that is none, and what is said of it
    [Theory]
    [InlineData("docker-archive:x.tar", "oci-archive:FILE")]
    [InlineData("docker-daemon:x:latest", "docker save")]
    [InlineData("containers-storage:x", "podman push")]
    [InlineData("dir:x", "skopeo copy")]
    [InlineData("oci:o6:", "an empty name")]
    [InlineData("oci-archive:", "an empty path")]
    public async Task A_place_of_another_kind_is_no_name_at_Docker_Hub(string place, string said)
    {
        foreach (var args in (string[][])[["copy", place, "oci:out"], ["copy", "oci:in", place], ["inspect", place]])
        {
            var outcome = await _place.RunAsync(args);
            Assert.Equal(2, outcome.Exit);
            Assert.StartsWith("error VIA9001", outcome.Error);
            Assert.Contains(said, outcome.Error);
        }
    }

    // where it is written: no password is shown
    [Theory]
    [InlineData("docker.io=https://user:hunter2@mirror")]
    [InlineData("docker.io=ftp://user:hunter2@mirror")]
    [InlineData("https://user:hunter2@mirror")]
    [InlineData("docker.io=https://user:hun,ter2@mirror")]
    public async Task A_password_in_a_mirrors_address_is_not_shown(string mirror)
    {
        using var other = new Place().With("VIADUCT_MIRRORS", mirror);
        foreach (var outcome in (Outcome[])[await _place.RunAsync("inspect", "x/y:1", "--mirror", mirror), await other.RunAsync("inspect", "x/y:1")])
        {
            Assert.Equal(2, outcome.Exit);
            Assert.DoesNotContain("hun", outcome.Error);
            Assert.DoesNotContain("ter2", outcome.Error);
        }
    }
}
