using System.Globalization;
using Microsoft.AspNetCore.Http;
using Viaduct.Oci;

namespace Viaduct.Registry.Tests.Robustness;

/// <summary>Blobs that come in pieces.</summary>
public sealed class BrokenDownloadTests
{
    private static readonly byte[] Content = Samples.Bytes(3 << 20, seed: 9);
    private static readonly Descriptor Blob = Samples.Blob(3 << 20, seed: 9).Descriptor;
    private readonly List<string?> _ranges = [];

    /// <summary>Serves from an offset, and hangs up or falls silent after so many bytes.</summary>
    private static async Task ServeAsync(HttpContext http, int from, int count, bool partial, byte[]? content = null, string? contentRange = null, bool silent = false)
    {
        content ??= Content;
        if (partial)
        {
            http.Response.StatusCode = 206;
            http.Response.Headers.ContentRange = contentRange ?? $"bytes {from}-{content.Length - 1}/{content.Length}";
        }
        http.Response.ContentLength = content.Length - from;
        await http.Response.Body.WriteAsync(content.AsMemory(from, Math.Min(count, content.Length - from)));
        if (from + count >= content.Length) return;
        await http.Response.Body.FlushAsync();
        if (silent) await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { });
        else await Task.Delay(50);
        http.Abort();
    }

    private async Task<byte[]> ReadAsync(Func<HttpContext, int, int, Task> serve, TestClock? clock = null)
    {
        await using var registry = await ScriptedRegistry.StartAsync(http =>
        {
            var range = http.Request.Headers.Range.FirstOrDefault();
            int n;
            lock (_ranges)
            {
                _ranges.Add(range);
                n = _ranges.Count;
            }
            return serve(http, n, range is null ? 0 : int.Parse(range["bytes=".Length..].TrimEnd('-'), CultureInfo.InvariantCulture));
        });
        using var client = Samples.Client(clock);
        return await client.Repository(registry).ReadSmallBlobAsync(Blob, Content.Length, default);
    }

    [Theory]
    [InlineData("hangs up", true)]
    [InlineData("falls silent", true)]
    [InlineData("hangs up", false)]
    [InlineData("falls silent", false)]
    public async Task Truncated_blob(string how, bool hasRanges)
    {
        const int Piece = 1_300_000;
        var bytes = await ReadAsync((http, n, from) =>
            ServeAsync(http, hasRanges ? from : 0, n < 3 ? (hasRanges ? Piece : n * Piece) : int.MaxValue / 2, hasRanges && from > 0, silent: how == "falls silent"),
            new TestClock { StallsComeAtOnce = how == "falls silent" });
        Assert.Equal(Content, bytes);
        // How much of a piece arrived before its connection ended is for the machine to say; that no byte is asked for twice is not.
        Assert.Null(_ranges[0]);
        var offsets = _ranges.Skip(1).Select(r => r is null ? 0 : int.Parse(r["bytes=".Length..].TrimEnd('-'), CultureInfo.InvariantCulture)).ToList();
        Assert.True(offsets.Count >= 2 && offsets.SequenceEqual(offsets.Order()), string.Join(' ', offsets));
        Assert.InRange(offsets[^1], 1, 2 * Piece);
    }

    /// <summary>Both halves are hashed as one.</summary>
    [Fact]
    public async Task Truncated_blob_whose_rest_is_another()
    {
        var other = Samples.Bytes(Content.Length, seed: 10);
        var error = await Assert.ThrowsAnyAsync<ViaductException>(() => ReadAsync((http, n, from) =>
            n == 1 ? ServeAsync(http, 0, 1 << 20, partial: false) : ServeAsync(http, from, int.MaxValue / 2, partial: true, other)));
        Assert.Equal(("VIA1012", ExitCode.VerificationFailed), (error.Code, error.Exit));
    }

    [Theory]
    [InlineData("bytes 0-3145727/3145728")]
    [InlineData("bytes 1048577-3145727/3145728")]
    [InlineData("bytes 1048576-2097151/2097152")]
    [InlineData("nonsense")]
    public async Task Truncated_blob_and_a_rest_of_somewhere_else(string contentRange)
    {
        var error = await Assert.ThrowsAnyAsync<ViaductException>(() => ReadAsync((http, n, from) =>
            n == 1 ? ServeAsync(http, 0, 1 << 20, partial: false) : ServeAsync(http, from, int.MaxValue / 2, partial: true, contentRange: contentRange)));
        Assert.Equal("VIA3050", error.Code);
    }

    /// <summary>Without progress it is given up, and not asked for ever.</summary>
    [Fact]
    public async Task Truncated_blob_again_and_again()
    {
        var error = await Assert.ThrowsAnyAsync<ViaductException>(() => ReadAsync((http, n, from) => ServeAsync(http, from, n == 1 ? 1 << 20 : 0, from > 0)));
        Assert.Equal(ExitCode.Unreachable, error.Exit);
        Assert.InRange(_ranges.Count, 2, 12);
    }

    /// <summary>An end that looks like one, before the descriptor's.</summary>
    [Theory]
    [InlineData(true, "VIA3030")]
    [InlineData(false, "VIA1012")]
    public async Task Early_end_of_a_blob(bool announced, string code)
    {
        var error = await Assert.ThrowsAnyAsync<ViaductException>(() => ReadAsync(async (http, _, _) =>
        {
            if (announced) http.Response.ContentLength = Content.Length - 1;
            await http.Response.Body.WriteAsync(Content.AsMemory(0, Content.Length - 1));
        }));
        Assert.Equal(code, error.Code);
        Assert.Single(_ranges);
    }
}
