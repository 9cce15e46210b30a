using Microsoft.AspNetCore.Http;
using Viaduct.Oci;

namespace Viaduct.Registry.Tests;

/// <summary>A blob that a mirror begins and does not end well.</summary>
public sealed class MirrorBlobTests
{
    private const int Size = 300_000;

    private static readonly byte[] Bytes = Samples.Bytes(Size);
    private static readonly Descriptor Layer = Blob.FromBytes(MediaTypes.OciLayerGzip, Bytes).Descriptor;

    private readonly List<string> _passed = [];

    private RegistryClient Client(ScriptedRegistry registry, ScriptedRegistry mirror) => new(new RegistryOptions
    {
        Clock = new TestClock(),
        Mirrors = new Dictionary<string, IReadOnlyList<RegistryMirror>> { [registry.Host] = [new RegistryMirror(new Uri(mirror.Url))] },
        MirrorPassedOver = text => { lock (_passed) _passed.Add(text); },
    });

    /// <param name="ranges">Whether it gives parts; else all from the start.</param>
    private static async Task ServeAsync(HttpContext http, bool ranges)
    {
        var from = ranges && http.Request.GetTypedHeaders().Range?.Ranges.Single().From is { } asked ? (int)asked : 0;
        if (from > 0) (http.Response.StatusCode, http.Response.Headers.ContentRange) = (206, $"bytes {from}-{Size - 1}/{Size}");
        http.Response.ContentLength = Size - from;
        await http.Response.Body.WriteAsync(Bytes.AsMemory(from));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_break_that_no_resuming_mends_is_gone_on_from_at_the_registry(bool ranges)
    {
        await using var registry = await ScriptedRegistry.StartAsync(http => ServeAsync(http, ranges));
        await using var mirror = await ScriptedRegistry.StartAsync(async http =>
        {
            if (http.Request.Headers.Range.Count == 0)
            {
                http.Response.ContentLength = Size;
                await http.Response.Body.WriteAsync(Bytes.AsMemory(0, 100_000));
                await http.Response.Body.FlushAsync();
            }
            http.Abort();
        });
        using var client = Client(registry, mirror);
        Assert.Equal(Bytes, (await client.Repository(registry).ReadSmallBlobAsync(Layer, 1 << 20, default)).ToArray());
        Assert.Single(registry.Seen);
        Assert.StartsWith($"the mirror {mirror.Host} is passed over", Assert.Single(_passed), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_bytes_are_an_error_that_names_the_mirror_and_the_next_read_passes_it_over()
    {
        await using var registry = await ScriptedRegistry.StartAsync(http => ServeAsync(http, ranges: true));
        await using var mirror = await ScriptedRegistry.StartAsync(async http =>
        {
            http.Response.ContentLength = Size;
            await http.Response.Body.WriteAsync(Samples.Bytes(Size, seed: 2));
        });
        using var client = Client(registry, mirror);
        var e = await Assert.ThrowsAsync<ViaductException>(() => client.Repository(registry).ReadSmallBlobAsync(Layer, 1 << 20, default));
        Assert.Equal(("VIA1012", FailureKind.Mismatch), (e.Code, e.Kind));
        Assert.EndsWith($"; it came from the mirror {mirror.Host}", e.Message, StringComparison.Ordinal);
        Assert.Equal(Bytes, (await client.Repository(registry).ReadSmallBlobAsync(Layer, 1 << 20, default)).ToArray());
        Assert.Single(mirror.Seen);
        Assert.Single(_passed);
    }

    [Fact]
    public async Task A_blob_of_the_registry_alone_names_no_mirror()
    {
        await using var registry = await ScriptedRegistry.StartAsync(http => http.Response.Body.WriteAsync(Samples.Bytes(Size, seed: 2)).AsTask());
        await using var mirror = await ScriptedRegistry.StartAsync(http => http.AnswerErrorAsync(404, "BLOB_UNKNOWN"));
        using var client = Client(registry, mirror);
        var e = await Assert.ThrowsAsync<ViaductException>(() => client.Repository(registry).ReadSmallBlobAsync(Layer, 1 << 20, default));
        Assert.Equal("VIA1012", e.Code);
        Assert.DoesNotContain("mirror", e.Message, StringComparison.Ordinal);
    }
}
