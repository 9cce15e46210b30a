using System.Formats.Tar;
using System.Text.Json;
using Viaduct.Build;
using Viaduct.Oci;

namespace Viaduct.Acceptance.Tests.Reproducibility;

/// <summary>The embedded builder's config and history are those that BuildKit makes of the same Dockerfile, and so are those of a child.</summary>
public sealed class BuildKit_keeps_the_same
{
    [Theory]
    [InlineData("VOLUME /a b $p\nVOLUME [\"/c d\", \"$p/x\", \"/a\"]", "VOLUME /more")]
    [InlineData("STOPSIGNAL SIGRTMIN+3\nENV s=quit\nSTOPSIGNAL sig$s", "ENV a=1")]
    [InlineData("CMD one\nSHELL [\"/bin/bash\", \"-c x\"]\nENTRYPOINT echo  hi   you", "CMD $p it\nENTRYPOINT [\"e\"]")]
    [InlineData("HEALTHCHECK --interval=1m30s --retries=10 CMD curl  \"$p\"", "HEALTHCHECK NONE")]
    [InlineData("HEALTHCHECK --timeout=1500ms --start-period=2h --start-interval=1001us --retries=200 CMD [\"a\\\"\\tb\",\"ä\"]", "HEALTHCHECK --interval=0 CMD x")]
    [InlineData("HEALTHCHECK --interval=100h0.5s --timeout=1.000001s CMD x", "ENV a=1")]
    [InlineData("MAINTAINER Me $p <a@b>  ", "MAINTAINER You")]
    [InlineData("ONBUILD   COPY a \\\n   /b   \nonbuild ENV x=$p\nONBUILD ARG v=1\nONBUILD WORKDIR /w$v\nONBUILD CMD go\nUSER 3\nCMD [\"a\"]", "LABEL l=$x$v\nENTRYPOINT [\"e\"]")]
    [InlineData("ONBUILD ENV a=1", "ONBUILD ENV b=$a\nLABEL l=$a")]
    [InlineData("ONBUILD COPY <<EOF <<-\"X\" /d/\n$p\nEOF\nb\nX\nONBUILD VOLUME $p", "ENV b=1")]
    [InlineData("ENV q=1", "FROM base AS one\nCMD [\"a\"]\nONBUILD ENV x=1\nONBUILD COPY a /x$x\nFROM one AS two\nENTRYPOINT [\"e\"]\nFROM two\nENV z=$x")]
    [InlineData("WORKDIR /w\nLABEL l=\"a b\" m=1\nUSER 3:4\nWORKDIR x\nENV r=\"x y\" s=\nENV old style value", "COPY --chown=2:4 --chmod=600 a $p\nADD --exclude=x a <<EOF /d/\n$p\nEOF\nCOPY --link [\"a\", \"/j k\"]")]
    public async Task Config_and_history(string instructions, string child)
    {
        RealParts.NeedDocker();
        using var folder = new TemporaryFolder().With("a", "A");
        await using var spool = new BlobSpool(folder.At(".viaduct/spool"));
        var name = "viaduct-base-" + Path.GetFileName(folder.Path).ToLowerInvariant();
        var childName = name + "-child";
        var bases = new OneBase(name);
        try
        {
            var dockerfile = "FROM scratch\nENV p=/q\n" + instructions + "\n";
            bases.Image = await BuildAsync(folder, dockerfile, bases, spool);
            Assert.Equal(await BuildKitAsync(folder, name), Shown(bases.Image.Config.ToBytes()));

            dockerfile = (child.StartsWith("FROM base", StringComparison.Ordinal) ? child.Replace("FROM base", "FROM " + name, StringComparison.Ordinal) : $"FROM {name}\n{child}") + "\n";
            var built = await BuildAsync(folder, dockerfile, bases, spool);
            Assert.Equal(await BuildKitAsync(folder, childName), Shown(built.Config.ToBytes()));
        }
        finally
        {
            await RealParts.DockerAsync("image", "rm", childName, name);
        }
    }

