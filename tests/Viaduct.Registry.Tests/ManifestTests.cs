using System.Text;
using Microsoft.AspNetCore.Http;
using Viaduct.Oci;

namespace Viaduct.Registry.Tests;

public sealed class ManifestTests
{
    private static readonly string Right = Samples.Manifest.Digest.ToString();
    private static readonly string Wrong = "sha256:" + new string('0', 64);

    // asked by, header, body: outcome
    [Theory]
    [InlineData("tag", "right", "right", "found")]
    [InlineData("tag", "wrong", "right", "VIA3030")]
    [InlineData("tag", "missing", "right", "found")]
    [InlineData("tag", "malformed", "right", "found")]
    [InlineData("tag", "sha512", "right", "found")]
    [InlineData("digest", "right", "right", "found")]
    [InlineData("digest", "wrong", "right", "VIA3030")]
    [InlineData("digest", "missing", "right", "found")]
    [InlineData("digest", "right", "other", "VIA3030")]
    [InlineData("digest", "missing", "other", "VIA3030")]
    [InlineData("sha512", "right", "right", "found")]
    [InlineData("sha512", "missing", "other", "VIA3030")]
    public async Task The_bytes_decide_what_a_manifest_is(string by, string header, string body, string outcome)
    {
        await using var registry = await ScriptedRegistry.StartAsync(http =>
        {
            var value = header switch { "right" => Right, "wrong" => Wrong, "malformed" => "sha256:xyz", "sha512" => Samples.Sha512([1]).ToString(), _ => null };
            if (value is not null) http.Response.Headers["Docker-Content-Digest"] = value;
            return http.AnswerAsync(200, Encoding.UTF8.GetString(Samples.ManifestBytes) + (body == "other" ? " " : ""), MediaTypes.OciIndex);
        });
        using var client = Samples.Client();
        var asked = by switch { "tag" => "v1", "digest" => Right, _ => Samples.Sha512(Samples.ManifestBytes).ToString() };
        var finding = client.Repository(registry).FindManifestAsync(asked, default);
        if (outcome == "found")
        {
            var manifest = (await finding)!;
            Assert.Equal(Samples.ManifestBytes, manifest.Bytes.ToArray());
            Assert.Equal(by == "tag" ? Right : asked, manifest.Digest.ToString());
        }
        else
        {
            var e = await Assert.ThrowsAnyAsync<ViaductException>(() => finding);
            Assert.Equal((outcome, ExitCode.VerificationFailed), (e.Code, e.Exit));
        }
    }

    [Theory]
    [InlineData(404, """{"errors":[{"code":"MANIFEST_UNKNOWN","message":"x"}]}""", null)]
    [InlineData(404, """{"errors":[{"code":"NAME_UNKNOWN","message":"x"}]}""", null)]
    [InlineData(404, "", null)]
    [InlineData(404, "<html>gone</html>", null)]
    [InlineData(401, "", "VIA3010")]
    [InlineData(403, "", "VIA3010")]
    [InlineData(429, "", "VIA3011")]
    [InlineData(500, "", "VIA3014")]
    [InlineData(400, "", "VIA3015")]
    [InlineData(204, "", "VIA3020")]
    public async Task Absent_is_only_a_clean_404(int status, string body, string? code)
    {
        await using var registry = await ScriptedRegistry.StartAsync(http => http.AnswerAsync(status, body));
        using var client = Samples.Client();
        var repository = client.Repository(registry);
        if (code is null)
        {
            Assert.Null(await repository.FindManifestAsync("v1", default));
            Assert.Null(await repository.HeadManifestAsync("v1", default));
            Assert.Null(await repository.HeadBlobAsync(Samples.Manifest.Digest, default));
        }
        else
        {
            Assert.Equal(code, (await Assert.ThrowsAnyAsync<ViaductException>(() => repository.FindManifestAsync("v1", default))).Code);
            await Assert.ThrowsAnyAsync<ViaductException>(() => repository.HeadManifestAsync("v1", default));
            await Assert.ThrowsAnyAsync<ViaductException>(() => repository.HeadBlobAsync(Samples.Manifest.Digest, default));
        }
    }

