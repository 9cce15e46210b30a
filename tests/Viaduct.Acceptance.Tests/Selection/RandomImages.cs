using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Viaduct.Oci;

namespace Viaduct.Acceptance.Tests.Selection;

/// <summary>Makes the manifests of random lists. Every image is told from all others, of this run and of earlier ones, by a label.</summary>
internal sealed class RandomImages(string run)
{
    private readonly byte[] _tar = Tar();

    /// <summary>The one layer of all images: what is looked at is which image is taken, not what is in it.</summary>
    public byte[] Layer => field ??= Zipped(_tar);

    public (RawManifest Manifest, Blob Config) Image(RandomIndex index, string place, RandomEntry entry)
    {
        var docker = index.IsDockerList;
        var json = new GoJsonWriter().BeginObject();
        Words(json, entry.Config!);
        var config = Blob.FromBytes(docker ? MediaTypes.DockerConfig : MediaTypes.OciConfig, json
            .Name("config").BeginObject().Name("Labels").BeginObject()
            .Name("run").String(run).Name("list").String(index.Tag).Name("place").String(place).EndObject().EndObject()
            .Name("rootfs").BeginObject().Name("type").String("layers")
            .Name("diff_ids").BeginArray().String(Digest.Sha256(_tar).ToString()).EndArray().EndObject().EndObject().ToBytes());
        var manifest = Start(docker ? MediaTypes.DockerManifest : MediaTypes.OciManifest).Name("config");
        Pointer(manifest, config.Descriptor).EndObject().Name("layers").BeginArray();
        Pointer(manifest, Blob.FromBytes(docker ? MediaTypes.DockerLayerGzip : MediaTypes.OciLayerGzip, Layer).Descriptor).EndObject().EndArray();
        return (RawManifest.Parse(manifest.EndObject().ToBytes(), null), config);
    }

    public static RawManifest List(bool docker, IEnumerable<(RandomEntry Entry, RawManifest Manifest)> entries)
    {
        var json = Start(docker ? MediaTypes.DockerList : MediaTypes.OciIndex).Name("manifests").BeginArray();
        foreach (var (entry, manifest) in entries)
        {
            Pointer(json, manifest.Descriptor);
            if (entry.IsAttestation) json.Map("annotations", new Dictionary<string, string> { ["vnd.docker.reference.type"] = "attestation-manifest" });
            if (entry.Listed is not null) Words(json.Name("platform").BeginObject(), entry.Listed).EndObject();
            json.EndObject();
        }
        return RawManifest.Parse(json.EndArray().EndObject().ToBytes(), null);
    }

    private static GoJsonWriter Start(string mediaType) =>
        new GoJsonWriter().BeginObject().Name("schemaVersion").Number(2).Name("mediaType").String(mediaType);

    private static GoJsonWriter Pointer(GoJsonWriter json, Descriptor descriptor) => json.BeginObject()
        .Name("mediaType").String(descriptor.MediaType).Name("size").Number(descriptor.Size).Name("digest").String(descriptor.Digest.ToString());

    private static GoJsonWriter Words(GoJsonWriter json, Platform platform) => json
        .Name("architecture").String(platform.Architecture).Name("os").String(platform.Os)
        .Optional("os.version", platform.OsVersion).Optional("variant", platform.Variant);

    private static byte[] Tar()
    {
        using var bytes = new MemoryStream();
        using (var tar = new TarWriter(bytes, TarEntryFormat.Ustar, leaveOpen: true))
            tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, "viaduct") { DataStream = new MemoryStream(Encoding.UTF8.GetBytes("viaduct")) });
        return bytes.ToArray();
    }

    private static byte[] Zipped(byte[] tar)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(tar);
        return bytes.ToArray();
    }
}
