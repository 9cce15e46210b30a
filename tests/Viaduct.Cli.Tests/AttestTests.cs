using System.Text.Json;

namespace Viaduct.Cli.Tests;

/// <summary><c>--attest</c>: what is attached to images, by one machine and by several.</summary>
public sealed class AttestTests : IAsyncLifetime
{
    private readonly Place _host = new();
    private readonly List<Place> _machines = [];
    private Served _registry = null!;

    public async ValueTask InitializeAsync() => _registry = await _host.ServeAsync();

    public async ValueTask DisposeAsync()
    {
        await _registry.DisposeAsync();
        foreach (var machine in _machines.Append(_host)) machine.Dispose();
    }

    [Fact]
    public async Task What_is_attached_is_what_verify_demands()
    {
        var machine = Machine();
        Assert.Equal((0, ""), await DoAsync(machine, "push", "--attest", "provenance"));
        Assert.Equal(0, (await VerifyAsync("provenance")).Exit);
        Assert.Equal(6, (await VerifyAsync("provenance,sbom")).Exit);
        Assert.Equal((0, ""), await DoAsync(machine, "push", "--move-tag", "--attest", "provenance,sbom"));
        Assert.Equal(0, (await VerifyAsync("provenance,sbom")).Exit);

        Task<Outcome> VerifyAsync(string wanted) => machine.RunAsync("verify", $"{_registry.Address}/team/hello", "--require", wanted);
    }

    [Fact]
    public async Task Legs_make_the_list_that_one_machine_makes_with_its_attestations()
    {
        var legs = new List<string>();
        foreach (var platform in (string[])["linux/amd64", "linux/arm64"])
        {
            var machine = Machine();
            Assert.Equal((0, ""), await DoAsync(machine, "build", "--platform", platform, "--push-by-digest", "--metadata", "leg.json", "--attest", "provenance,sbom"));
            legs.Add(machine.PathOf("leg.json"));
        }
        var joining = Machine();
        Assert.Equal((0, ""), await DoAsync(joining, ["assemble", "--attest", "provenance", "--attest", "sbom", "--record", "all.json", "--metadata", .. legs]));
        var alone = Machine();
        Assert.Equal((0, ""), await DoAsync(alone, "push", "--attest", "sbom,provenance", "--metadata", "all.json", "--registry", $"{_registry.Address}/alone"));
        using var joined = Record(joining);
        using var one = Record(alone);
        Schemas.Conforms("metadata.schema.json", joined.RootElement);
        Assert.Equal(ListOf(one), ListOf(joined));
        Assert.Equal(2, joined.RootElement.GetProperty("images")[0].GetProperty("platforms").EnumerateArray().Count(p => p.GetProperty("attestations").GetArrayLength() == 1));

        // A leg of another wish is one of other inputs.
        var refused = await joining.RunAsync(["assemble", "--registry", $"{_registry.Address}/team", "--metadata", .. legs]);
        Assert.StartsWith("error VIA5041: ", refused.Error);
    }

    [Fact]
    public async Task Copies_and_layouts_have_them_once()
    {
        var place = Machine();
        Assert.Equal((0, ""), await DoAsync(place, "push", "--attest", "provenance,sbom", "--metadata", "all.json"));
        using var record = Record(place);
        foreach (var target in (string[])[$"{_registry.Address}/copy/hello:latest", "oci:out:hello"])
        {
            Assert.Equal(0, (await place.RunAsync("copy", $"{_registry.Address}/team/hello:latest", target)).Exit);
            using var referrers = JsonDocument.Parse((await place.RunAsync("referrers", target, "--output", "json")).Output);
            Assert.Contains(ListOf(record), referrers.RootElement.GetRawText());
            Assert.Equal(0, (await place.RunAsync("inspect", target)).Exit);
        }
        Assert.Equal((0, ""), await DoAsync(place, "build", "--attest", "provenance,sbom", "--output", "built"));
        var inspected = (await place.RunAsync("inspect", "oci:built:hello:latest", "--output", "json")).Output;
        Assert.Contains("attestation-manifest", inspected);
        Assert.Contains(ListOf(record), inspected);
    }

    [Fact]
    public async Task The_variable_says_it_too_and_the_option_counts_first()
    {
        var place = Machine();
        place.With("VIADUCT_ATTEST", "sbom");
        Assert.Contains("attestations  sbom", Squeezed((await place.RunAsync("plan", "--explain")).Output));
        Assert.Contains("VIADUCT_ATTEST", (await place.RunAsync("plan", "--explain")).Output);
        Assert.Contains("attestations  none", Squeezed((await place.RunAsync("plan", "--explain", "--attest", "none")).Output));
    }

    [Fact]
    public async Task An_unknown_word_is_refused()
    {
        var outcome = await Machine().RunAsync("push", "--attest", "sboms");
        Assert.Equal(2, outcome.Exit);
        Assert.StartsWith("error VIA9085: --attest: 'sboms' is nothing that is attached to an image", outcome.Error);
        Assert.Contains("Did you mean 'sbom'?", outcome.Error);
        outcome = await Machine().RunAsync("assemble", $"{_registry.Address}/x:1", $"{_registry.Address}/y:1", "--attest", "sbom");
        Assert.StartsWith("error VIA9001: --attest is for the lists of the set", outcome.Error);
    }

    private Place Machine()
    {
        var place = new Place().Image("hello", dockerfile: "FROM scratch\nARG TARGETARCH\nCOPY hello.txt /\nCOPY ${TARGETARCH}.txt /\n").File("images/hello/amd64.txt", "a\n").File("images/hello/arm64.txt", "b\n");
        _machines.Add(place);
        return place;
    }

    private async Task<(int, string)> DoAsync(Place place, params string[] words)
    {
        var outcome = await place.RunAsync(words.Contains("--registry") ? words : [words[0], "--registry", $"{_registry.Address}/team", .. words[1..]]);
        return (outcome.Exit, outcome.Error);
    }

    private static JsonDocument Record(Place place) => JsonDocument.Parse(File.ReadAllBytes(place.PathOf("all.json")));

    private static string ListOf(JsonDocument record) => record.RootElement.GetProperty("images")[0].GetProperty("list").GetProperty("digest").GetString()!;

    private static string Squeezed(string text) => System.Text.RegularExpressions.Regex.Replace(text, " {2,}", "  ");
}
