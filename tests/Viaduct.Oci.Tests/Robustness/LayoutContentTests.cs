using System.Security.Cryptography;
using System.Text;
using Viaduct.Oci.Layouts;

namespace Viaduct.Oci.Tests.Robustness;

/// <summary>Layouts whose files say other things than their names.</summary>
public sealed class LayoutContentTests : IDisposable
{
    private static readonly string Hex = new('a', 64);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> NoDigests => new("sha256:../../../../secret", "sha256:" + Hex[..^1], "sha256:" + Hex + "a", "sha256:" + Hex.ToUpperInvariant(),
        "SHA256:" + Hex, "md5:d41d8cd98f00b204e9800998ecf8427e", "sha384:" + Hex + Hex[..32], "sha512:" + Hex, "sha256+b64:" + Hex, "sha256:" + "../".PadRight(64, 'a'), Hex, "");

    [Theory]
    [MemberData(nameof(NoDigests))]
    public async Task Digest_used_as_a_path_in_a_layout(string digest)
    {
        File.WriteAllText(_folder["secret"], """{"schemaVersion":2,"manifests":[]}""");
        var layout = await OciLayout.OpenOrCreateAsync(_folder["l"], default);
        Assert.False(Digest.TryParse(digest, out _));
        Assert.Null(await layout.FindManifestAsync(digest, default));

        var evil = $$"""{"schemaVersion":2,"config":{"mediaType":"x","digest":"{{digest}}","size":2},"layers":[]}""";
        var manifest = RawManifest.Parse(Encoding.UTF8.GetBytes(evil), MediaTypes.OciManifest);
        Assert.Equal("VIA1010", (await Assert.ThrowsAsync<ViaductException>(() => ImageCopy.CopyAsync(layout, manifest, layout, default))).Code);

        File.WriteAllText(_folder["l", "index.json"], $$"""{"schemaVersion":2,"manifests":[{"mediaType":"{{MediaTypes.OciIndex}}","digest":"{{digest}}","size":34}]}""");
        Assert.Equal("VIA1030", (await Assert.ThrowsAsync<ViaductException>(() => OciLayout.OpenAsync(_folder["l"], default))).Code);
    }

    /// <summary>A blob gets its name when all of it has been hashed, and not before.</summary>
    [Theory]
    [InlineData("others")]
    [InlineData("fewer")]
    [InlineData("more")]
    [InlineData("broken off")]
    public async Task Digest_mismatch_in_a_layout(string how)
    {
        var layout = await OciLayout.OpenOrCreateAsync(_folder["l"], default);
        var right = RandomNumberGenerator.GetBytes(300_000);
        var descriptor = Blob.FromBytes(MediaTypes.OciLayer, right).Descriptor;
        byte[] sent = how switch { "others" => new byte[right.Length], "fewer" => right[..^1], "more" => [.. right, 0], _ => right };
        var seen = new List<string>();
        var blob = new Blob(descriptor, _ => new(new WatchedStream(sent, how == "broken off", () => seen.AddRange(Blobs()))));
        var error = await Record.ExceptionAsync(() => layout.PushBlobAsync(blob, default));
        if (how == "broken off") Assert.IsType<IOException>(error);
        else Assert.Equal("VIA1012", Assert.IsType<ViaductException>(error).Code);
        Assert.DoesNotContain(descriptor.Digest.Hex, seen);
        Assert.Empty(Blobs());
        Assert.Equal("VIA1032", (await Assert.ThrowsAsync<ViaductException>(() => layout.OpenBlobAsync(descriptor, default))).Code);
    }

    private IEnumerable<string> Blobs() =>
        Directory.Exists(_folder["l", "blobs"]) ? Directory.EnumerateFiles(_folder["l", "blobs"], "*", SearchOption.AllDirectories).Select(f => Path.GetFileName(f)!) : [];

    [Theory]
    [InlineData("empty blob")]
    [InlineData("empty layer list")]
    [InlineData("empty config")]
    [InlineData("sha512")]
    [InlineData("nested index")]
    [InlineData("four MiB")]
    public async Task Unusual_and_allowed_in_a_layout(string what)
    {
        var (from, to) = (await OciLayout.OpenOrCreateAsync(_folder["from"], default), await OciLayout.OpenOrCreateAsync(_folder["to"], default));
        var empty = Blob.FromBytes("application/vnd.oci.empty.v1+json", "{}"u8.ToArray());
        var layer = Blob.FromBytes(MediaTypes.OciLayer, new byte[what == "empty blob" ? 0 : 3]);
        if (what == "sha512") layer = layer with { Descriptor = layer.Descriptor with { Digest = Digest.Parse("sha512:" + Convert.ToHexStringLower(SHA512.HashData(new byte[3]))) } };
        foreach (var blob in new[] { empty, layer }) await from.PushBlobAsync(blob, default);
        var manifest = new ImageManifest(empty.Descriptor, what == "empty layer list" ? [] : [layer.Descriptor]).ToManifest();
        await from.PushManifestAsync(manifest, default);
        if (what == "nested index")
            for (var depth = 0; depth < 3; depth++)
            {
                manifest = ManifestList.WriteInOrder([manifest.Descriptor with { Platform = new Platform("linux", "amd64") }]);
                await from.PushManifestAsync(manifest, default);
            }
        if (what == "four MiB")
        {
            var text = Encoding.UTF8.GetString(manifest.Bytes.Span).TrimEnd()[..^1] + ",\"annotations\":{\"a\":\"";
            manifest = RawManifest.Parse(Encoding.UTF8.GetBytes(text + new string('a', RawManifest.MaxSize - text.Length - 3) + "\"}}"), null);
            Assert.Equal(RawManifest.MaxSize, manifest.Bytes.Length);
        }
        await ImageCopy.CopyAsync(from, manifest, to, default);
        await to.TagAsync("v1", manifest, default);
        var found = (await to.FindManifestAsync("v1", default))!;
        Assert.Equal(manifest.Bytes.ToArray(), found.Bytes.ToArray());
        Assert.True(await Layouts.Images.VerifyAsync(to, found) >= 2);
    }

    private sealed class WatchedStream(byte[] bytes, bool breaks, Action read) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            read();
            if (breaks && Position > 0) throw new IOException("gone");
            return base.ReadAsync(buffer.Length > 100_000 ? buffer[..100_000] : buffer, cancellationToken);
        }
    }
}
