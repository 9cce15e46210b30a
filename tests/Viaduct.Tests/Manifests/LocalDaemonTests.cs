using System.Formats.Tar;
using Viaduct.Manifests;
using Viaduct.Oci;
using Viaduct.Oci.Layouts;
using ScriptedDocker = Viaduct.Build.Tests.Engines.ScriptedBuilder;

namespace Viaduct.Tests.Manifests;

public sealed class LocalDaemonTests
{
    [Fact]
    public async Task An_image_of_docker_s_own_store_is_taken_into_a_list_and_brought_by_push()
    {
        await using var bed = await ListBed.StartAsync();
        var layout = await OciLayout.OpenOrCreateAsync(Path.Combine(bed.Folder.Path, "saved"), default);
        var config = Blob.FromBytes(MediaTypes.OciConfig, new ImageConfig(new Platform("linux", "arm64")).ToBytes());
        await layout.PushBlobAsync(config, default);
        var image = new ImageManifest(config.Descriptor, []).ToManifest();
        await layout.TagAsync("1", image, default);
        using var saved = new MemoryStream();
        await TarFile.CreateFromDirectoryAsync(layout.Folder, saved, includeBaseDirectory: false, TestContext.Current.CancellationToken);
        await using var engine = await ScriptedDocker.StartAsync();
        engine.Save = ScriptedDocker.Bytes(saved.ToArray());
        var context = bed.Context with { Variable = v => v == "DOCKER_HOST" ? engine.Address : null };

        var made = await new ListCreator(context).CreateAsync(bed.Request("app:1", "docker-daemon:a:1"), default);
        await new ListPusher(context).PushAsync(new PushRequest(bed.Name("app:1")), default);

        Assert.Equal("docker-daemon:a:1", made.Companion.Sources[image.Digest]);
        Assert.Equal(image.Bytes.ToArray(), (await bed.Context.Registry.Repository(bed.Name("app:1")).FindManifestAsync(image.Digest.ToString(), default))!.Bytes.ToArray());
    }
}
