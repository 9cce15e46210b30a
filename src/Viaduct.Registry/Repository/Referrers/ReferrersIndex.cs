using System.Text;
using System.Text.Json;
using Viaduct.Oci;

namespace Viaduct.Registry;

/// <summary>The index under a subject's tag. What others wrote stays to the byte, entries and members beside them.</summary>
internal sealed class ReferrersIndex(RawManifest? found)
{
    /// <summary>The index with these entries and without those, each once; null when it is that already.</summary>
    /// <exception cref="ViaductException">VIA1010: what is there is malformed, or would become too large.</exception>
    public RawManifest? With(IEnumerable<(Digest Digest, string Json)> entries, IReadOnlyCollection<Digest> gone)
    {
        if (found is null)
        {
            var all = entries.ToList();
            return all.Count == 0 ? null : RawManifest.Parse(Write(null, all.Select(e => e.Json)), MediaTypes.OciIndex);
        }
        using var document = JsonDocument.Parse(found.Bytes);
        var root = document.RootElement;
        var had = found.AsIndex().Manifests;
        var kept = new List<string>();
        var seen = new HashSet<Digest>(gone);
        if (had.Count > 0)
            foreach (var (entry, element) in had.Zip(root.GetProperty("manifests").EnumerateArray()))
                if (seen.Add(entry.Digest)) kept.Add(element.GetRawText());
        var before = kept.Count;
        kept.AddRange(entries.Where(e => seen.Add(e.Digest)).Select(e => e.Json));
        return kept.Count == before && before == had.Count ? null : RawManifest.Parse(Write(root, kept), found.MediaType);
    }

    /// <summary>How a manifest is listed: artifact type and annotations are pulled up ("Pushing Manifests with Subject").</summary>
    public static string EntryOf(RawManifest manifest)
    {
        var facts = ManifestFacts.Read(manifest);
        var json = new GoJsonWriter().BeginObject()
            .Name("mediaType").String(manifest.MediaType)
            .Name("digest").String(manifest.Digest.ToString())
            .Name("size").Number(manifest.Bytes.Length);
        if (facts.Annotations is not null) json.Name("annotations").Raw(facts.Annotations);
        return Encoding.UTF8.GetString(json.Optional("artifactType", facts.ArtifactType).EndObject().ToBytes());
    }

    private static byte[] Write(JsonElement? before, IEnumerable<string> entries)
    {
        var json = new GoJsonWriter().BeginObject();
        if (before is { } root)
        {
            foreach (var member in root.EnumerateObject())
                if (member.Name != "manifests") json.Name(member.Name).Raw(member.Value.GetRawText());
        }
        else
        {
            json.Name("schemaVersion").Number(2).Name("mediaType").String(MediaTypes.OciIndex);
        }
        json.Name("manifests").BeginArray();
        foreach (var entry in entries) json.Raw(entry);
        return json.EndArray().EndObject().ToBytes();
    }
}