    private static Task<BuiltImage> BuildAsync(TemporaryFolder folder, string dockerfile, OneBase bases, BlobSpool spool) => new EmbeddedBuilder().BuildAsync(new BuildRequest
    {
        Name = "app",
        Context = folder.Path,
        Dockerfile = folder.With("Dockerfile", dockerfile).At("Dockerfile"),
        Platform = Platform.Parse("linux/amd64"),
        Bases = bases,
    }, spool, default);

    private static async Task<string> BuildKitAsync(TemporaryFolder folder, string name)
    {
        (await RealParts.DockerAsync("buildx", "build", "--platform", "linux/amd64", "--provenance=false", "--load", "--tag", name, folder.Path)).MustSucceed();
        (await RealParts.DockerAsync("image", "save", "--output", folder.At("saved.tar"), name)).MustSucceed();
        var files = new Dictionary<string, byte[]>();
        await using (var tar = new TarReader(File.OpenRead(folder.At("saved.tar"))))
            while (await tar.GetNextEntryAsync(copyData: true) is { } entry)
                if (entry.DataStream is { } content)
                {
                    using var bytes = new MemoryStream();
                    await content.CopyToAsync(bytes);
                    files[entry.Name] = bytes.ToArray();
                }
        File.Delete(folder.At("saved.tar"));
        using var manifest = JsonDocument.Parse(files["manifest.json"]);
        return Shown(files[manifest.RootElement[0].GetProperty("Config").GetString()!]);
    }

    /// <summary>
    /// All settings, the author and the lines of the history, but for what docs/dockerfile.md names: the values of arguments.
    /// <c>ArgsEscaped</c> means something on Windows alone, and <c># buildkit</c> is a signature.
    /// </summary>
    private static string Shown(byte[] config)
    {
        using var document = JsonDocument.Parse(config);
        var root = document.RootElement;
        var settings = root.GetProperty("config").EnumerateObject().Where(p => p.Name != "ArgsEscaped").OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => $"{p.Name}: {Text(p.Value)}");
        var history = root.GetProperty("history").EnumerateArray().Select(h => (Line: h.GetProperty("created_by").GetString()!, Empty: h.TryGetProperty("empty_layer", out var empty) && empty.GetBoolean()))
            .Select(h => $"{(h.Empty ? "-" : "+")} {(h.Line.StartsWith("ARG ", StringComparison.Ordinal) ? h.Line.Split('=')[0] : h.Line.Replace(" # buildkit", "", StringComparison.Ordinal))}");
        return string.Join('\n', [.. settings, root.TryGetProperty("author", out var author) ? $"author: {author}" : "no author", .. history]);
    }

    /// <summary>Escapes are written in several ways, so texts are compared as what they mean.</summary>
    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => $"[{string.Join(", ", value.EnumerateArray().Select(Text))}]",
        JsonValueKind.Object => $"{{{string.Join(", ", value.EnumerateObject().OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => $"{p.Name}: {Text(p.Value)}"))}}}",
        JsonValueKind.String => $"'{value.GetString()}'",
        _ => value.GetRawText(),
    };

    private sealed class OneBase(string name) : IBaseImages, IContentSource
    {
        public BuiltImage? Image { get; set; }

        public Task<string> KeyAsync(string asked, Platform platform, CancellationToken cancellationToken) => Task.FromResult(Find(asked).Manifest.Digest.ToString());

        public Task<IReadOnlyList<string>> OnBuildAsync(string asked, Platform platform, CancellationToken cancellationToken) => Task.FromResult(Find(asked).Config.Container.OnBuild);

        public Task<BaseImage> OpenAsync(string asked, Platform platform, CancellationToken cancellationToken) =>
            Task.FromResult(new BaseImage(Find(asked).Manifest, Find(asked).Config, this, null));

        public Task<RawManifest?> FindManifestAsync(string tagOrDigest, CancellationToken cancellationToken) => throw new NotSupportedException();

        public async Task<Stream> OpenBlobAsync(Descriptor blob, CancellationToken cancellationToken) =>
            new VerifyingStream(await Image!.Blobs.First(b => b.Descriptor.Digest == blob.Digest).OpenAsync(cancellationToken), blob);

        private BuiltImage Find(string asked) => asked == name && Image is { } image ? image : throw new InvalidOperationException(asked);
    }
}