    [Fact]
    public async Task An_HTML_page_is_never_an_answer()
    {
        await using var registry = await ScriptedRegistry.StartAsync(http => http.AnswerAsync(http.Request.Method == "PUT" ? 201 : 200, "<html>Please log in</html>", "text/html; charset=utf-8"));
        using var client = Samples.Client();
        var repository = client.Repository(registry);
        Func<Task>[] calls =
        [
            () => repository.FindManifestAsync("v1", default), () => repository.HeadManifestAsync("v1", default),
            () => repository.TagAsync("v1", Samples.Manifest, default), () => repository.HeadBlobAsync(Samples.Manifest.Digest, default),
            () => repository.OpenBlobAsync(Samples.Manifest.Descriptor, default), () => repository.PushBlobAsync(Samples.Blob(100_000), default),
            () => repository.TagsAsync(default).ToListAsync().AsTask(),
        ];
        foreach (var call in calls) Assert.Equal("VIA3020", (await Assert.ThrowsAnyAsync<ViaductException>(call)).Code);
    }

    [Theory]
    [InlineData(true, true, true, "HEAD")]
    [InlineData(false, true, true, "HEAD GET")]
    [InlineData(true, false, true, "HEAD GET")]
    [InlineData(true, true, false, "HEAD GET")]
    public async Task A_HEAD_that_says_too_little_is_followed_by_a_GET(bool digest, bool type, bool length, string methods)
    {
        await using var registry = await ScriptedRegistry.StartAsync(http =>
        {
            if (http.Request.Method == "GET") return http.AnswerManifestAsync();
            if (digest) http.Response.Headers["Docker-Content-Digest"] = Right;
            if (type) http.Response.ContentType = MediaTypes.OciIndex;
            if (length) http.Response.ContentLength = Samples.ManifestBytes.Length;
            return Task.CompletedTask;
        });
        using var client = Samples.Client();
        Assert.Equal(Samples.Manifest.Descriptor, await client.Repository(registry).HeadManifestAsync("v1", default));
        Assert.Equal(methods, string.Join(' ', registry.Seen.Select(s => s.Method)));
    }

    [Fact]
    public async Task A_HEAD_by_digest_that_names_another_is_a_mismatch()
    {
        await using var registry = await ScriptedRegistry.StartAsync(http => http.AnswerAsync(200, "{}", MediaTypes.OciIndex, ("Docker-Content-Digest", Wrong)));
        using var client = Samples.Client();
        Assert.Equal("VIA3030", (await Assert.ThrowsAnyAsync<ViaductException>(() => client.Repository(registry).HeadManifestAsync(Right, default))).Code);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_manifest_of_more_than_four_MiB_is_not_read(bool announced)
    {
        await using var registry = await ScriptedRegistry.StartAsync(async http =>
        {
            http.Response.ContentType = MediaTypes.OciIndex;
            if (announced) http.Response.ContentLength = 64 << 20;
            for (var i = 0; i < 64; i++) await http.Response.Body.WriteAsync(new byte[1 << 20], http.RequestAborted);
        });
        using var client = Samples.Client();
        Assert.Equal("VIA3031", (await Assert.ThrowsAnyAsync<ViaductException>(() => client.Repository(registry).FindManifestAsync("v1", default))).Code);
    }

    [Fact]
    public async Task A_manifest_of_four_MiB_is_read_and_put()
    {
        var text = Encoding.UTF8.GetString(Samples.ManifestBytes)[..^1] + ",\"x\":\"";
        text += new string('a', RawManifest.MaxSize - text.Length - 2) + "\"}";
        var put = 0L;
        await using var registry = await ScriptedRegistry.StartAsync(async http =>
        {
            if (http.Request.Method == "GET") { await http.AnswerAsync(200, text, MediaTypes.OciIndex); return; }
            await http.Request.Body.CopyToAsync(Stream.Null);
            put = http.Request.ContentLength ?? -1;
            await http.AnswerAsync(201);
        });
        using var client = Samples.Client();
        var manifest = (await client.Repository(registry).FindManifestAsync("v1", default))!;
        await client.Repository(registry).PushManifestAsync(manifest, default);
        Assert.Equal(RawManifest.MaxSize, put);
    }

    [Theory]
    [InlineData(201, "right", null)]
    [InlineData(202, "missing", null)]
    [InlineData(201, "sha512", null)]
    [InlineData(201, "wrong", "VIA3030")]
    [InlineData(400, "missing", "VIA3015")]
    [InlineData(413, "missing", "VIA3013")]
    [InlineData(404, "missing", "VIA3012")]
    public async Task A_put_is_confirmed_by_the_registry_or_at_least_not_denied(int status, string header, string? code)
    {
        string? type = null;
        await using var registry = await ScriptedRegistry.StartAsync(async http =>
        {
            type = http.Request.ContentType;
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);
            Assert.Equal(Samples.ManifestBytes, body.ToArray());
            var value = header switch { "right" => Right, "wrong" => Wrong, "sha512" => Samples.Sha512(Samples.ManifestBytes).ToString(), _ => null };
            if (value is not null) http.Response.Headers["Docker-Content-Digest"] = value;
            if (status < 300) await http.AnswerAsync(status);
            else await http.AnswerErrorAsync(status, "MANIFEST_INVALID", "bad \\u001b[31m thing");
        });
        using var client = Samples.Client();
        var putting = client.Repository(registry).TagAsync("v1", Samples.Manifest, default);
        if (code is null) await putting;
        else
        {
            var e = await Assert.ThrowsAnyAsync<ViaductException>(() => putting);
            Assert.Equal(code, e.Code);
            Assert.Equal($"PUT {registry.Host}/v2/team/app/manifests/v1", e.Where);
            if (status >= 400) Assert.EndsWith($"(status {status}: MANIFEST_INVALID: bad [31m thing)", e.Message);
        }
        Assert.Equal(MediaTypes.OciIndex, type);
    }

