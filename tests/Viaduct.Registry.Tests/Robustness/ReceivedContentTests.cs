using System.Text;
using Microsoft.AspNetCore.Http;
using Viaduct.Oci;
using Viaduct.Oci.Layouts;

namespace Viaduct.Registry.Tests.Robustness;

/// <summary>What comes from a registry is what was asked for, or a failure; no header decides that.</summary>
public sealed class ReceivedContentTests : IDisposable
{
    private static readonly byte[] Content = Samples.Bytes(100_000);
    private static readonly Descriptor Blob = Samples.Blob(100_000).Descriptor;
    private readonly string _folder = Directory.CreateTempSubdirectory("viaduct-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>The descriptor counts, whatever a header says, and nothing gets the name of the blob before its last byte was hashed.</summary>
    [Theory]
    [InlineData(true, "right", null)]
    [InlineData(false, "right", "VIA1012")]
    [InlineData(false, "none", "VIA1012")]
    public async Task Digest_mismatch_of_a_blob(bool right, string header, string? code)
    {
        await using var registry = await ScriptedRegistry.StartAsync(http =>
        {
            if (header == "right") http.Response.Headers["Docker-Content-Digest"] = Blob.Digest.ToString();
            http.Response.ContentLength = Content.Length;
            return http.Response.Body.WriteAsync(right ? Content : new byte[Content.Length]).AsTask();
        });
        using var client = Samples.Client();
        var layout = await OciLayout.OpenOrCreateAsync(_folder, default);
        var from = client.Repository(registry);
        var error = await Record.ExceptionAsync(() => layout.PushBlobAsync(from.AsBlob(Blob), default));
        Assert.Equal(code, (error as ViaductException)?.Code);
        Assert.Equal(right ? 1 : 0, Directory.EnumerateFiles(Path.Join(_folder, "blobs"), "*", SearchOption.AllDirectories).Count());
    }

    [Theory]
    [InlineData("other bytes")]
    [InlineData("other header")]
    [InlineData("other header at HEAD")]
    public async Task Digest_mismatch_of_a_manifest(string how)
    {
        var other = Digest.Sha256("other"u8).ToString();
        await using var registry = await ScriptedRegistry.StartAsync(http =>
        {
            var claimed = how.StartsWith("other header", StringComparison.Ordinal) ? other : Samples.Manifest.Digest.ToString();
            return http.AnswerAsync(200, Encoding.UTF8.GetString(Samples.ManifestBytes) + (how == "other bytes" ? " " : ""), MediaTypes.OciIndex, ("Docker-Content-Digest", claimed));
        });
        using var client = Samples.Client();
        var (repository, asked) = (client.Repository(registry), Samples.Manifest.Digest.ToString());
        var error = await Assert.ThrowsAnyAsync<ViaductException>(
            () => how.EndsWith("HEAD", StringComparison.Ordinal) ? repository.HeadManifestAsync(asked, default) : repository.FindManifestAsync(asked, default));
        Assert.Equal(("VIA3030", ExitCode.VerificationFailed), (error.Code, error.Exit));
    }

    /// <summary>The tag is asked once. All that follows is asked by digest, so that the halves of two releases are never mixed.</summary>
    [Fact]
    public async Task Tag_moved_between_HEAD_and_GET()
    {
        var child = Image("first");
        var first = ManifestList.WriteInOrder([child.Descriptor with { Platform = new Platform("linux", "amd64") }]);
        var second = ManifestList.WriteInOrder([Image("second").Descriptor with { Platform = new Platform("linux", "amd64") }]);
        var byTag = 0;
        await using var registry = await ScriptedRegistry.StartAsync(http =>
        {
            var path = http.Request.Path.Value!;
            if (path.EndsWith("/blobs/" + Digest.Sha256("{}"u8), StringComparison.Ordinal)) return http.AnswerAsync(200, "{}");
            var asked = path[(path.LastIndexOf('/') + 1)..];
            var found = asked == "v1" ? (byTag++ == 0 ? first : second) : new[] { first, second, child }.FirstOrDefault(m => m.Digest.ToString() == asked);
            return found is null ? http.AnswerErrorAsync(404, "MANIFEST_UNKNOWN")
                : http.AnswerAsync(200, Encoding.UTF8.GetString(found.Bytes.Span), found.MediaType, ("Docker-Content-Digest", found.Digest.ToString()));
        });
        using var client = Samples.Client();
        var repository = client.Repository(registry);
        var head = (await repository.HeadManifestAsync("v1", default))!;
        var layout = await OciLayout.OpenOrCreateAsync(_folder, default);
        var manifest = (await repository.FindManifestAsync(head.Digest.ToString(), default))!;
        await ImageCopy.CopyAsync(repository, manifest, layout, default);
        Assert.Equal((first.Digest, 1), (manifest.Digest, byTag));
        Assert.NotNull(await layout.FindManifestAsync(child.Digest.ToString(), default));
        Assert.Equal(second.Digest, (await repository.HeadManifestAsync("v1", default))!.Digest);
    }

    /// <summary>A HEAD without a length is followed by a GET: then the GET alone counts.</summary>
    [Fact]
    public async Task Tag_moved_between_a_HEAD_that_says_too_little_and_its_GET()
    {
        await using var registry = await ScriptedRegistry.StartAsync(http =>
        {
            if (http.Request.Method == "GET") return http.AnswerManifestAsync();
            http.Response.Headers["Docker-Content-Digest"] = Digest.Sha256("before"u8).ToString();
            http.Response.ContentType = MediaTypes.OciManifest;
            return Task.CompletedTask;
        });
        using var client = Samples.Client();
        Assert.Equal(Samples.Manifest.Descriptor, await client.Repository(registry).HeadManifestAsync("v1", default));
    }

    [Theory]
    [InlineData(true, "VIA3030")]
    [InlineData(false, "VIA1012")]
    public async Task Longer_than_the_descriptor(bool announced, string code)
    {
        var ended = new TaskCompletionSource();
        await using var registry = await ScriptedRegistry.StartAsync(async http =>
        {
            if (announced) http.Response.ContentLength = 1L << 40;
            try
            {
                await http.Response.Body.WriteAsync(Content, http.RequestAborted);
                while (true) await http.Response.Body.WriteAsync(Content, http.RequestAborted);
            }
            catch (Exception e) when (e is OperationCanceledException or IOException)
            {
                ended.TrySetResult();
            }
        });
        using var client = Samples.Client();
        var read = 0L;
        var error = await Assert.ThrowsAnyAsync<ViaductException>(async () =>
        {
            await using var stream = await client.Repository(registry).OpenBlobAsync(Blob, default);
            var buffer = new byte[4096];
            while (await stream.ReadAsync(buffer) is > 0 and var count) read += count;
        });
        Assert.Equal(code, error.Code);
        Assert.InRange(read, 0, Blob.Size);
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    /// <summary>A size is a claim: no buffer is made of it, and small things have a limit of their own.</summary>
    [Theory]
    [InlineData(1L << 40)]
    [InlineData(long.MaxValue)]
    [InlineData(-1L)]
    public async Task Descriptor_with_a_huge_size(long size)
    {
        await using var registry = await ScriptedRegistry.StartAsync(http => http.AnswerAsync(200, "{}"));
        using var client = Samples.Client();
        var repository = client.Repository(registry);
        var descriptor = new Descriptor(MediaTypes.OciConfig, Digest.Sha256("{}"u8), size);
        Assert.Equal("VIA1011", (await Assert.ThrowsAnyAsync<ViaductException>(() => repository.ReadConfigAsync(descriptor, default))).Code);
        Assert.Empty(registry.Seen);
        Assert.Equal("VIA3030", (await Assert.ThrowsAnyAsync<ViaductException>(() => repository.OpenBlobAsync(descriptor, default))).Code);
    }

    private static RawManifest Image(string name) => new ImageManifest(new Descriptor(MediaTypes.OciConfig, Digest.Sha256("{}"u8), 2), [])
    {
        Annotations = new Dictionary<string, string> { ["name"] = name },
    }.ToManifest();
}
