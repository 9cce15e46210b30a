using System.Text;
using Viaduct.Oci;
using Viaduct.Registry;

namespace Viaduct.Cli.Tests;

/// <summary>What looks as if it were about a manifest, and belongs to others.</summary>
public sealed class DeleteOthersTests : IAsyncLifetime
{
    private readonly Place _place = new Place().Image("hello", "tags: [\"1\"]\n");
    private Served _served = null!;
    private RegistryClient _client = null!;
    private Digest _digest;

    private string Name => $"{_served.Address}/hello";

    private RepositoryClient Repository => _client.Repository(Reference.Parse(Name), push: true);

    private string SignatureTag => $"sha256-{_digest.Hex}.sig";

    public async ValueTask InitializeAsync()
    {
        _served = await _place.ServeAsync();
        _client = new RegistryClient(new RegistryOptions());
        Assert.Equal(0, (await _place.RunAsync("push", "--registry", _served.Address)).Exit);
        _digest = (await Repository.HeadManifestAsync("1", default))!.Digest;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _served.DisposeAsync();
        _place.Dispose();
    }

    private async Task<RawManifest> PutAsync(string text)
    {
        await Repository.PushBlobAsync(Blob.FromBytes("application/x", "{}"u8.ToArray()), default);
        var manifest = RawManifest.Parse(Encoding.UTF8.GetBytes(text), null);
        await Repository.PushManifestAsync(manifest, default);
        return manifest;
    }

    private Task<RawManifest> PutImageAsync(string note) => PutAsync(
        $$"""{"schemaVersion":2,"mediaType":"{{MediaTypes.OciManifest}}","config":{"mediaType":"application/x","digest":"{{Digest.Sha256("{}"u8)}}","size":2},"layers":[],"annotations":{"note":"{{note}}"} }""");

    private Task<Outcome> DeleteAsync(params string[] more) => _place.RunAsync(["delete", $"{Name}@{_digest}", .. more]);

    // what else shows or names the manifest under the signature's tag: whether that goes with it
    [Theory]
    [InlineData("nothing", true)]
    [InlineData("a tag", false)]
    [InlineData("a list", false)]
    public async Task A_signature_goes_with_it_unless_it_is_somebody_elses_too(string other, bool goes)
    {
        var image = await PutImageAsync("other");
        await Repository.TagAsync(SignatureTag, image, default);
        if (other == "a tag") await Repository.TagAsync("release", image, default);
        if (other == "a list")
            await Repository.TagAsync("list", await PutAsync($$"""{"schemaVersion":2,"mediaType":"{{MediaTypes.OciIndex}}","manifests":[{"mediaType":"{{MediaTypes.OciManifest}}","digest":"{{image.Digest}}","size":{{image.Bytes.Length}}}]}"""), default);
        Assert.Equal(0, (await DeleteAsync("--yes")).Exit);
        Assert.Equal(goes, await Repository.HeadManifestAsync(image.Digest.ToString(), default) is null);
        Assert.Null(await Repository.HeadManifestAsync(SignatureTag, default));
    }

    [Fact]
    public async Task A_tag_that_only_begins_as_a_signatures_stays()
    {
        var image = await PutImageAsync("other");
        await Repository.TagAsync($"sha256-{_digest.Hex}.mine", image, default);
        Assert.Equal(0, (await DeleteAsync("--yes")).Exit);
        Assert.NotNull(await Repository.HeadManifestAsync($"sha256-{_digest.Hex}.mine", default));
    }

    [Fact]
    public async Task A_deletion_that_was_broken_off_is_gone_on_with()
    {
        var sbom = await AboutImages.AttachAsync(_served.Address, "hello", "1", "application/spdx+json");
        Assert.True(await Repository.DeleteAsync(_digest.ToString(), default));
        Assert.Equal($"{Name}@{_digest}: was gone\n", (await DeleteAsync("--yes")).Output);
        Assert.Null(await Repository.HeadManifestAsync(sbom.ToString(), default));
        Assert.StartsWith("error VIA9008", (await DeleteAsync("--yes")).Error);
    }
}
