using System.Text;
using Viaduct.Oci;
using Viaduct.Oci.Layers;

namespace Viaduct.Acceptance.Tests.Programs;

/// <summary>What a layer holds.</summary>
internal sealed class ImageFiles
{
    private readonly List<(TarEntry Entry, byte[]? Bytes)> _files = [];

    public ImageFiles With(string path, byte[] bytes, int mode = 0b111_101_101)
    {
        _files.Add((new TarEntry(path.TrimStart('/'), TarEntryKind.File) { Size = bytes.Length, Mode = mode }, bytes));
        return this;
    }

    public ImageFiles With(string path, string text) => With(path, Encoding.UTF8.GetBytes(text));

    public ImageFiles WithLink(string path, string target)
    {
        _files.Add((new TarEntry(path.TrimStart('/'), TarEntryKind.SymbolicLink) { LinkTarget = target }, null));
        return this;
    }

    public async Task<(Layer Layer, byte[] Bytes)> PackAsync()
    {
        using var output = new MemoryStream();
        await using var writer = new LayerWriter(output, threads: 1);
        foreach (var (entry, bytes) in _files)
        {
            using var content = bytes is null ? null : new MemoryStream(bytes);
            await writer.AddAsync(entry, content, default);
        }
        return (await writer.CompleteAsync(default), output.ToArray());
    }
}
