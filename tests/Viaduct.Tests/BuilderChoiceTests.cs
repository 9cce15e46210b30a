using Viaduct.Build;
using Viaduct.Configuration;
using Viaduct.Oci;

namespace Viaduct.Tests;

public sealed class BuilderChoiceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public BuilderChoiceTests() => _folder.With("images/app/Dockerfile", "FROM scratch\nCOPY a /a\n").With("images/app/a", "a");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", "linux/amd64", "embedded")]
    [InlineData("builder: auto", "linux/amd64", "embedded")]
    [InlineData("builder: docker", "linux/amd64", "docker")]
    [InlineData("builder: ssh://arm-host", "linux/arm64", "ssh://arm-host")]
    [InlineData("builder: 'buildx:farm'", "linux/arm64", "buildx:farm")]
    [InlineData("builder: {linux/arm64: ssh://arm-host}", "linux/arm64", "embedded")]
    [InlineData("builder: {linux/arm64: ssh://arm-host, default: docker}", "linux/amd64", "embedded")]
    [InlineData("provenance: true", "linux/amd64", "buildx")]
    [InlineData("sbom: true", "linux/amd64", "buildx")]
    [InlineData("builder: {linux/amd64: 'buildx:farm'}\nprovenance: max", "linux/amd64", "buildx:farm")]
    public Task What_the_embedded_builder_can_do_it_does_unless_another_is_named(string yaml, string platform, string builder) => HoldsAsync(yaml, platform, builder);

    [Theory]
    [InlineData("", "linux/amd64", "docker")]
    [InlineData("builder: embedded", "linux/amd64", "embedded")]
    [InlineData("builder: {linux/arm64: ssh://arm-host, default: auto}", "linux/arm64", "ssh://arm-host")]
    [InlineData("builder: {linux/arm64: ssh://arm-host, default: auto}", "linux/amd64", "docker")]
    [InlineData("builder: {linux/arm64/v8: 'docker:arm'}", "linux/arm64", "docker:arm")]
    [InlineData("builder: {default: 'buildx:farm'}", "linux/arm64", "buildx:farm")]
    [InlineData("builder: {linux/arm64: embedded}", "linux/arm64", "embedded")]
    [InlineData("secrets: ['id=token,env=TOKEN']", "linux/amd64", "buildx")]
    [InlineData("ssh: default", "linux/amd64", "buildx")]
    [InlineData("cache-to: ['type=local,dest=x']", "linux/amd64", "buildx")]
    [InlineData("cache-from: ['type=local,src=x']", "linux/amd64", "buildx")]
    [InlineData("cache-from: [registry.example/cache]", "linux/amd64", "docker")]
    public Task What_has_RUN_goes_to_the_engine_of_its_platform(string yaml, string platform, string builder)
    {
        _folder.With("images/app/Dockerfile", "FROM scratch\nRUN [\"/a\"]\n");
        return HoldsAsync(yaml, platform, builder);
    }

    [Fact]
    public void A_cache_is_named_by_architecture_and_files_from_the_images_folder()
    {
        var image = Read("cache-to: ['type=registry,ref=registry.example/$(NAME):cache-$(ARCH)', 'type=local,dest=cache']\nsecrets: ['id=a,src=keys/a']");
        var request = Requests.For(image, new Platform("linux", "arm64"), null!);
        var folder = Path.Combine(_folder.Path, "images", "app");
        Assert.Equal(["type=registry,ref=registry.example/app:cache-arm64", $"type=local,dest={Path.Combine(folder, "cache")}"], request.Engine.CacheTo);
        Assert.Equal([$"id=a,src={Path.Combine(folder, "keys", "a")}"], request.Engine.Secrets);
    }

    [Fact]
    public void An_explanation_says_who_builds_and_how_and_of_secrets_the_names()
    {
        _folder.With("images/app/image.yaml", "builder: 'buildx:farm'\nsecrets: ['id=token,env=TOKEN', 'id=key,src=k']\nlayers: zstd\nsbom: true\n");
        var explained = ImageSetReader.Read(_folder.Path, new SetOverrides()).Explained.ToDictionary(e => e.Key, e => e.Value);
        Assert.Equal(("buildx:farm", "id=token id=key", "zstd", "true"), (explained["builder"], explained["secrets"], explained["layers"], explained["sbom"]));
        Assert.DoesNotContain("cache-to", explained.Keys);
    }

    [Theory]
    [InlineData("builder: dokcer", "1:10", "Did you mean 'docker'?")]
    [InlineData("builder: {linux/arm65: docker}", "1:", "linux/arm64")]
    [InlineData("builder: {linux/arm64: 'docker:'}", "1:24", "Did you mean 'docker'?")]
    [InlineData("builder: ssh://", "1:10", "ssh://arm-host")]
    [InlineData("secrets: [password]", "1:11", "id=NAME,src=FILE")]
    [InlineData("secrets: ['id=a,value=b']", "1:11", "never stands here")]
    [InlineData("network: bridge", "1:10", "default, none or host")]
    [InlineData("layers: xz", "1:9", "gzip or zstd")]
    [InlineData("layers: zstd\nmedia-types: docker", "1:9", "media-types: oci")]
    public void Whatever_is_none_is_refused_with_its_place(string yaml, string place, string todo)
    {
        var error = Assert.Throws<ViaductException>(() => Read(yaml));
        Assert.StartsWith($"images/app/image.yaml:{place}", error.Where, StringComparison.Ordinal);
        Assert.Contains(todo, error.Todo, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("builder")]
    [InlineData("network")]
    [InlineData("layers")]
    public void A_message_repeats_no_control_characters_and_not_all_of_a_long_text(string key)
    {
        var error = Assert.Throws<ViaductException>(() => Read($"{key}: \"\\e[31m{new string('x', 5000)}\""));
        Assert.DoesNotContain(error.Message, char.IsControl);
        Assert.Contains("'?[31mxxx", error.Message);
        Assert.InRange(error.Message.Length, 100, 300);
    }

    private async Task HoldsAsync(string yaml, string platform, string builder) =>
        Assert.Equal(builder, (await Builders.ChooseAsync(Requests.For(Read(yaml), Platform.Parse(platform), null!), default)).ToString());

    private ImageDefinition Read(string yaml)
    {
        _folder.With("images/app/image.yaml", yaml + "\n");
        return ImageSetReader.Read(_folder.Path, new SetOverrides()).Images[0];
    }
}
