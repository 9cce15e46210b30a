using Viaduct.Manifests;

namespace Viaduct.Tests.Manifests;

/// <summary>
/// Requests are what distance multiplies. Eight architectures with a config and six layers each behind a token service, create and push
/// as processes of their own: docker needs 347 and 43.
/// </summary>
public sealed class PushRequestTests : IAsyncLifetime
{
    private static readonly string[] Words = ["386", "amd64", "arm", "arm64", "ppc64le", "riscv64", "s390x", "mips64le"];

    private PushBed _bed = null!;

    public async ValueTask InitializeAsync() => _bed = await PushBed.StartAsync();

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    /// <summary>A push from other repositories: 56 mounts, 8 manifests, the list, a look at it, and one token after one challenge.</summary>
    [Theory]
    [InlineData("source-{0}/app:1", 8 + 8 + 2, 56 + 8 + 1 + 1 + 2)]
    [InlineData("target/app:{0}", 8 + 8 + 2, 1 + 1 + 2)]
    public async Task A_list_of_eight_images_needs_so_many_requests_to_create_and_to_push(string names, int create, int push)
    {
        var children = new List<ChildName>();
        foreach (var word in Words)
        {
            var name = string.Format(System.Globalization.CultureInfo.InvariantCulture, names, word);
            await _bed.ImageAsync(name, new("linux", word), layers: 6);
            children.Add(new ChildName($"{_bed.Registry.Host}/{name}"));
        }
        _bed.Registry.DemandTokens();
        _bed.Registry.Seen.Clear();
        using (var client = _bed.Client())
            await new ListCreator(_bed.Context(client)).CreateAsync(new CreateRequest(_bed.Name("target/app:1"), children), default);
        Assert.Equal(create, _bed.Registry.Count);

        await _bed.PushAsync("target/app:1");
        Assert.Equal(push, _bed.Registry.Count);
        Assert.Equal(1, _bed.Registry.CountOf("GET", "/token"));
    }
}