    [Fact]
    public async Task Accept_names_the_four_types_on_manifest_reads_and_nowhere_else()
    {
        await using var registry = await ScriptedRegistry.StartAsync(http => http.AnswerAsync(404));
        using var client = Samples.Client();
        var repository = client.Repository(registry);
        await repository.FindManifestAsync("v1", default);
        await repository.HeadManifestAsync("v1", default);
        await repository.HeadBlobAsync(Samples.Manifest.Digest, default);
        await repository.TagsAsync(default).ToListAsync();
        Assert.All(registry.Seen, s => Assert.Equal(s.Target.Contains("/manifests/") ? string.Join(", ", MediaTypes.Manifests) : "", s.Accept));
        Assert.Equal(4, registry.Seen.Count);
    }

    [Theory]
    [InlineData("../../x")]
    [InlineData("sha256:abc")]
    [InlineData("a b")]
    [InlineData("")]
    public async Task What_is_neither_tag_nor_digest_never_becomes_an_address(string text)
    {
        using var client = Samples.Client();
        var repository = client.Repository(Reference.Parse("127.0.0.1:1/a/b"));
        Assert.Equal("VIA1002", (await Assert.ThrowsAnyAsync<ViaductException>(() => repository.FindManifestAsync(text, default))).Code);
    }

    [Fact]
    public async Task An_endless_error_body_is_read_up_to_64_KiB_and_shown_in_one_short_line()
    {
        var sent = 0L;
        await using var registry = await ScriptedRegistry.StartAsync(async http =>
        {
            http.Response.StatusCode = 400;
            http.Response.ContentType = "text/plain";
            try
            {
                for (; sent < 1L << 30; sent += 1 << 16)
                    await http.Response.Body.WriteAsync(Encoding.ASCII.GetBytes(new string('e', 1 << 16)), http.RequestAborted);
            }
            catch (OperationCanceledException)
            {
            }
        });
        using var client = Samples.Client();
        var e = await Assert.ThrowsAnyAsync<ViaductException>(() => client.Repository(registry).FindManifestAsync("v1", default));
        Assert.InRange(e.Message.Length, 100, 300);
        Assert.True(sent < 64 << 20);
    }
}
