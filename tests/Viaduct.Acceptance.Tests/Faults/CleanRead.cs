using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Viaduct.Oci;

namespace Viaduct.Acceptance.Tests.Faults;

/// <summary>Looks past the faults into a registry, with .NET's own client: what is there, byte by byte.</summary>
internal sealed class CleanRead(string registry, string repository) : IDisposable
{
    private readonly HttpClient _client = new() { BaseAddress = new Uri($"http://{registry}/v2/{repository}/") };

    /// <summary>What is wrong with an image that has to be there under its tag; null when nothing is.</summary>
    public async Task<string?> WhatIsMissingAsync(string tag, RandomImage image) =>
        await ManifestAsync(tag) is not { } found ? $"{tag} is not there" : Differs(tag, found, image.Root) ?? await WhatLacksAsync(image, image.Manifests, mustBe: true);

    /// <summary>What is wrong with what an interrupted push has left; null when nothing is: no tag, or one at all of it, and no manifest without what it names.</summary>
    public async Task<string?> WhatIsHalfAsync(string tag, RandomImage image) =>
        await ManifestAsync(tag) is not null ? await WhatIsMissingAsync(tag, image) : await WhatLacksAsync(image, image.Manifests, mustBe: false);

    public Task<string?> WhatLacksAsync(RandomImage image, IEnumerable<RawManifest> manifests, bool mustBe) => FirstAsync(manifests, async manifest =>
    {
        if (await ManifestAsync(manifest.Digest.ToString()) is not { } found) return mustBe ? $"{manifest.Digest} is not there" : null;
        if (Differs("a manifest", found, manifest) is { } differs) return differs;
        return manifest.IsIndex
            ? await FirstAsync(manifest.AsIndex().Manifests, async child => await ManifestAsync(child.Digest.ToString()) is null ? $"{manifest.Digest} is there without {child.Digest}" : null)
            : await FirstAsync(manifest.AsImage().Blobs, blob => BlobAsync(image.Blobs.Single(b => b.Descriptor.Digest == blob.Digest)));
    });

    /// <summary>A referrer that is not among those of its subject, where the registry lists them or under the tag that stands in for it (distribution-spec, "Referrers Tag Schema").</summary>
    public Task<string?> WhatIsUnlistedAsync(RandomImage image) => FirstAsync(image.Referrers, async referrer =>
    {
        var subject = Subject(referrer);
        using var answer = await AskAsync($"referrers/{subject}");
        var list = answer.StatusCode == HttpStatusCode.OK ? await answer.Content.ReadAsByteArrayAsync() : await ManifestAsync($"sha256-{subject.Hex}");
        return list is not null && RawManifest.Parse(list, MediaTypes.OciIndex).AsIndex().Manifests.Any(m => m.Digest == referrer.Digest) ? null : $"{referrer.Digest} is not listed at {subject}";
    });

    public void Dispose() => _client.Dispose();

    private static Digest Subject(RawManifest manifest)
    {
        using var json = JsonDocument.Parse(manifest.Bytes);
        return Digest.Parse(json.RootElement.GetProperty("subject").GetProperty("digest").GetString()!);
    }

    private async Task<string?> BlobAsync(Blob blob)
    {
        using var answer = await AskAsync($"blobs/{blob.Descriptor.Digest}");
        if (answer.StatusCode != HttpStatusCode.OK) return $"{blob.Descriptor.Digest}: status {(int)answer.StatusCode}";
        var wanted = new byte[blob.Descriptor.Size];
        await using (var stream = await blob.OpenAsync(default)) await stream.ReadExactlyAsync(wanted);
        return (await answer.Content.ReadAsByteArrayAsync()).AsSpan().SequenceEqual(wanted) ? null : $"{blob.Descriptor.Digest} has other bytes";
    }

    private async Task<byte[]?> ManifestAsync(string tagOrDigest)
    {
        using var answer = await AskAsync($"manifests/{tagOrDigest}");
        return answer.StatusCode == HttpStatusCode.NotFound ? null : await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync();
    }

    /// <summary>
    /// A request of a push that has given up may be at work still, and distribution writes its links in place: who reads one that is not whole is
    /// answered 500.
    /// </summary>
    private async Task<HttpResponseMessage> AskAsync(string path)
    {
        for (var tries = 0; ; tries++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
            foreach (var type in MediaTypes.Manifests) request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(type));
            var answer = await _client.SendAsync(request);
            if (answer.StatusCode != HttpStatusCode.InternalServerError || tries == 20) return answer;
            answer.Dispose();
            await Task.Delay(100);
        }
    }

    private static string? Differs(string what, byte[] found, RawManifest wanted) => wanted.Bytes.Span.SequenceEqual(found) ? null : $"{what} is {Digest.Sha256(found)} and not {wanted.Digest}";

    private static async Task<string?> FirstAsync<T>(IEnumerable<T> all, Func<T, Task<string?>> look)
    {
        foreach (var one in all)
            if (await look(one) is { } wrong) return wrong;
        return null;
    }
}
