namespace Viaduct.Cli.Tests;

public sealed class ReferrersTests : IAsyncLifetime
{
    private readonly Place _place = new Place().Image("hello");
    private Served _served = null!;

    private string Name => $"{_served.Address}/hello:latest";

    public async ValueTask InitializeAsync()
    {
        _served = await _place.ServeAsync();
        Assert.Equal(0, (await _place.RunAsync("push", "--registry", _served.Address)).Exit);
    }

    public async ValueTask DisposeAsync()
    {
        await _served.DisposeAsync();
        _place.Dispose();
    }

    [Fact]
    public async Task What_is_about_an_image_and_what_is_about_that_is_a_tree()
    {
        var sbom = await AboutImages.AttachAsync(_served.Address, "hello", "latest", "application/spdx+json");
        var signature = await AboutImages.AttachAsync(_served.Address, "hello", sbom.ToString(), "application/example.signature");
        var lines = (await _place.RunAsync("referrers", Name)).Output.Split('\n');
        Assert.StartsWith($"└─ application/spdx+json  {sbom}", lines[2]);
        Assert.StartsWith($"   └─ application/example.signature  {signature}", lines[3]);

        var json = (await _place.RunAsync("referrers", Name, "-o", "json")).Json;
        Schemas.Conforms("referrers.schema.json", json);
        Assert.Equal(signature.ToString(), json.GetProperty("referrers")[0].GetProperty("referrers")[0].GetProperty("digest").GetString());
    }

    [Fact]
    public async Task A_type_is_looked_for_and_a_layout_has_the_same()
    {
        var sbom = await AboutImages.AttachAsync(_served.Address, "hello", "latest", "application/spdx+json");
        await AboutImages.AttachAsync(_served.Address, "hello", "latest", "application/other");
        Assert.Equal(0, (await _place.RunAsync("copy", Name, "oci:out", "oci-archive:a.tar")).Exit);
        foreach (var place in (string[])[Name, "oci:out", "oci-archive:a.tar"])
        {
            var shown = (await _place.RunAsync("referrers", place, "--type", "application/spdx+json")).Output;
            Assert.Contains(sbom.ToString(), shown);
            Assert.DoesNotContain("application/other", shown);
        }
    }

    [Fact]
    public async Task What_nothing_is_about_is_said_to_be_so() =>
        Assert.EndsWith("nothing is about it\n", (await _place.RunAsync("referrers", Name)).Output);
}
