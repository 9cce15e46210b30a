using System.Buffers;
using System.Text.Json;
using Viaduct.Oci;

namespace Viaduct.Server;

/// <summary><c>/v2/NAME/referrers/DIGEST</c>: an index of the manifests that name a subject.</summary>
internal sealed class ReferrersEndpoint(ManifestStore manifests)
{
    /// <summary>Clients read at most 4 MiB of an index; annotations can be long.</summary>
    private const int FullAt = 3 << 20;

    public async Task AnswerAsync(Exchange exchange)
    {
        ListEndpoint.OnlyRead(exchange);
        var repository = exchange.Repository;
        var subject = Exchange.ParseDigest(exchange.Route.Reference);
        var type = exchange.Query("artifactType");
        var page = Page.Of(exchange);

        var buffer = new ArrayBufferWriter<byte>(1024);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteNumber("schemaVersion", 2);
        json.WriteString("mediaType", MediaTypes.OciIndex);
        json.WriteStartArray("manifests");
        var (count, previous) = (0, "");
        foreach (var (digest, text) in manifests.Referrers(repository, subject).Select(d => (Digest: d, Text: d.ToString())).OrderBy(d => d.Text, StringComparer.Ordinal))
        {
            if (page.Count == 0) break;
            if (page.Last is not null && string.CompareOrdinal(text, page.Last) <= 0) continue;
            if (manifests.Find(repository, digest) is not { } manifest) continue;
            var facts = ManifestFacts.Read(manifest);
            if (!string.IsNullOrEmpty(type) && facts.ArtifactType != type) continue;
            var entry = Entry(manifest, facts);
            // One that is alone too large is better than a page of nothing with a link to itself.
            if (count == page.Count || (count > 0 && json.BytesCommitted + json.BytesPending + entry.Length > FullAt))
            {
                page.Link(exchange, previous);
                break;
            }
            json.WriteRawValue(entry.Span, skipInputValidation: true);
            (count, previous) = (count + 1, text);
        }
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        if (!string.IsNullOrEmpty(type)) exchange.Header("OCI-Filters-Applied", "artifactType");
        await exchange.BytesAsync(200, MediaTypes.OciIndex, buffer.WrittenMemory).ConfigureAwait(false);
    }

    private static ReadOnlyMemory<byte> Entry(RawManifest manifest, ManifestFacts facts)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("mediaType", manifest.MediaType);
        json.WriteString("digest", manifest.Digest.ToString());
        json.WriteNumber("size", manifest.Bytes.Length);
        if (facts.ArtifactType is not null) json.WriteString("artifactType", facts.ArtifactType);
        if (facts.Annotations is not null)
        {
            json.WritePropertyName("annotations");
            json.WriteRawValue(facts.Annotations);
        }
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }
}
