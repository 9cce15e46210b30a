using Microsoft.AspNetCore.Http;
using Viaduct.Oci;

namespace Viaduct.Registry.Tests.Robustness;

/// <summary>Large blobs at a registry that takes no whole ones: a gateway with a limit stands before it.</summary>
public sealed class ChunkedUploadTests
{
    private static readonly Blob Large = Samples.Blob(40 << 20, seed: 11);
    private readonly UploadBed _bed = new();
    private int _patches;

    /// <param name="fail">Called for every PATCH with its number; true when it has been answered.</param>
    private Task<ScriptedRegistry> StartAsync(Func<HttpContext, int, Task<bool>> fail)
    {
        _bed.Refuse = async (http, word) =>
        {
            if (word == "PUT" && http.Request.ContentLength > 32 << 20)
            {
                await http.AnswerErrorAsync(413, "SIZE_INVALID");
                return true;
            }
            return word.StartsWith("PATCH", StringComparison.Ordinal) && await fail(http, Interlocked.Increment(ref _patches));
        };
        return ScriptedRegistry.StartAsync(_bed.HandleAsync);
    }

    /// <summary>The registry is asked how far it is, and the upload goes on from there.</summary>
    [Theory]
    [InlineData("502")]
    [InlineData("broken off")]
    public async Task Server_error_in_the_middle_of_a_chunked_upload(string how)
    {
        await using var registry = await StartAsync(async (http, n) =>
        {
            if (n != 2) return false;
            if (how == "502")
            {
                await http.Request.Body.CopyToAsync(Stream.Null);
                await http.AnswerErrorAsync(502, "BAD_GATEWAY");
            }
            else http.Abort();
            return true;
        });
        using var client = Samples.Client();
        await client.Repository(registry).PushBlobAsync(Large, default);
        Assert.Equal(Large.Descriptor.Size, _bed.Blobs[Large.Descriptor.Digest].Length);
        Assert.True(_bed.Count("GET") >= 1, string.Join(", ", _bed.Log));
        // The session of the chunks is the one that went on: none begins at 0 a second time.
        Assert.Single(_bed.Log, l => l.StartsWith("PATCH 0-", StringComparison.Ordinal));
        Assert.All(_bed.Log.Where(l => l.StartsWith("PATCH", StringComparison.Ordinal)), l => Assert.Matches("^PATCH [0-9]+-[0-9]+$", l));
    }

    [Fact]
    public async Task Chunked_upload_whose_session_is_gone()
    {
        await using var registry = await StartAsync(async (http, n) =>
        {
            if (n != 2) return false;
            await http.Request.Body.CopyToAsync(Stream.Null);
            _bed.Forget();
            await http.AnswerErrorAsync(404, "BLOB_UPLOAD_UNKNOWN");
            return true;
        });
        using var client = Samples.Client();
        await client.Repository(registry).PushBlobAsync(Large, default);
        Assert.Equal(Large.Descriptor.Size, _bed.Blobs[Large.Descriptor.Digest].Length);
    }

    [Fact]
    public async Task Chunked_upload_that_never_gets_on()
    {
        await using var registry = await StartAsync(async (http, n) =>
        {
            if (n == 1) return false;
            await http.Request.Body.CopyToAsync(Stream.Null);
            await http.AnswerErrorAsync(502, "BAD_GATEWAY");
            return true;
        });
        using var client = Samples.Client();
        var error = await Assert.ThrowsAnyAsync<ViaductException>(() => client.Repository(registry).PushBlobAsync(Large, default));
        Assert.Equal(ExitCode.Unreachable, error.Exit);
        Assert.InRange(_patches, 2, 60);
        Assert.Empty(_bed.Blobs);
    }
}
