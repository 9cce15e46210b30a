using System.Buffers;
using Viaduct.Oci;

namespace Viaduct.Server;

/// <summary><c>/v2/NAME/manifests/REFERENCE</c>.</summary>
internal sealed class ManifestEndpoint(ManifestStore manifests, TimeProvider clock, TimeSpan stall)
{
    private const int MaxTags = 32;
    private const int MaxReported = 20;

    public Task AnswerAsync(Exchange exchange) => exchange.Method switch
    {
        "GET" or "HEAD" => SendAsync(exchange),
        "PUT" => PutAsync(exchange),
        "DELETE" => DeleteAsync(exchange),
        _ => throw RegistryFault.NotAllowed(exchange.Method),
    };

    // Accept is not looked at: a client that cannot read what the tag points at cannot be helped with a 404.
    private async Task SendAsync(Exchange exchange)
    {
        var repository = exchange.Repository;
        var digest = Resolve(exchange) ?? throw RegistryFault.UnknownManifest();
        var manifest = manifests.Find(repository, digest) ?? throw RegistryFault.UnknownManifest();
        exchange.Content(digest);
        if (exchange.IsNotModified(digest)) return;
        await exchange.BytesAsync(200, manifest.MediaType, manifest.Bytes).ConfigureAwait(false);
    }

    private async Task PutAsync(Exchange exchange)
    {
        var repository = exchange.Repository;
        var reference = exchange.Route.Reference;
        Digest? named = reference.Contains(':') ? Exchange.ParseDigest(reference) : null;
        var tags = TagsOf(exchange, named is null ? reference : null);
        var bytes = await ReadAsync(exchange).ConfigureAwait(false);
        if (named is { } expected && !expected.Matches(bytes)) throw RegistryFault.OtherDigest(expected);

        var (manifest, facts) = Parse(bytes, exchange.Http.Request.ContentType, named);
        if (manifests.Missing(repository, facts).Distinct().Take(MaxReported).ToList() is { Count: > 0 } missing) throw RegistryFault.MissingContent(missing);
        await manifests.PutAsync(repository, manifest, facts, tags).ConfigureAwait(false);

        exchange.Header("Location", $"/v2/{repository}/manifests/{manifest.Digest}");
        exchange.Header("Docker-Content-Digest", manifest.Digest.ToString());
        if (facts.Subject is { } subject) exchange.Header("OCI-Subject", subject.ToString());
        if (named is not null && tags.Count > 0) exchange.Http.Response.Headers["OCI-Tag"] = tags.Select(t => t.Text).ToArray();
        exchange.Empty(201);
    }

    private async Task DeleteAsync(Exchange exchange)
    {
        var repository = exchange.Repository;
        var reference = exchange.Route.Reference;
        var removed = reference.Contains(':')
            ? await manifests.DeleteAsync(repository, Exchange.ParseDigest(reference)).ConfigureAwait(false)
            : TagName.TryParse(reference, out var tag) && await manifests.DeleteTagAsync(repository, tag).ConfigureAwait(false);
        if (!removed) throw RegistryFault.UnknownManifest();
        exchange.Empty(202);
    }

    private Digest? Resolve(Exchange exchange)
    {
        var reference = exchange.Route.Reference;
        if (reference.Contains(':')) return Exchange.ParseDigest(reference);
        return TagName.TryParse(reference, out var tag) ? manifests.FindTag(exchange.Repository, tag) : null;
    }

    /// <summary>The tag of the path; for a digest, the <c>tag</c> parameters of the query (distribution-spec 1.2 drafts).</summary>
    private static List<TagName> TagsOf(Exchange exchange, string? ofPath)
    {
        string?[] names = ofPath is not null ? [ofPath] : exchange.Http.Request.Query.TryGetValue("tag", out var more) ? more.ToArray() : [];
        var tags = new List<TagName>();
        foreach (var name in names.Distinct())
            tags.Add(TagName.TryParse(name, out var tag) && tags.Count < MaxTags ? tag : throw RegistryFault.BadTag());
        return tags;
    }

    private static (RawManifest, ManifestFacts) Parse(byte[] bytes, string? contentType, Digest? digest)
    {
        var sent = contentType?.Split(';')[0].Trim();
        try
        {
            var manifest = RawManifest.Parse(bytes, string.IsNullOrEmpty(sent) ? null : sent, digest: digest);
            if (!IsMediaType(manifest.MediaType)) throw RegistryFault.BadManifest("it has no usable media type");
            return (manifest, ManifestFacts.Read(manifest));
        }
        catch (ViaductException e)
        {
            throw RegistryFault.BadManifest(e.Message);
        }
    }

    // RFC 6838, 4.2; it becomes a header.
    private static bool IsMediaType(string text) =>
        text.Length is > 2 and < 256 && text.IndexOf('/') is > 0 and var slash && slash < text.Length - 1
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '!' or '#' or '$' or '&' or '-' or '^' or '_' or '.' or '+');

    private async Task<byte[]> ReadAsync(Exchange exchange)
    {
        if (exchange.Http.Request.ContentLength > RawManifest.MaxSize) throw RegistryFault.LargeManifest();
        var body = exchange.Body;
        while (true)
        {
            var result = await body.ReadOrStallAsync(stall, clock, exchange.Aborted).ConfigureAwait(false);
            if (result.Buffer.Length > RawManifest.MaxSize) throw RegistryFault.LargeManifest();
            if (result.IsCompleted)
            {
                var bytes = result.Buffer.ToArray();
                body.AdvanceTo(result.Buffer.End);
                return bytes;
            }
            body.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }
}
