using Microsoft.AspNetCore.Http;
using Viaduct.Oci;
using static Viaduct.Registry.Tests.Uploads;

namespace Viaduct.Registry.Tests;

public sealed class UploadMountTests
{
    private static readonly Blob Small = Samples.Blob(64 << 10);

    [Theory]
    [InlineData(201, 300_000, "POST")]
    [InlineData(202, 300_000, "POST PUT")]
    [InlineData(400, 300_000, "POST HEAD POST PUT")]
    [InlineData(404, 300_000, "POST HEAD POST PUT")]
    [InlineData(405, 300_000, "POST HEAD POST PUT")]
    [InlineData(403, 100, "POST POST PUT")]
    [InlineData(401, 100, "POST GET POST PUT")]
    public async Task A_mount_is_tried_blind_and_nothing_is_lost_when_it_fails(int status, int size, string methods)
    {
        var source = Samples.Blob(size, seed: 3);
        ScriptedRegistry? self = null;
        self = await ScriptedRegistry.StartAsync(http => http.Request.Method switch
        {
            "POST" when http.Request.Query.ContainsKey("mount") => http.AnswerAsync(status, null, "", ("Location", "/upload/mounted")),
            "POST" => http.AnswerAsync(202, null, "", ("Location", "/upload/plain")),
            "PUT" => TakeAsync(http, source),
            _ => http.AnswerAsync(404),
        });
        await using var registry = self;
        using var client = Samples.Client();
        await client.Repository(registry).PushBlobAsync(source with { MountFrom = Reference.Parse($"{registry.Host}/team/base") }, default);
        Assert.Equal(methods, Methods(registry));
        Assert.Equal($"/v2/team/app/blobs/uploads/?mount={source.Descriptor.Digest}&from=team/base", registry.Seen.First().Target);
        if (status == 202) Assert.StartsWith("/upload/mounted?", registry.Seen.Last().Target);
    }

    [Theory]
    [InlineData("other.example/team/base")]
    [InlineData("SELF/team/app")]
    public async Task A_mount_from_elsewhere_or_from_itself_is_not_tried(string from)
    {
        await using var registry = await ScriptedRegistry.StartAsync(http => http.Request.Method == "POST" ? http.AnswerAsync(202, null, "", ("Location", "/upload/1")) : TakeAsync(http, Small));
        using var client = Samples.Client();
        await client.Repository(registry).PushBlobAsync(Small with { MountFrom = Reference.Parse(from.Replace("SELF", registry.Host)) }, default);
        Assert.DoesNotContain(registry.Seen, s => s.Target.Contains("mount="));
    }
}
