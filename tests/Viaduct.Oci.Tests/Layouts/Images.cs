using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Viaduct.Oci.Layouts;

namespace Viaduct.Oci.Tests.Layouts;

/// <summary>Small real images, made in memory and put where a test wants them.</summary>
internal static class Images
{
    /// <summary>A tar of one file, as a layer.</summary>
    public static byte[] Tar(string name, string content)
    {
        using var bytes = new MemoryStream();
        using (var tar = new TarWriter(bytes, TarEntryFormat.Ustar, leaveOpen: true))
            tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content)), ModificationTime = DateTimeOffset.UnixEpoch });
        return bytes.ToArray();
    }

    public static byte[] Gzip(byte[] bytes)
    {
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Fastest)) gzip.Write(bytes);
        return output.ToArray();
    }

    /// <summary>An archive of files (bytes), symbolic links (a string) and what else a tar can hold (its type), as a stranger would write it.</summary>
    public static byte[] Archive(params (string Name, object Content)[] files)
    {
        using var bytes = new MemoryStream();
        using (var tar = new TarWriter(bytes, TarEntryFormat.Gnu, leaveOpen: true))
            foreach (var (name, content) in files)
                tar.WriteEntry(content switch
                {
                    byte[] file => new GnuTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(file) },
                    string link => new GnuTarEntry(TarEntryType.SymbolicLink, name) { LinkName = link },
                    _ => new GnuTarEntry((TarEntryType)content, name),
                });
        return bytes.ToArray();
    }

    public static async Task<RawManifest> PushAsync(IContentSink sink, string architecture, bool docker = false, params byte[][] tars)
    {
        var layers = tars.Select(t => Blob.FromBytes(docker ? MediaTypes.DockerLayerGzip : MediaTypes.OciLayerGzip, Gzip(t))).ToList();
        var config = Blob.FromBytes(
            docker ? MediaTypes.DockerConfig : MediaTypes.OciConfig,
            new ImageConfig(new Platform("linux", architecture)) { DiffIds = [.. tars.Select(t => Digest.Sha256(t))], Container = new ContainerConfig { Cmd = ["/" + architecture] } }.ToBytes());
        foreach (var blob in layers.Prepend(config)) await sink.PushBlobAsync(blob, default);
        var manifest = new ImageManifest(config.Descriptor, [.. layers.Select(l => l.Descriptor)]).ToManifest();
        if (docker)
            manifest = RawManifest.Parse(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(manifest.Bytes.Span).Replace(MediaTypes.OciManifest, MediaTypes.DockerManifest)), null);
        await sink.PushManifestAsync(manifest, default);
        return manifest;
    }

    public static async Task<RawManifest> PushListAsync(IContentSink sink, params string[] architectures)
    {
        var children = new List<(Reference, Descriptor)>();
        foreach (var architecture in architectures)
        {
            var child = await PushAsync(sink, architecture, docker: false, Tar("bin/" + architecture, "I am " + architecture), Tar("etc/same", "the same in all"));
            children.Add((Reference.Parse($"r.io/x-{architecture}:1"), child.Descriptor with { Platform = new Platform("linux", architecture) }));
        }
        var list = ManifestList.Write(children);
        await sink.PushManifestAsync(list, default);
        return list;
    }

    /// <summary>Reads all that a manifest names through the verifying streams.</summary>
    public static async Task<int> VerifyAsync(IContentSource source, RawManifest manifest)
    {
        var (blobs, manifests) = await ImageCopy.CollectAsync(source, [manifest], default);
        foreach (var blob in blobs)
        {
            await using var stream = await source.OpenBlobAsync(blob, default);
            await stream.CopyToAsync(Stream.Null);
        }
        return blobs.Count + manifests.Count;
    }
}
